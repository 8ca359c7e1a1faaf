using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb;

/// <summary>What emulator.yaml can say of a table.</summary>
internal sealed class DeclaredTableSettingsTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("emulator-seed-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html")]
    public async Task Everything_that_is_declared_is_described()
    {
        await using var aws = await StartAsync("""
            dynamodb:
              tables:
                Games:
                  partitionKey: player
                  sortKey: round:N
                  capacity: { read: 5, write: 6 }
                  indexes:
                    by-game: { partitionKey: game, sortKey: points:N, projection: [name] }
                    by-points: { sortKey: points:N, projection: KEYS_ONLY }
                    by-place: { partitionKey: [country, city], sortKey: [street, "number:N"], capacity: { read: 1, write: 2 } }
                  stream: NEW_AND_OLD_IMAGES
                  timeToLive: expires
                  pointInTimeRecovery: true
                  deletionProtection: true
                  tableClass: STANDARD_INFREQUENT_ACCESS
                  encryption: kms
                  tags: { team: games }
            """);
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
        var table = (await dynamoDb.DescribeTableAsync("Games")).Table;
        Assert.Multiple(() =>
        {
            Assert.That(table.GlobalSecondaryIndexes.Select(index => $"{index.IndexName} {string.Join(',', index.KeySchema.Select(key => $"{key.AttributeName}:{key.KeyType}"))} {index.Projection.ProjectionType} {index.ProvisionedThroughput.WriteCapacityUnits}"),
                Is.EquivalentTo(new[] { "by-game game:HASH,points:RANGE INCLUDE 6", "by-place country:HASH,city:HASH,street:RANGE,number:RANGE ALL 2" }));
            Assert.That(table.LocalSecondaryIndexes.Single().IndexName, Is.EqualTo("by-points"));
            Assert.That(table.StreamSpecification.StreamViewType, Is.EqualTo(StreamViewType.NEW_AND_OLD_IMAGES));
            Assert.That((table.DeletionProtectionEnabled, table.TableClassSummary.TableClass.Value, table.SSEDescription.Status.Value), Is.EqualTo(((bool?)true, "STANDARD_INFREQUENT_ACCESS", "ENABLED")));
        });
        Assert.That((await dynamoDb.DescribeTimeToLiveAsync("Games")).TimeToLiveDescription.AttributeName, Is.EqualTo("expires"));
        Assert.That((await dynamoDb.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = "Games" })).ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus.Value, Is.EqualTo("ENABLED"));
        Assert.That((await dynamoDb.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = table.TableArn })).Tags.Single().Value, Is.EqualTo("games"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html")]
    public async Task A_table_has_a_policy_and_replicas()
    {
        await using var aws = await StartAsync("""
            region: us-east-1
            dynamodb:
              tables:
                Shared:
                  partitionKey: id
                  replicas: eu-west-1
                  stream: NEW_AND_OLD_IMAGES
                  policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "222222222222" }, Action: "dynamodb:GetItem", Resource: "arn:aws:dynamodb:us-east-1:000000000000:table/Shared" } }
                  items: [{ id: a }]
            """);
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
        var table = (await dynamoDb.DescribeTableAsync("Shared")).Table;
        Assert.That(table.Replicas.Select(replica => replica.RegionName), Does.Contain("eu-west-1"));
        Assert.That((await dynamoDb.GetResourcePolicyAsync(new GetResourcePolicyRequest { ResourceArn = table.TableArn })).Policy, Does.Contain("222222222222"));
        using var replica = new AmazonDynamoDBClient(new Amazon.Runtime.BasicAWSCredentials("000000000000", "x"), new AmazonDynamoDBConfig { RegionEndpoint = Amazon.RegionEndpoint.EUWest1, HttpClientFactory = aws.HttpClientFactory });
        Assert.That((await replica.ScanAsync(new ScanRequest("Shared"))).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Items_come_from_files()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.csv"), "id,points,name\nada,3,\"Ada, L.\"\nbob,4,Bob\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "b.json"), """[{ "id": "cyd", "points": 5, "tags": ["x"] }]""");
        await File.WriteAllTextAsync(Path.Combine(_folder, "c.json"), """{"Item":{"id":{"S":"dan"},"points":{"N":"6"},"set":{"SS":["a"]}}}""");
        await using var aws = await StartAsync("""
            dynamodb:
              tables:
                Scores:
                  partitionKey: id
                  indexes: { by-points: { partitionKey: points:N } }
                  itemFiles: [a.csv, b.json, c.json]
            """);
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
        var items = (await dynamoDb.ScanAsync(new ScanRequest("Scores"))).Items.OrderBy(item => item["id"].S, StringComparer.Ordinal).ToList();
        Assert.That(items.Select(item => $"{item["id"].S} {item["points"].N}"), Is.EqualTo(new[] { "ada 3", "bob 4", "cyd 5", "dan 6" }));
        Assert.That((items[0]["name"].S, items[2]["tags"].L[0].S, items[3]["set"].SS[0]), Is.EqualTo(("Ada, L.", "x", "a")));
        Assert.That((await dynamoDb.ScanAsync(new ScanRequest("Scores") { IndexName = "by-points" })).Count, Is.EqualTo(4));
    }

    [Test]
    public async Task What_cannot_be_made_is_told_and_not_half_made()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.csv"), "id,points\nada,many\n");
        var log = new List<string>();
        await using var aws = await StartAsync("""
            dynamodb:
              tables:
                Scores: { partitionKey: id, indexes: { by-points: { partitionKey: points:N } }, itemFiles: a.csv }
                Other: { partitionKey: id, indexes: { by-id: { sortKey: id } } }
            """, log);
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
        Assert.That((await dynamoDb.ListTablesAsync()).TableNames ?? [], Is.Empty);
        Assert.That(log, Has.Some.Contains("The table Scores is not made: a.csv: item 1 cannot be in the table"));
        Assert.That(log, Has.Some.Contains("The table Other is not made: "));
    }

    private async Task<AwsEmulator> StartAsync(string yaml, List<string>? log = null)
    {
        var path = Path.Combine(_folder, "emulator.yaml");
        await File.WriteAllTextAsync(path, yaml);
        return await AwsEmulator.StartAsync(options =>
        {
            options.ConfigurationFile = path;
            options.Log = log is null ? TestContext.Out.WriteLine : log.Add;
        });
    }
}
