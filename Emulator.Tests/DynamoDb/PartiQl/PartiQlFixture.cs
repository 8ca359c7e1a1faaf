using Amazon.DynamoDBv2.Model;

namespace Emulator.Tests.DynamoDb.PartiQl;

/// <summary>An emulator with the tables <c>Hash</c> and <c>Range</c>, and short ways to run statements.</summary>
internal abstract class PartiQlFixture : DynamoDbFixture
{
    /// <summary>What the rules say that were observed on AWS by people who wrote them into tests.</summary>
    protected const string Conformance = "2026, the PartiQL tests of nubo-db/dynamodb-conformance, which run against AWS";

    protected const string Floci = "2026-09-17, the PartiQL tests of floci-io/floci, captured from AWS (eu-west-2)";

    protected const string Dynoxide = "2026-08, the PartiQL tests of nubo-db/dynoxide, captured from AWS (eu-west-2)";

    /// <summary>The beginning of the text of a statement that is not well formed.</summary>
    protected const string NotWellFormed = "Statement wasn't well formed, can't be processed: ";

    protected Task<ExecuteStatementResponse> RunAsync(string statement, params AttributeValue[] parameters) =>
        DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = statement, Parameters = parameters.Length == 0 ? null : [.. parameters] });

    /// <summary>The items that a statement returns, each as its attributes in order.</summary>
    protected async Task<string[]> RowsAsync(string statement, params AttributeValue[] parameters) =>
        [.. (await RunAsync(statement, parameters)).Items.Select(Text)];

    protected async Task<string> ItemAsync(string table, params (string Name, AttributeValue Value)[] key) => await GetAsync(table, key) is { } item ? Text(item) : "none";

    protected void Refused(string statement, string message, params AttributeValue[] parameters) => Refuses(() => RunAsync(statement, parameters), message);

    protected static string Text(Dictionary<string, AttributeValue> item) =>
        string.Join(' ', item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Text(pair.Value)}"));

    private static string Text(AttributeValue value) =>
        value.S ?? value.N
        ?? (value.BOOL is { } flag ? (flag ? "true" : "false")
        : value.NULL == true ? "null"
        : value.B is { } bytes ? Convert.ToBase64String(bytes.ToArray())
        : value.IsLSet ? $"[{string.Join(',', value.L.Select(Text))}]"
        : value.IsMSet ? $"{{{Text(value.M)}}}"
        : value.SS is { Count: > 0 } strings ? $"<{string.Join(',', strings)}>"
        : $"<{string.Join(',', value.NS ?? [])}>");
}
