"""Tables with boto3: its resource, its client, their waiters and paginators."""
import json
import os
import sys
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

endpoint = os.environ["ENDPOINT"]
resource = boto3.resource("dynamodb", endpoint_url=endpoint)
client = resource.meta.client
seen = {}


def refusal(call):
    try:
        call()
        return None
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["Error"]["Message"]]


def plain(value):
    if isinstance(value, Decimal):
        return int(value) if value % 1 == 0 else float(value)
    if isinstance(value, set):
        return sorted(value)
    return str(value)


table = resource.create_table(
    TableName="Songs",
    KeySchema=[{"AttributeName": "artist", "KeyType": "HASH"}, {"AttributeName": "track", "KeyType": "RANGE"}],
    AttributeDefinitions=[
        {"AttributeName": "artist", "AttributeType": "S"},
        {"AttributeName": "track", "AttributeType": "N"},
        {"AttributeName": "genre", "AttributeType": "S"},
    ],
    GlobalSecondaryIndexes=[
        {"IndexName": "genres", "KeySchema": [{"AttributeName": "genre", "KeyType": "HASH"}, {"AttributeName": "track", "KeyType": "RANGE"}], "Projection": {"ProjectionType": "ALL"}}
    ],
    BillingMode="PAY_PER_REQUEST",
    StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
)
table.wait_until_exists()
table.load()
seen["table"] = [table.table_status, table.item_count, [index["IndexName"] for index in table.global_secondary_indexes]]

with table.batch_writer(overwrite_by_pkeys=["artist", "track"]) as batch:
    for track in range(60):
        batch.put_item(Item={"artist": "bach", "track": track, "genre": "fugue" if track % 2 else "suite", "length": Decimal("3.5"), "tags": {"b", "a"}})
    batch.delete_item(Key={"artist": "bach", "track": 59})

seen["item"] = table.get_item(Key={"artist": "bach", "track": 1})["Item"]
seen["query"] = [item["track"] for item in table.query(KeyConditionExpression=Key("artist").eq("bach") & Key("track").between(5, 8), FilterExpression=Attr("genre").eq("fugue") | Attr("absent").exists())["Items"]]
seen["index"] = [item["track"] for item in table.query(IndexName="genres", KeyConditionExpression=Key("genre").eq("suite"), ScanIndexForward=False, Limit=3)["Items"]]
seen["pages"] = [page["Count"] for page in client.get_paginator("scan").paginate(TableName="Songs", PaginationConfig={"PageSize": 25})]

updated = table.update_item(
    Key={"artist": "bach", "track": 1},
    UpdateExpression="SET plays = if_not_exists(plays, :zero) + :one",
    ExpressionAttributeValues={":zero": 0, ":one": 1},
    ConditionExpression=Attr("artist").exists(),
    ReturnValues="UPDATED_NEW",
)
seen["updated"] = updated["Attributes"]
seen["condition"] = refusal(lambda: table.put_item(Item={"artist": "bach", "track": 1}, ConditionExpression=Attr("artist").not_exists()))
try:
    client.delete_item(TableName="Songs", Key={"artist": "bach", "track": 1}, ConditionExpression=Attr("plays").gt(5))
except client.exceptions.ConditionalCheckFailedException as error:
    seen["exception"] = type(error).__name__

client.transact_write_items(TransactItems=[
    {"Put": {"TableName": "Songs", "Item": {"artist": "cage", "track": 1, "genre": "silence"}}},
    {"Update": {"TableName": "Songs", "Key": {"artist": "bach", "track": 1}, "UpdateExpression": "ADD plays :one", "ExpressionAttributeValues": {":one": 1}}},
])
try:
    client.transact_write_items(TransactItems=[
        {"Put": {"TableName": "Songs", "Item": {"artist": "cage", "track": 2}}},
        {"ConditionCheck": {"TableName": "Songs", "Key": {"artist": "cage", "track": 1}, "ConditionExpression": "genre = :g", "ExpressionAttributeValues": {":g": "noise"}}},
    ])
except client.exceptions.TransactionCanceledException as error:
    seen["cancelled"] = [error.response["Error"]["Message"], [reason["Code"] for reason in error.response["CancellationReasons"]]]
seen["rolledBack"] = "Item" not in table.get_item(Key={"artist": "cage", "track": 2})
seen["transactGet"] = [answer.get("Item") for answer in client.transact_get_items(TransactItems=[{"Get": {"TableName": "Songs", "Key": {"artist": "cage", "track": track}, "ProjectionExpression": "genre"}} for track in (1, 2)])["Responses"]]

seen["partiql"] = client.execute_statement(Statement='SELECT track, plays FROM "Songs" WHERE artist = ? AND track = ?', Parameters=["bach", 1])["Items"]
seen["partiqlError"] = refusal(lambda: client.execute_statement(Statement='SELECT * FORM "Songs"'))[0]

streams = boto3.client("dynamodbstreams", endpoint_url=endpoint)
stream = streams.describe_stream(StreamArn=table.latest_stream_arn)["StreamDescription"]
events = []
for shard in stream["Shards"]:
    iterator = streams.get_shard_iterator(StreamArn=table.latest_stream_arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    events += streams.get_records(ShardIterator=iterator)["Records"]
seen["events"] = {name: sum(1 for event in events if event["eventName"] == name) for name in ("INSERT", "MODIFY", "REMOVE")}

table.delete()
table.wait_until_not_exists()
seen["gone"] = refusal(table.load)
json.dump(seen, sys.stdout, default=plain)
