using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.PartiQl;
using Emulator.DynamoDb.Transactions;
using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Runs up to 100 statements of PartiQL of one item each: all of them, or none.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html</remarks>
internal static class ExecuteTransaction
{
    public static IReadOnlyList<Permission> Permissions(string action, DynamoDbService service, Call call, ExecuteTransactionInput input) =>
        [.. input.Parsed.Select(statement => StatementPermissions.Of(service, call, statement, enclosing: "ExecuteTransaction"))];

    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ExecuteTransactionInput input)
    {
        var statements = TransactedStatement.Prepare(service, call, input.Parsed);
        return input.IsRead ? Read(service, input, statements) : Written(input, await Transaction.WriteAsync(service, call, Actions(input, statements), Token(call, input)), statements.Count);
    }

    private static byte[] Read(DynamoDbService service, ExecuteTransactionInput input, List<TransactedStatement> statements)
    {
        var held = statements.ConvertAll(statement => service.Transactions.Holds(statement.Key));
        if (held.Contains(true)) throw CancellationReason.Cancelled(held.ConvertAll(isHeld => isHeld ? CancellationReason.Conflict : CancellationReason.None));
        using var snapshot = service.Store.Snapshot();
        var items = Transaction.Read(service, snapshot, statements.ConvertAll(statement => (statement.Table, statement.Key)));
        var bytes = items.Sum(item => (long)item.Size);
        if (bytes > DynamoDbLimits.TransactionBytes) throw DynamoDbErrors.TransactionTooLarge(bytes);

        using var json = new JsonOutput(256 + (2 * items.Sum(item => item.Record.Length)));
        json.BeginObject();
        json.Member("Responses"u8);
        json.BeginArray();
        for (var i = 0; i < items.Count; i++)
        {
            json.BeginObject();
            if (!items[i].IsAbsent)
            {
                json.Member("Item"u8);
                ((SelectStatement)statements[i].Statement).Write(json, items[i].Attributes);
            }
            json.EndObject();
        }
        json.EndArray();
        TransactionCapacity.WriteMember(json, input.ReturnConsumedCapacity, TransactionCapacity.Sum(statements.Zip(items, (statement, item) => new TransactionCapacity(statement.Statement.TableName, TransactionCapacity.Read(item.Size), IsWrite: false))));
        json.EndObject();
        return json.ToArray();
    }

    private static List<TransactionAction> Actions(ExecuteTransactionInput input, List<TransactedStatement> statements)
    {
        var bytes = input.TransactStatements!.Sum(statement => statement!.Statement!.Length + statement.Values.Sum(value => (long)value.Size));
        if (bytes > DynamoDbLimits.TransactionBytes) throw DynamoDbErrors.TransactionTooLarge(bytes);
        return statements.ConvertAll(statement => new TransactionAction(statement.Statement.TableName, statement.Write!));
    }

    private static RequestToken? Token(Call call, ExecuteTransactionInput input)
    {
        using var fingerprint = new Fingerprint();
        foreach (var statement in input.TransactStatements!) statement!.AddTo(fingerprint);
        return RequestToken.Of(call, "ExecuteTransaction", input.ClientRequestToken, fingerprint);
    }

    private static byte[] Written(ExecuteTransactionInput input, IReadOnlyList<TransactionCapacity> capacity, int statements)
    {
        using var json = new JsonOutput();
        json.BeginObject();
        json.Member("Responses"u8);
        json.BeginArray();
        for (var i = 0; i < statements; i++)
        {
            json.BeginObject();
            json.EndObject();
        }
        json.EndArray();
        TransactionCapacity.WriteMember(json, input.ReturnConsumedCapacity, capacity);
        json.EndObject();
        return json.ToArray();
    }
}

internal sealed class ExecuteTransactionInput
{
    private List<Statement>? _parsed;

    public List<StatementInput?>? TransactStatements { get; private set; }
    public string? ClientRequestToken { get; private set; }
    public string? ReturnConsumedCapacity { get; private set; }

    /// <summary>Made once: the authorizer asks for the tables before the statements run.</summary>
    public List<Statement> Parsed => _parsed ??= CheckAndParse();

    public bool IsRead => Parsed[0].IsRead;

    public static ExecuteTransactionInput Decode(ref InputReader json)
    {
        var input = new ExecuteTransactionInput();
        while (json.NextMember())
        {
            if (json.Is("TransactStatements"u8)) input.TransactStatements = json.Structs("ParameterizedStatement", StatementInput.Decode);
            else if (json.Is("ClientRequestToken"u8)) input.ClientRequestToken = json.String();
            else if (json.Is("ReturnConsumedCapacity"u8)) input.ReturnConsumedCapacity = json.String();
            else json.Skip();
        }
        return input;
    }

    private List<Statement> CheckAndParse()
    {
        var constraints = new Constraints();
        constraints.NotNull(TransactStatements, "transactStatements");
        constraints.Count(TransactStatements?.Count, () => $"[{string.Join(", ", TransactStatements!.Select(statement => $"ParameterizedStatement(statement={statement?.Statement})"))}]", "transactStatements", 1, DynamoDbLimits.TransactionItems);
        for (var i = 0; i < TransactStatements?.Count; i++) (TransactStatements[i] ?? new()).AddTo(ref constraints, $"transactStatements.{i + 1}.member.");
        constraints.Length(ClientRequestToken, "clientRequestToken", 1, DynamoDbLimits.RequestTokenLength);
        constraints.OneOf(ReturnConsumedCapacity, "returnConsumedCapacity", Enums.ReturnConsumedCapacity);
        constraints.Require();
        foreach (var statement in TransactStatements!)
        {
            if (statement!.Problem is { } problem) throw DynamoDbErrors.Validation(problem);
        }
        var parsed = TransactStatements.Select((input, index) => TransactedStatement.Parse(input!, index)).ToList();
        return parsed.Exists(statement => statement.IsRead != parsed[0].IsRead)
            ? throw DynamoDbErrors.Validation("ExecuteTransaction API does not support both read and write operations in the same request.") : parsed;
    }
}
