using Emulator.DynamoDb.Tables;
using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Streams;

/// <summary>What DynamoDB Streams can do, in the order of its API reference.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html</remarks>
internal static class StreamsOperations
{
    public static OperationTable<DynamoDbService> Table { get; } = new OperationTable<DynamoDbService>()
        .Row("DescribeStream", DescribeStreamInput.Decode, (action, _, call, input) => OfStream(action, call, input.StreamArn), DescribeStream.ExecuteAsync)
        .Row("GetRecords", GetRecordsInput.Decode, (action, _, call, input) => OfStream(action, call, input.ShardIterator?.Split('|')[0]), GetRecords.ExecuteAsync)
        .Row("GetShardIterator", GetShardIteratorInput.Decode, (action, _, call, input) => OfStream(action, call, input.StreamArn), GetShardIterator.ExecuteAsync)
        .Row("ListStreams", ListStreamsInput.Decode, (action, _, call, input) => [new Permission(action, $"{Arns.Table(call, input.TableName)}/stream/*")], ListStreams.ExecuteAsync);

    private static IReadOnlyList<Permission> OfStream(string action, Call call, string? arn) => [new(action, arn ?? $"{Arns.Table(call, null)}/stream/*")];
}
