using System.Text.Json.Nodes;
using Emulator.Iam;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html")]
[Source("https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html")]
internal sealed class StatementPermissionsTests
{
    private const string Table = "arn:aws:dynamodb:us-east-1:000000000000:table/Notes";

    [TestCase("SELECT * FROM \"Notes\" WHERE p = 'me'", "PartiQLSelect", "FullTableScan=false LeadingKeys=me Attributes=p Select=ALL_ATTRIBUTES")]
    [TestCase("SELECT * FROM \"Notes\" WHERE p IN ['me', 'you'] AND c = '1'", "PartiQLSelect", "FullTableScan=false LeadingKeys=me LeadingKeys=you Attributes=p Attributes=c Select=ALL_ATTRIBUTES")]
    [TestCase("SELECT * FROM \"Notes\" WHERE c = '1'", "PartiQLSelect", "FullTableScan=true Attributes=c Select=ALL_ATTRIBUTES")]
    [TestCase("SELECT d.e FROM \"Notes\" WHERE p = 'me' OR c = '1'", "PartiQLSelect", "FullTableScan=true Attributes=d Attributes=p Attributes=c Select=SPECIFIC_ATTRIBUTES")]
    [TestCase("INSERT INTO \"Notes\" VALUE {'p': 'me', 'c': '1'}", "PartiQLInsert", "LeadingKeys=me Attributes=c Attributes=p")]
    [TestCase("UPDATE \"Notes\" SET a = b WHERE p = 'me' AND c = '1' RETURNING MODIFIED NEW *", "PartiQLUpdate", "LeadingKeys=me Attributes=a Attributes=b Attributes=p Attributes=c ReturnValues=UPDATED_NEW")]
    [TestCase("DELETE FROM \"Notes\" WHERE p = 'me' AND c = '1'", "PartiQLDelete", "LeadingKeys=me Attributes=p Attributes=c")]
    public async Task A_statement_asks_for_its_table_and_partitions(string statement, string action, string context)
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Notes", "p", "c");
        var permission = service.Prepare("ExecuteStatement", Json(new JsonObject { ["Statement"] = statement })).Permissions.Single();
        Assert.That((permission.Action, permission.Resource, ContextOf(permission)), Is.EqualTo(($"dynamodb:{action}", Table, context)));
    }

    [Test]
    public async Task A_select_from_an_index_asks_for_the_index()
    {
        await using var service = new DirectService();
        var permission = service.Prepare("ExecuteStatement", Json(new JsonObject { ["Statement"] = "SELECT * FROM \"Notes\".\"byDate\"" })).Permissions.Single();
        Assert.That((permission.Action, permission.Resource), Is.EqualTo(("dynamodb:PartiQLSelect", $"{Table}/index/byDate")));
    }

    [TestCase("BatchExecuteStatement", "Statements")]
    [TestCase("ExecuteTransaction", "TransactStatements")]
    public async Task Several_statements_ask_each_for_itself(string operation, string member)
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Notes", "p", "c");
        var statements = new[] { "DELETE FROM \"Notes\" WHERE p = 'me' AND c = '1'", "INSERT INTO \"Other\" VALUE {'p': 'me'}" };
        var request = new JsonObject { [member] = new JsonArray([.. statements.Select(statement => new JsonObject { ["Statement"] = statement })]) };
        Assert.That(service.Prepare(operation, Json(request)).Permissions.Select(permission => $"{permission.Action} {permission.Resource}"),
            Is.EqualTo(new[] { $"dynamodb:PartiQLDelete {Table}", $"dynamodb:PartiQLInsert {Table.Replace("Notes", "Other", StringComparison.Ordinal)}" }));
    }

    private static byte[] Json(JsonObject request) => System.Text.Encoding.UTF8.GetBytes(request.ToJsonString());

    private static string ContextOf(Permission permission) => string.Join(' ', (permission.Context ?? []).Select(pair => $"{pair.Key["dynamodb:".Length..]}={pair.Value}"));
}
