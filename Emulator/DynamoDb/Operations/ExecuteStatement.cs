using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.PartiQl;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Runs one statement of PartiQL.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html</remarks>
internal static class ExecuteStatement
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ExecuteStatementInput input)
    {
        var statement = input.Parsed;
        var table = service.Tables.Require(TableName.Parse(call, statement.TableName));
        return statement is SelectStatement select ? Select(service, input, table, select) : await WriteAsync(service, input, table, statement);
    }

    private static byte[] Select(DynamoDbService service, ExecuteStatementInput input, Table table, SelectStatement select)
    {
        var plan = SelectPlan.Of(table, select, input.ConsistentRead == true);
        if (plan.Source.Index is { } index) IndexReadRules.RequireReady(index, service.Clock.GetUtcNow());
        if (plan.MistypedKey is { } key) throw PartiQlErrors.KeyType(key);
        var after = input.NextToken is null ? null : NextToken.Read(input.NextToken, input.Statement!, input.Values);
        var page = new SelectPage(service.Throughput, plan, select, input.Limit, input.ConsistentRead == true);
        using var snapshot = service.Store.Snapshot();
        using var json = new JsonOutput(16 * 1024);
        json.BeginObject();
        json.Member("Items"u8);
        page.WriteItems(json, snapshot, after);
        if (page.LastKey is { } last)
        {
            json.Member("NextToken"u8);
            json.Text(NextToken.Of(last, input.Statement!, input.Values));
            json.Member("LastEvaluatedKey"u8);
            json.Map(page.LastEvaluatedKey);
        }
        Capacity.WriteMember(json, input.ReturnConsumedCapacity, select.TableName, table, page.Units);
        json.EndObject();
        return json.ToArray();
    }

    private static ValueTask<byte[]> WriteAsync(DynamoDbService service, ExecuteStatementInput input, Table table, Statement statement)
    {
        if (input.NextToken is not null) throw PartiQlErrors.InvalidNextToken();
        var write = StatementWrites.Of(statement, table, input.ReturnValuesOnConditionCheckFailure);
        return service.ChangeAsync(table, write.KeyIn(table), (present, before) =>
        {
            var after = write.Apply(present, before);
            return (after, Answer(input, statement, StatementWrites.Returned(statement, write, before, after), present, ConsumedUnits.OfWrite(present, before, after)));
        });
    }

    private static byte[] Answer(ExecuteStatementInput input, Statement statement, AttributeMap returned, Table table, ConsumedUnits units)
    {
        using var json = new JsonOutput();
        json.BeginObject();
        json.Member("Items"u8);
        json.BeginArray();
        if (!returned.IsEmpty) json.Map(returned);
        json.EndArray();
        Capacity.WriteMember(json, input.ReturnConsumedCapacity, statement.TableName, table, units);
        json.EndObject();
        return json.ToArray();
    }
}

internal sealed class ExecuteStatementInput : StatementInput
{
    private Statement? _parsed;

    public string? NextToken { get; private set; }
    public string? ReturnConsumedCapacity { get; private set; }
    public int? Limit { get; private set; }

    /// <summary>Made once: the authorizer asks for the table before the statement runs.</summary>
    public Statement Parsed => _parsed ??= CheckAndParse();

    public static new ExecuteStatementInput Decode(ref InputReader json)
    {
        var input = new ExecuteStatementInput();
        while (json.NextMember())
        {
            if (json.Is("NextToken"u8)) input.NextToken = json.String();
            else if (json.Is("ReturnConsumedCapacity"u8)) input.ReturnConsumedCapacity = json.String();
            else if (json.Is("Limit"u8)) input.Limit = json.Integer();
            else if (!input.TryDecode(ref json)) json.Skip();
        }
        return input;
    }

    private Statement CheckAndParse()
    {
        var constraints = new Constraints();
        AddTo(ref constraints);
        constraints.Length(NextToken, "nextToken", 1, DynamoDbLimits.NextTokenLength);
        constraints.OneOf(ReturnConsumedCapacity, "returnConsumedCapacity", Enums.ReturnConsumedCapacity);
        constraints.Least(Limit, "limit", 1);
        constraints.Require();
        var statement = Parse();
        return statement is ExistsStatement ? throw PartiQlErrors.ExistsOnlyInTransaction() : statement;
    }
}
