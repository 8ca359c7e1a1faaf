using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Imports;

/// <summary>Lists the imports of an account in a region, or of one table, of the last 90 days.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListImports.html</remarks>
internal static class ListImports
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ListImportsInput input)
    {
        var constraints = new Constraints();
        constraints.Length(input.TableArn, "tableArn", 1, 1024);
        constraints.Least(input.PageSize, "pageSize", 1);
        constraints.Most(input.PageSize, "pageSize", DynamoDbLimits.ListImportsPage);
        constraints.Length(input.NextToken, "nextToken", 112, 1024);
        constraints.Require();
        var start = input.NextToken is { } token ? TablePart.OfToken(call, token) ?? throw DynamoDbErrors.Validation("Invalid NextToken") : (TablePart?)null;
        var table = input.TableArn is null ? new(call.Account, call.Region, "") : TableName.Parse(call, input.TableArn);
        var limit = input.PageSize ?? DynamoDbLimits.ListImportsPage;

        using var snapshot = service.Store.Snapshot();
        var imports = ImportStore.List(service, snapshot, table, start, call.Now).Take(limit + 1).ToList();
        var page = imports.Take(limit).Select(ImportSummary.Of).ToList();
        return new(AwsJson.Encode(new ListImportsOutput(page, imports.Count > limit ? imports[limit - 1].Part.ToToken() : null), ImportJson.Default.ListImportsOutput));
    }
}

internal sealed record ListImportsInput(string? TableArn, int? PageSize, string? NextToken)
{
    public static ListImportsInput Decode(ref InputReader json)
    {
        string? table = null, token = null;
        int? size = null;
        while (json.NextMember())
        {
            if (json.Is("TableArn"u8)) table = json.String();
            else if (json.Is("PageSize"u8)) size = json.Integer();
            else if (json.Is("NextToken"u8)) token = json.String();
            else json.Skip();
        }
        return new(table, size, token);
    }
}
