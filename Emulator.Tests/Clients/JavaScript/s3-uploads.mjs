// Uploads of lib-storage, presigned forms, web streams, paginators and waiters.
import { createHash } from "node:crypto";
import http from "node:http";
import { Readable } from "node:stream";
import * as aws from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { endpoint, refusal, report } from "./lib.mjs";

const s3 = new aws.S3Client({});
const Bucket = "uploads-of-the-script";
const call = (name, input) => s3.send(new aws[`${name}Command`]({ Bucket, ...input }));
const MiB = 1024 * 1024;
const md5 = (bytes) => createHash("md5").update(bytes).digest("hex");
const bytesOf = async (Key) => Buffer.from(await (await call("GetObject", { Key })).Body.transformToByteArray());
const kept = async () => ({ uploads: (await call("ListMultipartUploads")).Uploads?.length ?? 0 });

await call("CreateBucket");
await aws.waitUntilBucketExists({ client: s3, maxWaitTime: 10 }, { Bucket });

// 12 MiB and a little of which the SDK knows neither the length nor the end.
const content = Buffer.alloc(12 * MiB + 5, "The quick brown fox jumps over the lazy dog. ");
async function* slices(end = content.length) {
  for (let at = 0; at < end; at += 100_000) yield content.subarray(at, at + 100_000);
}
const upload = (Key, Body, more = {}, options = {}) => new Upload({ client: s3, queueSize: 4, partSize: 5 * MiB, params: { Bucket, Key, Body, ...more }, ...options });

const streaming = upload("흐름/stream +1.bin", Readable.from(slices()), { ContentType: "video/mp4", Metadata: { made: "by-test" } }, { tags: [{ Key: "kind", Value: "film 1+1" }] });
const progress = [];
streaming.on("httpUploadProgress", ({ loaded, part }) => progress.push({ loaded, part }));
const streamed = await streaming.done();
const head = await call("HeadObject", { Key: "흐름/stream +1.bin", ChecksumMode: "ENABLED" });
const { TagSet } = await call("GetObjectTagging", { Key: "흐름/stream +1.bin" });
const stream = {
  location: streamed.Location.replace(endpoint, ""),
  key: streamed.Key,
  isOfThreeParts: streamed.ETag.endsWith('-3"') && streamed.ETag === head.ETag,
  length: head.ContentLength,
  type: head.ContentType,
  metadata: head.Metadata,
  tags: TagSet,
  loaded: Math.max(...progress.map(({ loaded }) => loaded)),
  partNumbers: progress.map(({ part }) => part).sort(),
  isWhole: md5(await bytesOf("흐름/stream +1.bin")) === md5(content),
};

// The checksum of the parts is kept: of the SDK's own accord, or as asked for.
const checksums = {};
for (const ChecksumAlgorithm of [undefined, "SHA256", "CRC64NVME"]) {
  const told = await upload("checked", content, ChecksumAlgorithm && { ChecksumAlgorithm }).done();
  const { ChecksumType, ...answer } = await call("HeadObject", { Key: "checked", ChecksumMode: "ENABLED" });
  const member = Object.keys(answer).find((name) => name.startsWith("Checksum"));
  checksums[ChecksumAlgorithm ?? "default"] = { member, type: ChecksumType, parts: answer[member].split("-")[1] ?? null, isTold: told[member] === answer[member] };
}

// Small and empty bodies are put in one piece.
const small = await upload("small", Readable.from(["Hel", "lo"])).done();
const empty = await upload("empty", Readable.from([])).done();
const single = { etag: small.ETag, empty: (await call("HeadObject", { Key: "empty" })).ContentLength, body: (await bytesOf("small")).toString() };

// Uploads that do not end: by abort, by a stream that breaks, by a refused part.
const stopped = upload("aborted", Readable.from(slices()));
stopped.on("httpUploadProgress", () => stopped.abort());
const aborted = await refusal(stopped.done());
const broken = await refusal(
  upload("broken", Readable.from((async function* () {
    yield* slices(11 * MiB);
    throw new Error("The stream broke.");
  })())).done(),
);
const conditional = await refusal(upload("small", Readable.from(slices()), { IfNoneMatch: "*" }).done());
const left = await kept();
const absent = [];
for (const Key of ["aborted", "broken"]) absent.push(await call("HeadObject", { Key }).catch((error) => [error instanceof aws.NotFound, error.name, error.$metadata.httpStatusCode]));
const absentGet = await call("GetObject", { Key: "absent" }).catch((error) => [error instanceof aws.NoSuchKey, error.Code, error.Key, error.message]);

// A body as the stream that pages know, read whole, and left after its first bytes.
const web = (await call("GetObject", { Key: "흐름/stream +1.bin" })).Body.transformToWebStream();
const hash = createHash("md5");
for await (const chunk of web) hash.update(chunk);
const partial = (await call("GetObject", { Key: "흐름/stream +1.bin" })).Body.transformToWebStream().getReader();
const { value: firstBytes } = await partial.read();
await partial.cancel();
const webStream = { isWhole: hash.digest("hex") === md5(content), first: Buffer.from(firstBytes.subarray(0, 9)).toString() };

// Pages of parts, of versions, of buckets.
const { UploadId } = await call("CreateMultipartUpload", { Key: "parts" });
for (const PartNumber of [1, 2, 3]) await call("UploadPart", { Key: "parts", UploadId, PartNumber, Body: `part ${PartNumber}` });
const pages = { parts: [], buckets: [], objects: [] };
for await (const page of aws.paginateListParts({ client: s3, pageSize: 2 }, { Bucket, Key: "parts", UploadId })) {
  pages.parts.push(page.Parts.map(({ PartNumber }) => PartNumber));
  if (!page.IsTruncated) break; // This paginator does not look: S3 tells a marker on the last page too.
}
await call("AbortMultipartUpload", { Key: "parts", UploadId });
for (const name of ["b", "c"]) await s3.send(new aws.CreateBucketCommand({ Bucket: `uploads-${name}` }));
for await (const page of aws.paginateListBuckets({ client: s3, pageSize: 2 }, {})) pages.buckets.push(page.Buckets.map(({ Name }) => Name));
for await (const page of aws.paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket })) pages.objects.push(page.Contents.map(({ Key }) => Key));

// A form, as a page posts it.
const form = await createPresignedPost(s3, {
  Bucket,
  Key: "posted/${filename}",
  Fields: { "x-amz-meta-author": "ada", success_action_status: "201" },
  Conditions: [["content-length-range", 1, 20], ["starts-with", "$Content-Type", "text/"]],
  Expires: 60,
});
async function post(body, type, fields = {}) {
  const data = new FormData();
  for (const [name, value] of Object.entries({ ...form.fields, "Content-Type": type, ...fields })) data.append(name, value);
  data.append("file", new Blob([body], { type }), "나의 note.txt");
  const response = await fetch(form.url, { method: "POST", body: data });
  const text = await response.text();
  return { status: response.status, code: text.match(/<Code>(.*?)<\/Code>/)?.[1] ?? null, message: text.match(/<Message>(.*?)<\/Message>/)?.[1] ?? null, key: text.match(/<Key>(.*?)<\/Key>/)?.[1] ?? null };
}
const posted = {
  accepted: await post("by form", "text/plain"),
  tooLong: await post("more than twenty bytes", "text/plain"),
  otherType: await post("x", "image/png"),
  otherField: await post("x", "text/plain", { "x-amz-meta-author": "eve" }),
};
const postedHead = await call("HeadObject", { Key: "posted/나의 note.txt" });
posted.object = { type: postedHead.ContentType, metadata: postedHead.Metadata };

// Presigned parts, as a page uploads a film without credentials.
const film = await call("CreateMultipartUpload", { Key: "film", ContentType: "video/webm" });
const Parts = [];
for (const [index, body] of [content.subarray(0, 5 * MiB), content.subarray(5 * MiB)].entries()) {
  const part = { Bucket, Key: "film", UploadId: film.UploadId, PartNumber: index + 1 };
  const response = await fetch(await getSignedUrl(s3, new aws.UploadPartCommand(part), { expiresIn: 60 }), { method: "PUT", body });
  Parts.push({ ETag: response.headers.get("etag"), PartNumber: index + 1 });
}
await call("CompleteMultipartUpload", { Key: "film", UploadId: film.UploadId, MultipartUpload: { Parts } });
const presignedHead = await fetch(await getSignedUrl(s3, new aws.HeadObjectCommand({ Bucket, Key: "film" })), { method: "HEAD" });
const presignedRange = await fetch(await getSignedUrl(s3, new aws.GetObjectCommand({ Bucket, Key: "film", ResponseContentType: "text/plain" })), { headers: { range: "bytes=4-8" } });
const presigned = {
  isWhole: md5(await bytesOf("film")) === md5(content),
  head: [presignedHead.status, presignedHead.headers.get("content-length"), presignedHead.headers.get("content-type")],
  range: [presignedRange.status, await presignedRange.text(), presignedRange.headers.get("content-type")],
};

// Bucket and key in the host and the path, whether this machine resolves names under localhost or not.
const lookup = (name, options, found) => (options.all ? found(null, [{ address: "127.0.0.1", family: 4 }]) : found(null, "127.0.0.1", 4));
const virtual = new aws.S3Client({ endpoint: endpoint.replace("127.0.0.1", "s3.localhost"), requestHandler: { httpAgent: new http.Agent({ lookup }) } });
const hosted = await new Upload({ client: virtual, partSize: 5 * MiB, params: { Bucket, Key: "a//b/../호스트", Body: content } }).done();
const byHost = await virtual.send(new aws.GetObjectCommand({ Bucket, Key: "a//b/../호스트", Range: "bytes=0-2" }));

report({
  stream,
  checksums,
  single,
  aborted,
  broken,
  conditional,
  left,
  absent,
  absentGet,
  webStream,
  pages,
  posted,
  presigned,
  virtual: { location: hosted.Location.replace(/:\d+\//, "/"), body: await byHost.Body.transformToString(), isWhole: md5(await bytesOf("a//b/../호스트")) === md5(content) },
});
