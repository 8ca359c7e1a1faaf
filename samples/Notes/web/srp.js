// Secure Remote Password (RFC 5054) as Cognito speaks it: the page proves that it knows the password, and never sends it.
// SHA-256 is written out below, since the browser's own (crypto.subtle) is missing on plain-HTTP sites such as S3 websites.

const N_HEX =
  "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B" +
  "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6" +
  "49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D" +
  "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718" +
  "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D" +
  "B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C" +
  "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF"; // the 3072-bit group of RFC 3526
// SHA-256's constants are the first bits of roots of the first primes.
const PRIMES = firstPrimes(64);
const ROUNDS = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));

const N = BigInt("0x" + N_HEX);
const G = 2n;
const K = toBigInt(sha256(concat(bytesOf(N), bytesOf(G))));

/** One sign-in: `publicValue` goes with the first request, and `prove` answers the challenge that comes back. */
export class SrpSignIn {
  #secret = toBigInt(crypto.getRandomValues(new Uint8Array(128))) % N;
  #public = power(G, this.#secret);

  /** SRP_A. */
  get publicValue() {
    return this.#public.toString(16);
  }

  /** The answers to the challenge PASSWORD_VERIFIER. */
  prove(poolId, challenge, password, now = new Date()) {
    const server = BigInt("0x" + challenge.SRP_B);
    if (server % N === 0n) throw new Error("The server sent a value that would give the password away.");
    const user = challenge.USER_ID_FOR_SRP;
    const poolName = poolId.split("_")[1];

    const scrambler = toBigInt(sha256(concat(bytesOf(this.#public), bytesOf(server))));
    const identity = sha256(utf8(`${poolName}${user}:${password}`));
    const x = toBigInt(sha256(concat(bytesOf(BigInt("0x" + challenge.SALT)), identity)));
    const base = (((server - K * power(G, x)) % N) + N) % N;
    const shared = power(base, this.#secret + scrambler * x);

    const pseudoRandomKey = hmac(bytesOf(scrambler), bytesOf(shared));
    const key = hmac(pseudoRandomKey, concat(utf8("Caldera Derived Key"), new Uint8Array([1]))).slice(0, 16);
    const timestamp = formatTime(now);
    const proof = hmac(key, concat(utf8(poolName + user), fromBase64(challenge.SECRET_BLOCK), utf8(timestamp)));
    return {
      USERNAME: user,
      PASSWORD_CLAIM_SECRET_BLOCK: challenge.SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: toBase64(proof),
      TIMESTAMP: timestamp,
    };
  }
}

/** base ** exponent mod N. */
function power(base, exponent) {
  let result = 1n;
  for (base %= N; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % N;
    base = (base * base) % N;
  }
  return result;
}

/** "Mon Jan 2 15:04:05 UTC 2006", whatever the browser's language. */
function formatTime(time) {
  const [weekday, day, month, year, clock] = time.toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${Number(day)} ${clock} UTC ${year}`;
}

/** The bytes of a number as Cognito hashes them: with a zero in front where it would look negative. */
function bytesOf(number) {
  let hex = number.toString(16);
  if (hex.length % 2) hex = "0" + hex;
  if (hex[0] >= "8") hex = "00" + hex;
  return Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
}

function toBigInt(bytes) {
  return BigInt("0x" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));
}

function utf8(text) {
  return new TextEncoder().encode(text);
}

function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/** RFC 2104. */
export function hmac(key, message) {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  const inner = sha256(concat(block.map((byte) => byte ^ 0x36), message));
  return sha256(concat(block.map((byte) => byte ^ 0x5c), inner));
}

/** FIPS 180-4. */
export function sha256(message) {
  const padded = new Uint8Array((((message.length + 8) >> 6) + 1) << 6);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 0x20000000));
  view.setUint32(padded.length - 4, message.length << 3);

  const state = Uint32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  const words = new Uint32Array(64);
  for (let start = 0; start < padded.length; start += 64) {
    for (let i = 0; i < 64; i++) {
      words[i] = i < 16 ? view.getUint32(start + 4 * i) : words[i - 16] + mix(words[i - 15], 7, 18, 3) + words[i - 7] + mix(words[i - 2], 17, 19, 10);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const first = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i];
      const second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] += value));
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => digest.setUint32(4 * i, word));
  return new Uint8Array(digest.buffer);
}

function firstPrimes(count) {
  const primes = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  return primes;
}

function fraction(number) {
  return ((number - Math.floor(number)) * 2 ** 32) >>> 0;
}

function rotate(word, by) {
  return (word >>> by) | (word << (32 - by));
}

function mix(word, first, second, shift) {
  return rotate(word, first) ^ rotate(word, second) ^ (word >>> shift);
}
