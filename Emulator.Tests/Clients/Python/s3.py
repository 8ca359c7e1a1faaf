"""Objects with boto3: its resource, its client, their waiters and paginators, presigned URLs and forms, virtual hosts."""
import json
import os
import re
import socket
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

endpoint = os.environ["ENDPOINT"]
resource = boto3.resource("s3", endpoint_url=endpoint, config=Config(retries={"max_attempts": 0}))
client = resource.meta.client
seen = {}


def refusal(call):
    try:
        call()
        return None
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["Error"]["Message"], error.response["ResponseMetadata"]["HTTPStatusCode"]]


def fetch(url, method="GET", data=None, headers={}):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method)) as answer:
            return [answer.status, answer.read().decode()]
    except urllib.error.HTTPError as error:
        return [error.code, error.read().decode()]


def code(answer):
    return re.search("<Code>(.*?)</Code>", answer[1]).group(1)


bucket = resource.create_bucket(Bucket="boto")
bucket.wait_until_exists()
seen["buckets"] = [bucket.name for bucket in resource.buckets.all()]
seen["again"] = refusal(lambda: client.create_bucket(Bucket="boto"))  # in us-east-1 no refusal

# Objects and their members.
note = bucket.Object("메모/note +1.txt")
note.put(Body="안녕".encode(), ContentType="text/plain; charset=utf-8", CacheControl="max-age=60", ContentLanguage="ko", Metadata={"author": "ada"})
note.wait_until_exists()
note.reload()
seen["object"] = [note.content_length, note.content_type, note.cache_control, note.content_language, note.metadata, note.e_tag, note.server_side_encryption, note.get()["Body"].read().decode()]
client.put_object(Bucket="boto", Key="lines", Body=b"one\ntwo\nthree\n")
seen["lines"] = [line.decode() for line in client.get_object(Bucket="boto", Key="lines")["Body"].iter_lines(chunk_size=3)]
seen["range"] = [client.get_object(Bucket="boto", Key="lines", Range=text)["Body"].read().decode() for text in ("bytes=0-2", "bytes=4-", "bytes=-6")]

# Checksums: what botocore sends and verifies by itself since 1.36.
seen["checksums"] = {}
for algorithm in ("CRC32", "SHA1", "SHA256"):
    client.put_object(Bucket="boto", Key="checked", Body=b"Hello", ChecksumAlgorithm=algorithm)
    seen["checksums"][algorithm] = client.head_object(Bucket="boto", Key="checked", ChecksumMode="ENABLED").get("Checksum" + algorithm)
seen["badChecksum"] = refusal(lambda: client.put_object(Bucket="boto", Key="checked", Body=b"Hello", ChecksumSHA256="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))
seen["badMd5"] = refusal(lambda: client.put_object(Bucket="boto", Key="checked", Body=b"Hello", ContentMD5="AAAAAAAAAAAAAAAAAAAAAA=="))
client.put_object(Bucket="boto", Key="checked", Body=b"Hello")
answer = client.head_object(Bucket="boto", Key="checked", ChecksumMode="ENABLED")
# Releases before 1.36 send none, and S3 reckons its own; this client's model may be older than that one.
sends = hasattr(Config(), "request_checksum_calculation")
seen["byDefault"] = answer["ResponseMetadata"]["HTTPHeaders"].get("x-amz-checksum-crc32" if sends else "x-amz-checksum-crc64nvme") == ("99GJgg==" if sends else "bgPua0coiu0=")

# Collections and paginators.
for number in range(25):
    client.put_object(Bucket="boto", Key=f"list/{number % 5}/{number:02}", Body=b"x")
seen["filter"] = [summary.key for summary in bucket.objects.filter(Prefix="list/3/")]
seen["limit"] = [[summary.key, summary.size] for summary in bucket.objects.limit(2)]
seen["pageSizes"] = [len(page) for page in bucket.objects.filter(Prefix="list/").page_size(10).pages()]
pages = client.get_paginator("list_objects_v2").paginate(Bucket="boto", Prefix="list/", Delimiter="/", PaginationConfig={"PageSize": 2})
seen["prefixes"] = [[prefix["Prefix"] for prefix in page["CommonPrefixes"]] for page in pages]
first = client.get_paginator("list_objects").paginate(Bucket="boto", PaginationConfig={"PageSize": 4, "MaxItems": 6}).build_full_result()
rest = client.get_paginator("list_objects").paginate(Bucket="boto", PaginationConfig={"PageSize": 4, "StartingToken": first["NextToken"]}).build_full_result()
seen["resumed"] = [len(first["Contents"]), len(rest["Contents"])]
seen["search"] = list(client.get_paginator("list_objects_v2").paginate(Bucket="boto", PaginationConfig={"PageSize": 3}).search("Contents[?Size > `5`].Key"))
deleted = bucket.objects.filter(Prefix="list/").delete()
seen["deleted"] = [sum(len(answer["Deleted"]) for answer in deleted), [summary.key for summary in bucket.objects.all()]]

# Versions.
versioned = resource.create_bucket(Bucket="boto-versions")
versioned.Versioning().enable()
seen["versioning"] = versioned.Versioning().status
page = versioned.Object("page")
for text in (b"1", b"2", b"3"):
    page.put(Body=text)
page.delete()
seen["gone"] = refusal(page.get)
seen["versions"] = [[version.is_latest, version.size] for version in versioned.object_versions.filter(Prefix="page")]
oldest = [version for version in versioned.object_versions.filter(Prefix="page") if version.size][-1]
seen["oldest"] = oldest.get()["Body"].read().decode()
page.copy_from(CopySource={"Bucket": "boto-versions", "Key": "page", "VersionId": oldest.id})
seen["restored"] = page.get()["Body"].read().decode()
seen["full"] = refusal(versioned.delete)
seen["purged"] = sum(len(answer["Deleted"]) for answer in versioned.object_versions.delete())
versioned.delete()
versioned.wait_until_not_exists()

# Settings by the resource.
bucket.Tagging().put(Tagging={"TagSet": [{"Key": "team", "Value": "팀 1"}]})
bucket.Cors().put(CORSConfiguration={"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "MaxAgeSeconds": 60}]})
bucket.LifecycleConfiguration().put(LifecycleConfiguration={"Rules": [{"ID": "old", "Status": "Enabled", "Filter": {"Prefix": "old/"}, "Expiration": {"Days": 3}}]})
seen["settings"] = [bucket.Tagging().tag_set, bucket.Cors().cors_rules, bucket.LifecycleConfiguration().rules, bucket.Acl().grants[0]["Permission"]]
seen["unset"] = [refusal(call)[0] for call in (lambda: bucket.Policy().load(), lambda: bucket.Website().load(), lambda: client.get_object_lock_configuration(Bucket="boto"))]

# Refusals, each an exception of its class where there is one.
seen["refusals"] = {
    "absent": refusal(lambda: client.get_object(Bucket="boto", Key="absent")),
    "head": refusal(lambda: client.head_object(Bucket="boto", Key="absent")),
    "bucket": refusal(lambda: client.list_objects_v2(Bucket="boto-absent")),
    "upload": refusal(lambda: client.list_parts(Bucket="boto", Key="lines", UploadId="absent")),
    "range": refusal(lambda: client.get_object(Bucket="boto", Key="lines", Range="bytes=99-")),
    "itself": refusal(lambda: client.copy_object(Bucket="boto", Key="lines", CopySource="boto/lines")),
    "modified": refusal(lambda: client.get_object(Bucket="boto", Key="lines", IfMatch='"d41d8cd98f00b204e9800998ecf8427e"')),
    "key": refusal(lambda: client.put_object(Bucket="boto", Key="k" * 1025, Body=b"")),
    "owner": refusal(lambda: client.get_object(Bucket="boto", Key="lines", ExpectedBucketOwner="222222222222")),
    "stranger": refusal(lambda: boto3.client("s3", endpoint_url=endpoint, aws_access_key_id="AKIAUNKNOWNUNKNOWNUN", aws_secret_access_key="x").list_buckets()),
    "secret": refusal(lambda: boto3.client("s3", endpoint_url=endpoint, aws_secret_access_key="x", aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"]).list_buckets()),
}
try:
    client.get_object(Bucket="boto", Key="absent")
except client.exceptions.NoSuchKey as error:
    seen["class"] = type(error).__name__
try:
    client.get_waiter("object_exists").wait(Bucket="boto", Key="absent", WaiterConfig={"Delay": 0, "MaxAttempts": 2})
except WaiterError as error:
    seen["waited"] = str(error)
later = threading.Timer(0.05, lambda: client.put_object(Bucket="boto", Key="later", Body=b""))
later.start()
client.get_waiter("object_exists").wait(Bucket="boto", Key="later", WaiterConfig={"Delay": 0.02, "MaxAttempts": 500})

# Presigned URLs in both versions of the signature.
seen["presigned"] = {}
for version in ("s3", "s3v4"):
    signer = boto3.client("s3", endpoint_url=endpoint, config=Config(signature_version=version))
    key = f"signed/{version} +& 서명.txt"
    put = signer.generate_presigned_url("put_object", Params={"Bucket": "boto", "Key": key, "ContentType": "text/plain"})
    get = signer.generate_presigned_url("get_object", Params={"Bucket": "boto", "Key": key, "ResponseContentDisposition": 'attachment; filename="a b.txt"', "ResponseContentType": "text/csv"})
    with_type = fetch(put, "PUT", b"by URL", {"Content-Type": "text/plain"})
    with urllib.request.urlopen(get) as answer:
        headers = [answer.headers["Content-Disposition"], answer.headers["Content-Type"], answer.read().decode()]
    listing = signer.generate_presigned_url("list_objects", Params={"Bucket": "boto", "Prefix": "signed/"})
    delete = signer.generate_presigned_url("delete_object", Params={"Bucket": "boto", "Key": key})
    seen["presigned"][version] = {
        "version": "AWSAccessKeyId=" in get and "2" or "X-Amz-Signature=" in get and "4",
        "put": with_type,
        "get": headers,
        "otherType": fetch(put, "PUT", b"by URL", {"Content-Type": "text/html"})[0],
        "otherKey": fetch(get.replace("signed/", "other/"))[0],
        "head": fetch(signer.generate_presigned_url("head_object", Params={"Bucket": "boto", "Key": key}), "HEAD")[0],
        "list": "<Prefix>signed/</Prefix>" in fetch(listing)[1],
        "delete": fetch(delete, "DELETE"),
    }

# A presigned form.
def post(form, body, **more):
    boundary = uuid.uuid4().hex
    fields = {**form["fields"], **more}
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a b.txt"\r\nContent-Type: text/plain\r\n\r\n{body}\r\n--{boundary}--\r\n')
    return fetch(form["url"], "POST", "".join(parts).encode(), {"Content-Type": f"multipart/form-data; boundary={boundary}"})


seen["posted"] = {}
for version in ("s3", "s3v4"):
    signer = boto3.client("s3", endpoint_url=endpoint, config=Config(signature_version=version))
    form = signer.generate_presigned_post("boto", "posted/${filename}", Fields={"x-amz-meta-author": "ada", "success_action_status": "201"}, Conditions=[{"x-amz-meta-author": "ada"}, {"success_action_status": "201"}, ["content-length-range", 1, 10]], ExpiresIn=60)
    posted = post(form, "by form")
    seen["posted"][version] = [posted[0], "<Key>posted/a b.txt</Key>" in posted[1], bucket.Object("posted/a b.txt").get()["Body"].read().decode(), code(post(form, "more than ten")), code(post(form, "x", acl="public-read"))]

# Virtual hosts, where this machine resolves names under localhost or not.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **named: resolve("127.0.0.1" if str(host).endswith("localhost") else host, *more, **named)
virtual = boto3.client("s3", endpoint_url=f"http://s3.localhost:{urllib.parse.urlsplit(endpoint).port}", config=Config(s3={"addressing_style": "virtual"}, signature_version="s3v4"))
hosts = []
virtual.meta.events.register("before-send.s3", lambda request, **_: hosts.append(urllib.parse.urlsplit(request.url).hostname) and None)
virtual.create_bucket(Bucket="boto.with.dots")
virtual.create_bucket(Bucket="boto-host")
virtual.put_object(Bucket="boto-host", Key="a//b/../c d", Body=b"by host")
seen["virtual"] = {
    "body": virtual.get_object(Bucket="boto-host", Key="a//b/../c d")["Body"].read().decode(),
    "keys": [item["Key"] for item in virtual.list_objects_v2(Bucket="boto-host")["Contents"]],
    "byPath": client.get_object(Bucket="boto-host", Key="a//b/../c d")["Body"].read().decode(),
    "url": fetch(virtual.generate_presigned_url("get_object", Params={"Bucket": "boto-host", "Key": "a//b/../c d"})),
    "hosts": sorted(set(hosts)),
}

seen["list"] = sorted(bucket["Name"] for bucket in client.list_buckets()["Buckets"])
json.dump(seen, sys.stdout)
