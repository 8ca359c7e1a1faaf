using Emulator.DynamoDb.Input;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Streams;

/// <summary>Returns the streams of an account in a region, or of one table.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html</remarks>
internal static class ListStreams
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ListStreamsInput input)
    {
        var constraints = new Constraints();
        if (input.TableName is not null) constraints.Name(input.TableName, "tableName");
        constraints.Least(input.Limit, "limit", 1);
        constraints.Most(input.Limit, "limit", DynamoDbLimits.ListStreamsPage);
        constraints.Length(input.ExclusiveStartStreamArn, "exclusiveStartStreamArn", 37, 1024);
        constraints.Require();
        var limit = input.Limit ?? DynamoDbLimits.ListStreamsPage;
        StreamName? after = input.ExclusiveStartStreamArn is null ? null : StreamName.Parse(input.ExclusiveStartStreamArn);

        using var snapshot = service.Store.Snapshot();
        var streams = StreamStore.List(snapshot, call.Account, call.Region, input.TableName, after, service.Clock.GetUtcNow())
            .Take(limit + 1).Select(stream => new StreamSummary(stream.Arn, stream.TableName, stream.Label)).ToList();
        string? last = null;
        if (streams.Count > limit)
        {
            streams.RemoveAt(limit);
            last = streams[^1].StreamArn;
        }
        return new(AwsJson.Encode(new ListStreamsOutput(streams, last), DynamoDbJson.Default.ListStreamsOutput));
    }
}

internal sealed record ListStreamsInput(string? TableName, int? Limit, string? ExclusiveStartStreamArn)
{
    public static ListStreamsInput Decode(ref InputReader json)
    {
        string? table = null, after = null;
        int? limit = null;
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) table = json.String();
            else if (json.Is("Limit"u8)) limit = json.Integer();
            else if (json.Is("ExclusiveStartStreamArn"u8)) after = json.String();
            else json.Skip();
        }
        return new(table, limit, after);
    }
}

internal sealed record ListStreamsOutput(IReadOnlyList<StreamSummary> Streams, string? LastEvaluatedStreamArn);

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Stream.html</summary>
internal sealed record StreamSummary(string StreamArn, string TableName, string StreamLabel);
