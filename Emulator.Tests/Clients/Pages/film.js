// A film as WebM, written by hand: with an index, without which a browser cannot seek, and as large as is wanted.
// https://www.matroska.org/technical/elements.html

/** A film of one picture a second, which shows the second in bits: five columns, black or white. */
async function makeFilm(seconds, bytesASecond) {
  const [width, height] = [80, 48];
  const frames = [];
  const encoder = new VideoEncoder({
    output: (chunk) => chunk.copyTo(frames[frames.push(new Uint8Array(chunk.byteLength)) - 1]),
    error: (error) => console.error(error),
  });
  encoder.configure({ codec: "vp8", width, height, framerate: 1 });
  const canvas = new OffscreenCanvas(width, height);
  const paint = canvas.getContext("2d");
  for (let second = 0; second < seconds; second++) {
    for (let bit = 0; bit < 5; bit++) {
      paint.fillStyle = (second >> bit) & 1 ? "white" : "black";
      paint.fillRect(16 * bit, 0, 16, height);
    }
    const frame = new VideoFrame(canvas, { timestamp: second * 1e6, duration: 1e6 });
    encoder.encode(frame, { keyFrame: true });
    frame.close();
  }
  await encoder.flush();

  const header = element(0x1a45dfa3, uint(0x4286, 1), uint(0x42f7, 1), uint(0x42f2, 4), uint(0x42f3, 8), text(0x4282, "webm"), uint(0x4287, 4), uint(0x4285, 2));
  const info = element(0x1549a966, uint(0x2ad7b1, 1_000_000), float(0x4489, seconds * 1000), text(0x4d80, "test"), text(0x5741, "test"));
  const video = element(0xe0, uint(0xb0, width), uint(0xba, height));
  const tracks = element(0x1654ae6b, element(0xae, uint(0xd7, 1), uint(0x73c5, 1), uint(0x83, 1), text(0x86, "V_VP8"), video));
  const clusters = frames.map((frame, second) =>
    element(0x1f43b675, uint(0xe7, second * 1000), element(0xa3, Uint8Array.of(0x81, 0, 0, 0x80), frame), element(0xec, new Uint8Array(bytesASecond))));
  // The index tells where each second begins, counted from the end of the segment's own head.
  const indexOf = (first) => {
    let at = first;
    return element(0x1c53bb6b, ...clusters.map((cluster, second) => {
      const point = element(0xbb, uint(0xb3, second * 1000), element(0xb7, uint(0xf7, 1), uint(0xf1, at)));
      at += cluster.length;
      return point;
    }));
  };
  const index = indexOf(info.length + tracks.length + indexOf(0).length);
  return new Blob([header, element(0x18538067, info, tracks, index, ...clusters)], { type: "video/webm" });
}

/** Which second a player of such a film shows. */
function secondShown(film) {
  const paint = Object.assign(document.createElement("canvas"), { width: 80, height: 48 }).getContext("2d");
  paint.drawImage(film, 0, 0);
  return [0, 1, 2, 3, 4].reduce((second, bit) => second | (paint.getImageData(16 * bit + 8, 24, 1, 1).data[0] > 127 ? 1 << bit : 0), 0);
}

/** An element of EBML: its id, its length in 8 bytes, its content. */
function element(id, ...content) {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  const name = id.toString(16).match(/../g).map((byte) => parseInt(byte, 16));
  const bytes = new Uint8Array(name.length + 8 + length);
  bytes.set(name);
  new DataView(bytes.buffer).setBigUint64(name.length, (1n << 56n) | BigInt(length));
  content.reduce((at, part) => (bytes.set(part, at), at + part.length), name.length + 8);
  return bytes;
}

function number(id, write) {
  const bytes = new Uint8Array(8);
  write(new DataView(bytes.buffer));
  return element(id, bytes);
}

const uint = (id, value) => number(id, (view) => view.setBigUint64(0, BigInt(value)));
const float = (id, value) => number(id, (view) => view.setFloat64(0, value));
const text = (id, value) => element(id, new TextEncoder().encode(value));
