using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;

namespace Emulator.Tests.DynamoDb.Streams;

/// <summary>A client of DynamoDB Streams: the package of the AWS SDK for .NET is another than that of DynamoDB, and is not to be had where the project is built.</summary>
/// <param name="host">As AWS's; or that of the emulator, where the target alone tells the service.</param>
internal sealed class StreamsClient(AwsEmulator aws, string host = "https://streams.dynamodb.us-east-1.amazonaws.com/", string region = "us-east-1") : IDisposable
{
    private readonly HttpClient _http = aws.CreateHttpClient();

    public void Dispose() => _http.Dispose();

    public Task<StreamList> ListStreamsAsync(string? tableName = null, int? limit = null, string? after = null) =>
        SendAsync<StreamList>("ListStreams", new { TableName = tableName, Limit = limit, ExclusiveStartStreamArn = after });

    public async Task<StreamDescription> DescribeStreamAsync(string streamArn, int? limit = null, string? after = null, ShardFilter? filter = null) =>
        (await SendAsync<DescribedStream>("DescribeStream", new { StreamArn = streamArn, Limit = limit, ExclusiveStartShardId = after, ShardFilter = filter })).StreamDescription;

    public async Task<string> GetShardIteratorAsync(string streamArn, string shardId, string type, string? sequenceNumber = null) =>
        (await SendAsync<Iterator>("GetShardIterator", new { StreamArn = streamArn, ShardId = shardId, ShardIteratorType = type, SequenceNumber = sequenceNumber })).ShardIterator;

    public Task<RecordPage> GetRecordsAsync(string shardIterator, int? limit = null) =>
        SendAsync<RecordPage>("GetRecords", new { ShardIterator = shardIterator, Limit = limit });

    public async Task<JsonNode> SendAsync(string operation, object input)
    {
        var date = aws.Clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'");
        using var request = new HttpRequestMessage(HttpMethod.Post, host) { Content = new StringContent(JsonSerializer.Serialize(input), new MediaTypeHeaderValue("application/x-amz-json-1.0")) };
        request.Headers.Add("X-Amz-Target", $"DynamoDBStreams_20120810.{operation}");
        request.Headers.Add("X-Amz-Date", date);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/{date[..8]}/{region}/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}");
        using var answer = await _http.SendAsync(request);
        var content = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return answer.IsSuccessStatusCode ? content : throw new AmazonDynamoDBException(content["message"]?.ToString()) { ErrorCode = content["__type"]!.ToString().Split('#')[1], StatusCode = answer.StatusCode };
    }

    private async Task<T> SendAsync<T>(string operation, object input) => (await SendAsync(operation, input)).Deserialize<T>()!;

    private sealed record DescribedStream(StreamDescription StreamDescription);

    private sealed record Iterator(string ShardIterator);
}

internal sealed record StreamList(IReadOnlyList<StreamSummary> Streams, string? LastEvaluatedStreamArn);

internal sealed record StreamSummary(string StreamArn, string TableName, string StreamLabel);

internal sealed record StreamDescription(
    string StreamArn, string StreamLabel, string StreamStatus, string StreamViewType, double CreationRequestDateTime, string TableName, IReadOnlyList<Key> KeySchema, IReadOnlyList<Shard> Shards, string? LastEvaluatedShardId);

internal sealed record Key(string AttributeName, string KeyType);

internal sealed record Shard(string ShardId, SequenceNumberRange SequenceNumberRange, string? ParentShardId);

internal sealed record SequenceNumberRange(string StartingSequenceNumber, string? EndingSequenceNumber);

internal sealed record ShardFilter(string? Type, string? ShardId);

internal sealed record RecordPage(IReadOnlyList<JsonNode> Records, string? NextShardIterator);
