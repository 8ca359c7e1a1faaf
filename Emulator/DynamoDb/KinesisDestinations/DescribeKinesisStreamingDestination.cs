using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.KinesisDestinations;

/// <summary>Tells the destinations of a table: at most one that is active, and those that were.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeKinesisStreamingDestination.html</remarks>
internal static class DescribeKinesisStreamingDestination
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, TableNameInput input)
    {
        TableNameRules.Check(input.TableName);
        var name = TableName.Parse(call, input.TableName!);
        var table = service.Tables.Find(name) ?? throw DynamoDbErrors.TableNotFound(name.Name);
        var destinations = table.KinesisDestinations.Select(destination => new KinesisDestinationShape(destination.StreamArn, destination.Status, destination.StatusDescription, destination.Precision));
        return new(AwsJson.Encode(new DescribeKinesisStreamingDestinationOutput(table.Name, [.. destinations]), ControlJson.Default.DescribeKinesisStreamingDestinationOutput));
    }
}

internal sealed record DescribeKinesisStreamingDestinationOutput(string TableName, IReadOnlyList<KinesisDestinationShape> KinesisDataStreamDestinations);

internal sealed record KinesisDestinationShape(string StreamArn, string DestinationStatus, string? DestinationStatusDescription, string? ApproximateCreationDateTimePrecision);
