"""Large objects with boto3's transfers, which send and fetch parts in threads."""
import base64
import hashlib
import io
import json
import os
import random
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

MiB = 1024 * 1024
client = boto3.client("s3", endpoint_url=os.environ["ENDPOINT"])
bucket = boto3.resource("s3", endpoint_url=os.environ["ENDPOINT"]).create_bucket(Bucket="boto-transfers")
config = TransferConfig(multipart_threshold=5 * MiB, multipart_chunksize=5 * MiB, max_concurrency=8)
content = random.Random(1).randbytes(17 * MiB + 3)
folder = tempfile.mkdtemp()
path = os.path.join(folder, "large.bin")
with open(path, "wb") as file:
    file.write(content)
seen = {}


def is_whole(key, want=content):
    return hashlib.md5(bucket.Object(key).get()["Body"].read()).digest() == hashlib.md5(want).digest()


class Progress:
    def __init__(self):
        self.bytes, self.lock = 0, threading.Lock()

    def __call__(self, count):
        with self.lock:
            self.bytes += count


class Pipe(io.RawIOBase):
    """A body that can neither be rewound nor told its length."""

    def __init__(self, content):
        self.rest = io.BytesIO(content)

    def readable(self):
        return True

    def seekable(self):
        return False

    def read(self, size=-1):
        return self.rest.read(size)


up, down = Progress(), Progress()
extra = {"ContentType": "video/mp4", "Metadata": {"made": "by-test"}, "StorageClass": "STANDARD_IA", "Tagging": "kind=film&a=1"}
client.upload_file(path, bucket.name, "file", ExtraArgs=extra, Config=config, Callback=up)
head = client.head_object(Bucket=bucket.name, Key="file")
tags = client.get_object_tagging(Bucket=bucket.name, Key="file")["TagSet"]
seen["file"] = [head["ContentLength"], head["ETag"][-3:], head["ContentType"], head["Metadata"], head["StorageClass"], sorted(tag["Key"] + "=" + tag["Value"] for tag in tags), up.bytes]

back = os.path.join(folder, "back.bin")
client.download_file(bucket.name, "file", back, Config=config, Callback=down)
with open(back, "rb") as file:
    seen["back"] = [file.read() == content, down.bytes]

client.upload_fileobj(io.BytesIO(content), bucket.name, "object", Config=config)
client.upload_fileobj(Pipe(content), bucket.name, "pipe", Config=config)
client.upload_fileobj(io.BytesIO(b""), bucket.name, "empty", Config=config)
target = io.BytesIO()
bucket.download_fileobj("pipe", target, Config=config)
seen["objects"] = [is_whole("object"), target.getvalue() == content, is_whole("empty", b"")]

# A large copy is made of ranges of its source.
client.copy({"Bucket": bucket.name, "Key": "file"}, bucket.name, "복사/copy +1", Config=config)
copied = client.head_object(Bucket=bucket.name, Key="복사/copy +1")
seen["copy"] = [is_whole("복사/copy +1"), copied["ETag"] == head["ETag"]]
client.copy({"Bucket": bucket.name, "Key": "empty"}, bucket.name, "empty copy", Config=config)

# Checksums of the parts and of the whole.
for algorithm in ("SHA256", "CRC32"):
    client.upload_file(path, bucket.name, algorithm, ExtraArgs={"ChecksumAlgorithm": algorithm}, Config=config)
attributes = client.get_object_attributes(Bucket=bucket.name, Key="SHA256", ObjectAttributes=["Checksum", "ObjectParts", "ObjectSize"])
digests = [hashlib.sha256(content[at : at + 5 * MiB]).digest() for at in range(0, len(content), 5 * MiB)]
composite = base64.b64encode(hashlib.sha256(b"".join(digests)).digest()).decode()
seen["sha256"] = [attributes["Checksum"]["ChecksumSHA256"] == composite, attributes["ObjectParts"]["TotalPartsCount"], [part["Size"] for part in attributes["ObjectParts"]["Parts"]]]

# Many small ones at once, over one client.
with ThreadPoolExecutor(16) as pool:
    list(pool.map(lambda number: client.put_object(Bucket=bucket.name, Key=f"small/{number:03}", Body=str(number).encode()), range(200)))
    bodies = list(pool.map(lambda number: client.get_object(Bucket=bucket.name, Key=f"small/{number:03}")["Body"].read().decode(), range(200)))
seen["small"] = [bodies == [str(number) for number in range(200)], sum(1 for _ in bucket.objects.filter(Prefix="small/"))]

# What fails leaves nothing behind.
class Broken(Pipe):
    def read(self, size=-1):
        if self.rest.tell() > 12 * MiB:
            raise OSError("broken")
        return super().read(size)


try:
    client.upload_fileobj(Broken(content), bucket.name, "broken", Config=config)
except OSError as error:
    seen["broken"] = [str(error), "Uploads" in client.list_multipart_uploads(Bucket=bucket.name), [item.key for item in bucket.objects.filter(Prefix="broken")]]
try:
    client.download_file(bucket.name, "absent", back, Config=config)
except ClientError as error:
    seen["absent"] = str(error)

bucket.objects.delete()
bucket.delete()
json.dump(seen, sys.stdout)
