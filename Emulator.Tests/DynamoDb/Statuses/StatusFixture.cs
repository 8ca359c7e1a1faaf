using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Statuses;

/// <summary>An emulator whose statuses last ten seconds of a clock that stands still; the tables of the fixture are ready.</summary>
internal abstract class StatusFixture : DynamoDbFixture
{
    protected const string New = "New";
    protected const string Creating = "Attempt to change a resource which is still in use: Table is being created: New";

    protected override async Task<AwsEmulator> StartAwsAsync()
    {
        var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = "dynamodb: { statuses: 10s }" });
        aws.Clock.Freeze();
        return aws;
    }

    [SetUp]
    public void MakeReady() => Wait(10);

    protected void Wait(int seconds) => Aws.Clock.Advance(TimeSpan.FromSeconds(seconds));

    protected Task<CreateTableResponse> CreateNewAsync() => CreateAsync(New, ("p", ScalarAttributeType.S));

    protected async Task<TableDescription> DescribeAsync(string table) => (await DynamoDb.DescribeTableAsync(table)).Table;

    protected async Task<string> StatusAsync(string table) => (await DescribeAsync(table)).TableStatus.Value;

    /// <summary>Status and Backfilling of an index; null where it is not told.</summary>
    protected async Task<(string Status, bool? Backfilling)?> IndexAsync(string table) =>
        (await DescribeAsync(table)).GlobalSecondaryIndexes is [var index] ? (index.IndexStatus.Value, index.Backfilling) : null;

    protected Task<UpdateTableResponse> UpdateAsync(string table, Action<UpdateTableRequest> change)
    {
        var request = new UpdateTableRequest { TableName = table };
        change(request);
        return DynamoDb.UpdateTableAsync(request);
    }

    protected Task<UpdateTableResponse> CreateIndexAsync(string table, string index = "byDate") => UpdateAsync(table, request =>
    {
        request.AttributeDefinitions = [new("date", ScalarAttributeType.S)];
        request.GlobalSecondaryIndexUpdates = [new() { Create = new() { IndexName = index, KeySchema = [new("date", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.ALL } } }];
    });

    protected Task<UpdateTableResponse> DeleteIndexAsync(string table, string index = "byDate") =>
        UpdateAsync(table, request => request.GlobalSecondaryIndexUpdates = [new() { Delete = new() { IndexName = index } }]);

    protected static void InUse(Func<Task> request, string message) => Fails(request, "ResourceInUseException", message);
}
