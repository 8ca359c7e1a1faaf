// Tables and items, with the plain client and the document client.
import * as aws from "@aws-sdk/client-dynamodb";
import { DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from "@aws-sdk/client-dynamodb-streams";
import * as lib from "@aws-sdk/lib-dynamodb";
import { refusal, report } from "./lib.mjs";

const client = new aws.DynamoDBClient({});
const documents = lib.DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const TableName = "Scores";
const plain = (name, input) => client.send(new aws[`${name}Command`]({ TableName, ...input }));
const call = (name, input) => documents.send(new lib[`${name}Command`]({ TableName, ...input }));

await plain("CreateTable", {
  KeySchema: [{ AttributeName: "player", KeyType: "HASH" }, { AttributeName: "round", KeyType: "RANGE" }],
  AttributeDefinitions: [{ AttributeName: "player", AttributeType: "S" }, { AttributeName: "round", AttributeType: "N" }],
  BillingMode: "PAY_PER_REQUEST",
});
await aws.waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName });
const { Table: table } = await plain("DescribeTable");
const twice = await refusal(plain("CreateTable", { KeySchema: [{ AttributeName: "x", KeyType: "HASH" }], AttributeDefinitions: [{ AttributeName: "x", AttributeType: "S" }], BillingMode: "PAY_PER_REQUEST" }));

await plain("PutItem", { Item: { player: { S: "가나" }, round: { N: "1" }, points: { N: "12345678901234567890123456789012345678" }, raw: { B: new Uint8Array([0, 255]) }, tags: { SS: ["b", "a"] }, nothing: { NULL: true } } });
const { Item: item } = await plain("GetItem", { Key: { player: { S: "가나" }, round: { N: "1" } } });

const document = { player: "ada", round: 1, points: 1.5, won: true, moves: ["e4", "e5"], board: { size: 8, names: new Set(["a", "b"]) }, gone: undefined };
await call("Put", { Item: document });
const { Item: read } = await call("Get", { Key: { player: "ada", round: 1 } });

const { Attributes: updated } = await call("Update", {
  Key: { player: "ada", round: 1 },
  UpdateExpression: "SET points = points + :more, board.#size = :size REMOVE won ADD visits :one",
  ExpressionAttributeNames: { "#size": "size" },
  ExpressionAttributeValues: { ":more": 1, ":size": 9, ":one": 1 },
  ReturnValues: "ALL_NEW",
});
const conditionFailed = await refusal(call("Put", { Item: { player: "ada", round: 1 }, ConditionExpression: "attribute_not_exists(player)" }));

await call("BatchWrite", { TableName: undefined, RequestItems: { [TableName]: Array.from({ length: 9 }, (_, i) => ({ PutRequest: { Item: { player: "bob", round: i + 1, points: i * 10 } } })) } });
const query = { KeyConditionExpression: "player = :p AND #r BETWEEN :low AND :high", ExpressionAttributeNames: { "#r": "round" }, ExpressionAttributeValues: { ":p": "bob", ":low": 2, ":high": 8 } };
const backwards = await call("Query", { ...query, ScanIndexForward: false, Limit: 3 });
const pages = [];
for await (const page of lib.paginateQuery({ client: documents, pageSize: 3 }, { TableName, ...query })) pages.push(page.Items.map(({ round }) => round));
const filtered = await call("Query", { ...query, FilterExpression: "points > :many", ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ":many": 55 }, ProjectionExpression: "points" });
const scanned = await call("Scan", { Select: "COUNT", ReturnConsumedCapacity: "TOTAL" });
const { Responses: batch } = await call("BatchGet", { TableName: undefined, RequestItems: { [TableName]: { Keys: [{ player: "bob", round: 1 }, { player: "nobody", round: 1 }] } } });
const { Attributes: deleted } = await call("Delete", { Key: { player: "bob", round: 9 }, ReturnValues: "ALL_OLD" });

const wrongKey = await refusal(call("Get", { Key: { player: "ada" } }));
const badExpression = await refusal(call("Query", { ...query, KeyConditionExpression: "player = :p AND" }));
const absentTable = await refusal(client.send(new aws.DescribeTableCommand({ TableName: "Absent" })));
const absentTableOfItem = await refusal(documents.send(new lib.GetCommand({ TableName: "Absent", Key: { id: 1 } })));

await plain("UpdateTable", {
  AttributeDefinitions: [{ AttributeName: "points", AttributeType: "N" }, { AttributeName: "player", AttributeType: "S" }, { AttributeName: "round", AttributeType: "N" }],
  GlobalSecondaryIndexUpdates: [{ Create: { IndexName: "by-points", KeySchema: [{ AttributeName: "points", KeyType: "HASH" }], Projection: { ProjectionType: "KEYS_ONLY" } } }],
});
await plain("UpdateTable", { StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" } });
const { Items: indexed } = await call("Query", { IndexName: "by-points", KeyConditionExpression: "points = :p", ExpressionAttributeValues: { ":p": 30 } });
await call("TransactWrite", {
  TableName: undefined,
  TransactItems: [
    { Put: { TableName, Item: { player: "eve", round: 1, points: 1 } } },
    { Update: { TableName, Key: { player: "bob", round: 1 }, UpdateExpression: "SET points = :p", ExpressionAttributeValues: { ":p": 5 } } },
  ],
});
const cancelled = await call("TransactWrite", {
  TableName: undefined,
  TransactItems: [{ Put: { TableName, Item: { player: "eve", round: 1 }, ConditionExpression: "attribute_not_exists(player)" } }, { Delete: { TableName, Key: { player: "bob", round: 2 } } }],
}).then(() => null, (error) => ({ name: error.name, reasons: error.CancellationReasons.map(({ Code }) => Code) }));
const { Responses: transacted } = await call("TransactGet", { TableName: undefined, TransactItems: [{ Get: { TableName, Key: { player: "eve", round: 1 } } }, { Get: { TableName, Key: { player: "bob", round: 1 } } }] });
const { Items: statement } = await call("ExecuteStatement", { TableName: undefined, Statement: `SELECT points FROM "${TableName}" WHERE player = ? AND "round" = ?`, Parameters: ["eve", 1] });

const streams = new DynamoDBStreamsClient({});
const { Table: streaming } = await plain("DescribeTable");
const { StreamDescription: stream } = await streams.send(new DescribeStreamCommand({ StreamArn: streaming.LatestStreamArn }));
const records = [];
for (const { ShardId } of stream.Shards) {
  const { ShardIterator } = await streams.send(new GetShardIteratorCommand({ StreamArn: stream.StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }));
  records.push(...(await streams.send(new GetRecordsCommand({ ShardIterator }))).Records);
}
await plain("DeleteTable");
await aws.waitUntilTableNotExists({ client, maxWaitTime: 60 }, { TableName });

report({
  table: { status: table.TableStatus, arn: table.TableArn, billing: table.BillingModeSummary.BillingMode, created: table.CreationDateTime instanceof Date },
  twice,
  item: { points: item.points.N, raw: [...item.raw.B], tags: [...item.tags.SS].sort(), nothing: item.nothing.NULL },
  read: { ...read, board: { ...read.board, names: [...read.board.names].sort() } },
  updated: { points: updated.points, size: updated.board.size, visits: updated.visits, hasWon: "won" in updated },
  conditionFailed,
  backwards: { rounds: backwards.Items.map(({ round }) => round), last: backwards.LastEvaluatedKey },
  pages,
  filtered: { items: filtered.Items, count: filtered.Count, scanned: filtered.ScannedCount },
  scanned: { count: scanned.Count, capacity: scanned.ConsumedCapacity },
  batch: batch[TableName],
  deleted,
  wrongKey,
  badExpression,
  absentTable,
  absentTableOfItem,
  indexed,
  cancelled,
  transacted: transacted.map(({ Item }) => Item),
  statement,
  records: records.map(({ eventName, dynamodb }) => `${eventName} ${dynamodb.NewImage.player.S} ${dynamodb.NewImage.points.N}`).sort(),
  gone: await refusal(plain("DescribeTable")),
});
