using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

/// <summary>The policies of the developer guide, enforced.</summary>
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html")]
internal sealed class FineGrainedAccessTests
{
    private const string Configuration = """
        account: "111111111111"
        region: us-east-1
        iam: enforce
        accounts:
          "111111111111":
            users:
              transactor:
                policies:
                  only-in-transactions:
                    Version: "2012-10-17"
                    Statement:
                      Effect: Allow
                      Action: ["dynamodb:ConditionCheckItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:GetItem"]
                      Resource: "arn:aws:dynamodb:*:*:table/Scores"
                      Condition: { "ForAnyValue:StringEquals": { "dynamodb:EnclosingOperation": ["TransactWriteItems", "TransactGetItems"] } }
              player:
                policies:
                  own-items-some-attributes:
                    Version: "2012-10-17"
                    Statement:
                      Effect: Allow
                      Action: ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem"]
                      Resource: "arn:aws:dynamodb:*:*:table/Scores"
                      Condition:
                        "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["player"], "dynamodb:Attributes": ["user", "score"] }
                        StringEqualsIfExists: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES", "dynamodb:ReturnValues": ["NONE", "UPDATED_OLD", "UPDATED_NEW"] }
            keys:
              - { id: AKIATRANSACTORTRANSA, secret: transactor-secret, user: transactor }
              - { id: AKIAPLAYERPLAYERPLAY, secret: player-secret, user: player }
        dynamodb: { tables: { Scores: { partitionKey: user } } }
        """;

    private AwsEmulator _aws = null!;
    private AmazonDynamoDBClient _transactor = null!;
    private AmazonDynamoDBClient _player = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = Configuration });
        _transactor = _aws.CreateClient<AmazonDynamoDBClient>(new BasicAWSCredentials("AKIATRANSACTORTRANSA", "transactor-secret"));
        _player = _aws.CreateClient<AmazonDynamoDBClient>(new BasicAWSCredentials("AKIAPLAYERPLAYERPLAY", "player-secret"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        _transactor.Dispose();
        _player.Dispose();
        await _aws.DisposeAsync();
    }

    [Test]
    public async Task Actions_may_be_allowed_within_transactions_only()
    {
        var put = new Put { TableName = "Scores", Item = Key("a") };
        await _transactor.TransactWriteItemsAsync(new() { TransactItems = [new() { Put = put }] });
        await _transactor.TransactGetItemsAsync(new() { TransactItems = [new() { Get = new() { TableName = "Scores", Key = Key("a") } }] });
        Denied(() => _transactor.PutItemAsync("Scores", Key("a")), "dynamodb:PutItem");
        Denied(() => _transactor.GetItemAsync("Scores", Key("a")), "dynamodb:GetItem");
        Denied(() => _transactor.TransactWriteItemsAsync(new() { TransactItems = [new() { Put = put }, new() { Delete = new() { TableName = "Scores", Key = Key("b") } }] }), "dynamodb:DeleteItem");
        Denied(() => _transactor.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new() { ["Scores"] = [new(new PutRequest(Key("a")))] } }), "dynamodb:BatchWriteItem");
    }

    [Test]
    public async Task Attributes_items_and_returned_values_may_be_limited()
    {
        await _player.UpdateItemAsync(Update("player", "SET score = :v", "UPDATED_NEW"));
        await _player.GetItemAsync(new() { TableName = "Scores", Key = Key("player"), ProjectionExpression = "score" });
        Denied(() => _player.UpdateItemAsync(Update("player", "SET score = :v, admin = :v", "NONE")), "dynamodb:UpdateItem");
        Denied(() => _player.UpdateItemAsync(Update("player", "SET score = :v", "ALL_NEW")), "dynamodb:UpdateItem");
        Denied(() => _player.UpdateItemAsync(Update("another", "SET score = :v", "NONE")), "dynamodb:UpdateItem");
        Denied(() => _player.GetItemAsync("Scores", Key("player")), "dynamodb:GetItem");
        Denied(() => _player.GetItemAsync(new() { TableName = "Scores", Key = Key("player"), ProjectionExpression = "score, admin" }), "dynamodb:GetItem");
    }

    private static UpdateItemRequest Update(string user, string expression, string returnValues) => new()
    {
        TableName = "Scores",
        Key = Key(user),
        UpdateExpression = expression,
        ExpressionAttributeValues = new() { [":v"] = new() { N = "1" } },
        ReturnValues = returnValues,
    };

    private static Dictionary<string, AttributeValue> Key(string user) => new() { ["user"] = new() { S = user } };

    private static void Denied(Func<Task> request, string action)
    {
        var error = Assert.CatchAsync<AmazonDynamoDBException>(() => request())!;
        Assert.That(error.ErrorCode, Is.EqualTo("AccessDeniedException"));
        Assert.That(error.Message, Does.Contain($"is not authorized to perform: {action} on resource: arn:aws:dynamodb:us-east-1:111111111111:table/Scores"));
    }
}
