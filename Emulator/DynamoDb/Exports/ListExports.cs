using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Exports;

/// <summary>Lists the exports of an account in a region, or of one table, of the last 90 days.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListExports.html</remarks>
internal static class ListExports
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ListExportsInput input)
    {
        var constraints = new Constraints();
        constraints.Length(input.TableArn, "tableArn", 1, 1024);
        constraints.Least(input.MaxResults, "maxResults", 1);
        constraints.Most(input.MaxResults, "maxResults", DynamoDbLimits.ListExportsPage);
        constraints.Require();
        var start = input.NextToken is { } token ? TablePart.OfToken(call, token) ?? throw DynamoDbErrors.Validation("Invalid NextToken") : (TablePart?)null;
        var table = input.TableArn is null ? new(call.Account, call.Region, "") : TableName.Parse(call, input.TableArn);
        var limit = input.MaxResults ?? DynamoDbLimits.ListExportsPage;

        using var snapshot = service.Store.Snapshot();
        var exports = ExportStore.List(service, snapshot, table, start, call.Now).Take(limit + 1).ToList();
        var page = exports.Take(limit).Select(export => new ExportSummary(export.Arn, export.Status, export.Request.Type)).ToList();
        return new(AwsJson.Encode(new ListExportsOutput(page, exports.Count > limit ? exports[limit - 1].Part.ToToken() : null), ExportJson.Default.ListExportsOutput));
    }
}

internal sealed record ListExportsInput(string? TableArn, int? MaxResults, string? NextToken)
{
    public static ListExportsInput Decode(ref InputReader json)
    {
        string? table = null, token = null;
        int? most = null;
        while (json.NextMember())
        {
            if (json.Is("TableArn"u8)) table = json.String();
            else if (json.Is("MaxResults"u8)) most = json.Integer();
            else if (json.Is("NextToken"u8)) token = json.String();
            else json.Skip();
        }
        return new(table, most, token);
    }
}
