using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.GlobalTables;

/// <summary>A frozen clock, and a client of a second and a third region beside that of the first.</summary>
internal abstract class GlobalTableFixture : DynamoDbFixture
{
    protected const string East = "us-east-1";
    protected const string West = "us-west-2";
    protected const string Ireland = "eu-west-1";

    protected static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected AmazonDynamoDBClient InWest { get; private set; } = null!;

    protected AmazonDynamoDBClient InIreland { get; private set; } = null!;

    [SetUp]
    public void ConnectRegions()
    {
        Aws.Clock.Freeze();
        Aws.Clock.Set(Start);
        InWest = Client(West);
        InIreland = Client(Ireland);
    }

    [TearDown]
    public void DisconnectRegions()
    {
        InWest.Dispose();
        InIreland.Dispose();
    }

    protected static Task<UpdateTableResponse> AddAsync(AmazonDynamoDBClient at, string table, string region, Action<CreateReplicationGroupMemberAction>? configure = null)
    {
        var create = new CreateReplicationGroupMemberAction { RegionName = region };
        configure?.Invoke(create);
        return UpdateAsync(at, table, new ReplicationGroupUpdate { Create = create });
    }

    protected static Task<UpdateTableResponse> RemoveAsync(AmazonDynamoDBClient at, string table, string region) =>
        UpdateAsync(at, table, new ReplicationGroupUpdate { Delete = new() { RegionName = region } });

    protected static Task<UpdateTableResponse> ChangeAsync(AmazonDynamoDBClient at, string table, UpdateReplicationGroupMemberAction change) =>
        UpdateAsync(at, table, new ReplicationGroupUpdate { Update = change });

    protected static Task<UpdateTableResponse> UpdateAsync(AmazonDynamoDBClient at, string table, params ReplicationGroupUpdate[] updates) =>
        at.UpdateTableAsync(new UpdateTableRequest { TableName = table, ReplicaUpdates = [.. updates] });

    protected static async Task<TableDescription> DescribeAsync(AmazonDynamoDBClient at, string table) => (await at.DescribeTableAsync(table)).Table;

    protected static async Task<string[]> RegionsAsync(AmazonDynamoDBClient at, string table) => [.. ((await DescribeAsync(at, table)).Replicas ?? []).Select(replica => replica.RegionName)];

    private AmazonDynamoDBClient Client(string region) => Aws.CreateClient<AmazonDynamoDBClient>(config =>
    {
        config.MaxErrorRetry = 0;
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
    });
}
