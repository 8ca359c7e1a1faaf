using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb;

/// <summary>An emulator with a client and two tables: <c>Hash</c> with the key <c>p</c>, and <c>Range</c> with the keys <c>p</c> and <c>c</c>, all strings.</summary>
internal abstract class DynamoDbFixture
{
    protected const string Hash = "Hash";
    protected const string Range = "Range";

    protected AwsEmulator Aws { get; private set; } = null!;

    protected AmazonDynamoDBClient DynamoDb { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Aws = await StartAwsAsync();
        // Some refusals are ones that the SDK would wait for and send again.
        DynamoDb = Aws.CreateClient<AmazonDynamoDBClient>(config => config.MaxErrorRetry = 0);
        await CreateAsync(Hash, ("p", ScalarAttributeType.S));
        await CreateAsync(Range, ("p", ScalarAttributeType.S), ("c", ScalarAttributeType.S));
    }

    [TearDown]
    public async Task StopAsync()
    {
        DynamoDb.Dispose();
        await Aws.DisposeAsync();
    }

    protected virtual Task<AwsEmulator> StartAwsAsync() => AwsEmulator.StartAsync();

    /// <summary>Creates a table on demand; the first key is the partition key.</summary>
    protected Task<CreateTableResponse> CreateAsync(string table, params (string Name, ScalarAttributeType Type)[] keys) => DynamoDb.CreateTableAsync(new CreateTableRequest
    {
        TableName = table,
        AttributeDefinitions = [.. keys.Select(key => new AttributeDefinition(key.Name, key.Type))],
        KeySchema = [.. keys.Select((key, index) => new KeySchemaElement(key.Name, index == 0 ? KeyType.HASH : KeyType.RANGE))],
        BillingMode = BillingMode.PAY_PER_REQUEST,
    });

    protected static AttributeValue S(string text) => new() { S = text };

    protected static AttributeValue N(string number) => new() { N = number };

    protected static Dictionary<string, AttributeValue> Item(params (string Name, AttributeValue Value)[] attributes) =>
        attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value);

    protected Task PutAsync(string table, params (string Name, AttributeValue Value)[] attributes) => DynamoDb.PutItemAsync(table, Item(attributes));

    protected async Task<Dictionary<string, AttributeValue>?> GetAsync(string table, params (string Name, AttributeValue Value)[] key)
    {
        var answer = await DynamoDb.GetItemAsync(table, Item(key), consistentRead: true);
        return answer.IsItemSet ? answer.Item : null;
    }

    /// <summary>A request fails with the code and text of AWS.</summary>
    protected static void Fails(Func<Task> request, string code, string message)
    {
        var error = Assert.CatchAsync<AmazonDynamoDBException>(() => request())!;
        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Is.EqualTo(message));
            Assert.That(error.ErrorCode, Is.EqualTo(code));
        });
    }

    protected static void Refuses(Func<Task> request, string message) => Fails(request, "ValidationException", message);
}
