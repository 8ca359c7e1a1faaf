using Emulator.Protocols;

namespace Emulator.DynamoDb.Streams;

/// <summary>The errors of streams.</summary>
internal static class StreamErrors
{
    // Source: test_non_existent_stream of the recorded answers.
    public static AwsException NotFound(StreamName stream) => new("ResourceNotFoundException", $"Requested resource not found: Stream: {stream.Arn} not found");

    // Observed: https://github.com/ironSource/node-dynamodb-stream/issues/16.
    public static AwsException ShardNotFound() => new("ResourceNotFoundException", "Requested resource not found: Shard does not exist");

    // Observed: features/extra of aws/aws-sdk-js, which run against AWS.
    public static AwsException InvalidArn() => DynamoDbErrors.Validation("Invalid StreamArn");

    public static AwsException InvalidIterator() => DynamoDbErrors.Validation("Invalid ShardIterator");

    public static AwsException InvalidSequenceNumber() => DynamoDbErrors.Validation("Invalid SequenceNumber");

    public static AwsException IteratorExpired() => new("ExpiredIteratorException", "The shard iterator has expired and can no longer be used to retrieve stream records.");

    // Observed: https://github.com/ironSource/node-dynamodb-stream/issues/13.
    public static AwsException Trimmed() => new("TrimmedDataAccessException", "The data you are trying to access has been trimmed");

    // Observed: https://github.com/scylladb/scylladb/issues/6939.
    public static AwsException AlreadyEnabled(string table) => DynamoDbErrors.Validation($"Table already has an enabled stream: TableName: {table}");

    // Observed: https://github.com/aws-controllers-k8s/community/issues/2782.
    public static AwsException NothingToDisable(string table) => DynamoDbErrors.Validation($"Table has no stream to disable: TableName: {table}");
}
