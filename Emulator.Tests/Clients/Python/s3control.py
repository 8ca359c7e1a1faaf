"""S3 Control and access points with boto3: at an endpoint that it is given, and under AWS's own names through a proxy."""
import json
import os
import socket
import urllib.parse

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ACCOUNT = "111111111111"
endpoint = os.environ["ENDPOINT"]
port = urllib.parse.urlsplit(endpoint).port
seen = {}

# Names under localhost, where this machine resolves them or not.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **named: resolve("127.0.0.1" if str(host).endswith("localhost") else host, *more, **named)


def refusal(call):
    try:
        call()
        return None
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["Error"]["Message"], error.response["ResponseMetadata"]["HTTPStatusCode"]]


def local(service, host="localhost"):
    return boto3.client(service, endpoint_url=f"http://{host}:{port}", config=Config(retries={"max_attempts": 0}))


def of_aws(service):
    return boto3.client(service, use_ssl=False, config=Config(retries={"max_attempts": 0}, proxies={"http": endpoint}, ignore_configured_endpoint_urls=True))


local("s3").create_bucket(Bucket="photos-of-boto")
for way, make in (("local", local), ("aws", of_aws)):
    control = make("s3control")
    s3 = make("s3")
    told = seen[way] = {}

    told["notSet"] = refusal(lambda: control.get_public_access_block(AccountId=ACCOUNT))
    control.put_public_access_block(AccountId=ACCOUNT, PublicAccessBlockConfiguration={"BlockPublicAcls": True})
    told["block"] = control.get_public_access_block(AccountId=ACCOUNT)["PublicAccessBlockConfiguration"]
    control.delete_public_access_block(AccountId=ACCOUNT)
    told["notMine"] = refusal(lambda: control.get_public_access_block(AccountId="222222222222"))

    made = control.create_access_point(AccountId=ACCOUNT, Name="photos", Bucket="photos-of-boto")
    told["absent"] = refusal(lambda: control.get_access_point(AccountId=ACCOUNT, Name="films"))
    point = control.get_access_point(AccountId=ACCOUNT, Name="photos")
    told["point"] = [point["Bucket"], point["NetworkOrigin"], point["Alias"] == made["Alias"], point["AccessPointArn"], sorted(point["Endpoints"]), point["PublicAccessBlockConfiguration"]["BlockPublicPolicy"]]
    for name in ("aaa", "zzz"):
        control.create_access_point(AccountId=ACCOUNT, Name=name, Bucket="photos-of-boto")
    first = control.list_access_points(AccountId=ACCOUNT, MaxResults=2)
    told["pages"] = [[one["Name"] for one in page["AccessPointList"]] for page in (first, control.list_access_points(AccountId=ACCOUNT, MaxResults=2, NextToken=first["NextToken"]))]

    arn = made["AccessPointArn"]
    told["noPolicy"] = refusal(lambda: control.get_access_point_policy(AccountId=ACCOUNT, Name="photos"))
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{arn}/object/secret/*"}]}
    control.put_access_point_policy(AccountId=ACCOUNT, Name="photos", Policy=json.dumps(policy))
    told["policy"] = json.loads(control.get_access_point_policy(AccountId=ACCOUNT, Name="photos")["Policy"]) == policy
    told["public"] = control.get_access_point_policy_status(AccountId=ACCOUNT, Name="photos")["PolicyStatus"]["IsPublic"]

    told["tags"] = []
    for resource in (arn, "arn:aws:s3:::photos-of-boto"):
        control.tag_resource(AccountId=ACCOUNT, ResourceArn=resource, Tags=[{"Key": "team", "Value": "photos and films"}, {"Key": "stage", "Value": "test"}])
        control.untag_resource(AccountId=ACCOUNT, ResourceArn=resource, TagKeys=["stage"])
        told["tags"].append(control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn=resource)["Tags"])

    told["objects"] = []
    for bucket in (arn, made["Alias"]):
        s3.put_object(Bucket=bucket, Key="a b/메모.txt", Body=b"note")
        s3.put_object(Bucket=bucket, Key="secret/key", Body=b"key")
        s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": "a b/메모.txt"})
        told["objects"].append([
            s3.get_object(Bucket=bucket, Key="copy")["Body"].read().decode(),
            [one["Key"] for one in s3.list_objects_v2(Bucket=bucket)["Contents"]],
            refusal(lambda: s3.get_object(Bucket=bucket, Key="secret/key"))[0],
            refusal(lambda: s3.get_bucket_versioning(Bucket=bucket)),
        ])
        s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in ("a b/메모.txt", "secret/key", "copy")]})

    for name in ("aaa", "photos", "zzz"):
        control.delete_access_point(AccountId=ACCOUNT, Name=name)
    told["left"] = control.list_access_points(AccountId=ACCOUNT)["AccessPointList"]
    told["notBuilt"] = refusal(lambda: control.list_jobs(AccountId=ACCOUNT))

print(json.dumps(seen))
