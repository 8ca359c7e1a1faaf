// Objects as the SDK puts, gets, lists and presigns them.
import { Readable } from "node:stream";
import * as aws from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { endpoint, refusal, report } from "./lib.mjs";

const s3 = new aws.S3Client({});
const Bucket = "notes-of-the-script";
const call = (name, input) => s3.send(new aws[`${name}Command`]({ Bucket, ...input }));
const text = async (input) => (await call("GetObject", input)).Body.transformToString();

const created = await call("CreateBucket");
const absentKey = await refusal(call("GetObject", { Key: "absent" }));
const absentBucket = await refusal(s3.send(new aws.ListObjectsV2Command({ Bucket: "no-such-bucket-here" })));
const absentHead = await refusal(call("HeadObject", { Key: "absent" }));

// Bodies: a text, and a stream, which the SDK sends in chunks with its checksum behind them.
const put = await call("PutObject", { Key: "plain.txt", Body: "Hello", ContentType: "text/plain", Metadata: { author: "ada", title: "first-note" } });
const got = await call("GetObject", { Key: "plain.txt" });
const plain = { body: await got.Body.transformToString(), type: got.ContentType, length: got.ContentLength, metadata: got.Metadata, etag: got.ETag, crc32: got.ChecksumCRC32, isDated: got.LastModified instanceof Date };

const chunk = Buffer.alloc(64 * 1024, "0123456789abcdef");
await call("PutObject", { Key: "stream.bin", Body: Readable.from(Array(8).fill(chunk)), ContentLength: 8 * chunk.length });
const streamed = await call("GetObject", { Key: "stream.bin" });
const streamedBytes = Buffer.from(await streamed.Body.transformToByteArray());

const checksums = {};
for (const ChecksumAlgorithm of ["CRC32", "SHA1", "SHA256"]) {
  const member = `Checksum${ChecksumAlgorithm}`;
  await call("PutObject", { Key: `checksum/${ChecksumAlgorithm}`, Body: "Hello", ChecksumAlgorithm });
  checksums[member] = (await call("HeadObject", { Key: `checksum/${ChecksumAlgorithm}`, ChecksumMode: "ENABLED" }))[member];
}

// Keys of every kind.
const keys = ["메모/사진 1+1.txt", "a b/c//d", "../up", "50%25?x=1&y=2#z", "dir/"];
for (const Key of keys) await call("PutObject", { Key, Body: `body of ${Key}` });
const bodies = await Promise.all(keys.map((Key) => text({ Key })));
await call("CopyObject", { Key: "copy", CopySource: encodeURI(`${Bucket}/${keys[0]}`).replaceAll("+", "%2B") });

for (let i = 0; i < 5; i++) await call("PutObject", { Key: `list/${i}/file`, Body: "x" });
const pages = [];
for await (const page of aws.paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket, Prefix: "list/" })) pages.push(page.Contents.map(({ Key }) => Key));
const folders = await call("ListObjectsV2", { Prefix: "list/", Delimiter: "/" });
const everything = await call("ListObjectsV2");

const range = await call("GetObject", { Key: "plain.txt", Range: "bytes=1-3" });
const notModified = await refusal(call("GetObject", { Key: "plain.txt", IfNoneMatch: put.ETag }));
const exists = await refusal(call("PutObject", { Key: "plain.txt", Body: "again", IfNoneMatch: "*" }));

// Multipart.
const part = Buffer.alloc(5 * 1024 * 1024, 1);
const large = { Key: "large.bin" };
const { UploadId } = await call("CreateMultipartUpload", { ...large, ChecksumAlgorithm: "CRC32" });
const parts = [];
for (const [index, Body] of [part, Buffer.from("end")].entries()) {
  const { ETag, ChecksumCRC32 } = await call("UploadPart", { ...large, UploadId, PartNumber: index + 1, Body });
  parts.push({ ETag, ChecksumCRC32, PartNumber: index + 1 });
}
const tooSmall = await (async () => {
  const { UploadId } = await call("CreateMultipartUpload", { Key: "small" });
  const small = [];
  for (const PartNumber of [1, 2]) {
    const { ETag } = await call("UploadPart", { Key: "small", UploadId, PartNumber, Body: "x" });
    small.push({ ETag, PartNumber });
  }
  const refused = await refusal(call("CompleteMultipartUpload", { Key: "small", UploadId, MultipartUpload: { Parts: small } }));
  await call("AbortMultipartUpload", { Key: "small", UploadId });
  return refused;
})();
const completed = await call("CompleteMultipartUpload", { ...large, UploadId, MultipartUpload: { Parts: parts } });
const end = await call("GetObject", { ...large, Range: `bytes=${part.length - 1}-` });
const uploads = await call("ListMultipartUploads");

// Presigned URLs, as a page uses them.
const sign = (name, input, options) => getSignedUrl(s3, new aws[`${name}Command`]({ Bucket, ...input }), { expiresIn: 60, ...options });
const putUrl = await sign("PutObject", { Key: "메모/presigned +.txt", ContentType: "text/plain" });
const putByUrl = await fetch(putUrl, { method: "PUT", body: "by URL", headers: { "content-type": "text/plain" } });
const getUrl = await sign("GetObject", { Key: "메모/presigned +.txt" });
const byUrl = await fetch(getUrl);
const answer = async (response) => ({ status: response.status, body: await response.text() });
const presigned = {
  put: putByUrl.status,
  get: await answer(byUrl),
  otherKey: await answer(await fetch(getUrl.replace("presigned", "other"))),
  otherMethod: await answer(await fetch(getUrl, { method: "DELETE" })),
};

const full = await refusal(call("DeleteBucket"));
const notBuilt = await refusal(call("SelectObjectContent", { Key: "a", Expression: "SELECT * FROM S3Object", ExpressionType: "SQL", InputSerialization: { CSV: {} }, OutputSerialization: { CSV: {} } }));
const { Deleted } = await call("DeleteObjects", { Delete: { Objects: keys.map((Key) => ({ Key })) } });

// Another region, and a bucket that one has already.
const ireland = new aws.S3Client({ region: "eu-west-1" });
const inIreland = { Bucket: "irish-notes-of-the-script", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } };
await ireland.send(new aws.CreateBucketCommand(inIreland));
const ownedAlready = await refusal(ireland.send(new aws.CreateBucketCommand(inIreland)));
const { LocationConstraint: location } = await ireland.send(new aws.GetBucketLocationCommand({ Bucket: inIreland.Bucket }));

// A minute later, on the emulator's clock, the URL is worth nothing.
await fetch(`${endpoint}/_emulator/clock`, { method: "POST", body: JSON.stringify({ advance: 61 }) });
presigned.expired = await answer(await fetch(getUrl));

report({
  created: created.Location,
  absentKey,
  absentBucket,
  absentHead,
  put: { etag: put.ETag, crc32: put.ChecksumCRC32 },
  plain,
  streamed: { length: streamedBytes.length, isEqual: streamedBytes.equals(Buffer.concat(Array(8).fill(chunk))), encoding: streamed.ContentEncoding ?? null },
  checksums,
  bodies,
  copy: await text({ Key: "copy" }),
  listed: everything.Contents.map(({ Key }) => Key),
  pages,
  folders: folders.CommonPrefixes.map(({ Prefix }) => Prefix),
  range: { body: await range.Body.transformToString(), range: range.ContentRange },
  notModified,
  exists,
  multipart: { etag: completed.ETag, location: completed.Location, length: end.ContentRange, end: Buffer.from(await end.Body.transformToByteArray()).subarray(1).toString(), left: uploads.Uploads?.length ?? 0 },
  tooSmall,
  presigned,
  full,
  notBuilt,
  deleted: Deleted.map(({ Key }) => Key).sort(),
  ownedAlready,
  location,
});
