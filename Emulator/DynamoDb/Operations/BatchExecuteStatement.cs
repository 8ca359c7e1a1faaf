using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.PartiQl;
using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Runs up to 25 statements of PartiQL of one item each; one that fails leaves the others alone.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html</remarks>
internal static class BatchExecuteStatement
{
    public static IReadOnlyList<Permission> Permissions(string action, DynamoDbService service, Call call, BatchExecuteStatementInput input) =>
        [.. input.Parsed.Select(statement => statement.Statement).OfType<Statement>().Select(statement => StatementPermissions.Of(service, call, statement))];

    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, BatchExecuteStatementInput input)
    {
        var statements = input.Parsed;
        foreach (var statement in statements) statement.Prepare(service, call);
        var keys = statements.Select(statement => statement.Key).OfType<byte[]>().ToList();
        if (keys.Distinct(BytesComparer.Instance).Count() < keys.Count) throw DynamoDbErrors.DuplicateKeys();
        await RunAsync(service, statements);
        return Answer(input, statements);
    }

    private static async ValueTask RunAsync(DynamoDbService service, List<BatchedStatement> statements)
    {
        using (var snapshot = service.Store.Snapshot())
        {
            foreach (var statement in statements) statement.Read(service, snapshot);
        }
        // Together, so that the store can commit them in one group.
        await Task.WhenAll(statements.Select(statement => statement.WriteAsync(service).AsTask()));
    }

    private static byte[] Answer(BatchExecuteStatementInput input, List<BatchedStatement> statements)
    {
        using var json = new JsonOutput(1024);
        json.BeginObject();
        json.Member("Responses"u8);
        json.BeginArray();
        foreach (var statement in statements) statement.WriteResponse(json);
        json.EndArray();
        BatchCapacity.WriteMember(json, input.ReturnConsumedCapacity, statements);
        json.EndObject();
        return json.ToArray();
    }
}

internal sealed class BatchExecuteStatementInput
{
    private List<BatchedStatement>? _parsed;

    public List<StatementInput?>? Statements { get; private set; }
    public string? ReturnConsumedCapacity { get; private set; }

    /// <summary>Made once: the authorizer asks for the tables before the statements run.</summary>
    public List<BatchedStatement> Parsed => _parsed ??= CheckAndParse();

    public static BatchExecuteStatementInput Decode(ref InputReader json)
    {
        var input = new BatchExecuteStatementInput();
        while (json.NextMember())
        {
            if (json.Is("Statements"u8)) input.Statements = json.Structs("BatchStatementRequest", StatementInput.Decode);
            else if (json.Is("ReturnConsumedCapacity"u8)) input.ReturnConsumedCapacity = json.String();
            else json.Skip();
        }
        return input;
    }

    private List<BatchedStatement> CheckAndParse()
    {
        var constraints = new Constraints();
        constraints.NotNull(Statements, "statements");
        constraints.Count(Statements?.Count, () => $"[{string.Join(", ", Statements!.Select(statement => $"BatchStatementRequest(statement={statement?.Statement})"))}]", "statements", 1, DynamoDbLimits.BatchStatements);
        for (var i = 0; i < Statements?.Count; i++) (Statements[i] ?? new()).AddTo(ref constraints, $"statements.{i + 1}.member.");
        constraints.OneOf(ReturnConsumedCapacity, "returnConsumedCapacity", Enums.ReturnConsumedCapacity);
        constraints.Require();
        var parsed = Statements!.ConvertAll(input => BatchedStatement.Parse(input!));
        var reads = parsed.Count(statement => statement.Statement is { IsRead: true });
        var writes = parsed.Count(statement => statement.Statement is { IsRead: false });
        // Observed: src/actions/batch_execute_statement.rs of nubo-db/dynoxide, captured from AWS.
        return reads > 0 && writes > 0 ? throw DynamoDbErrors.Validation("Read and write requests together in the same batch is not supported.") : parsed;
    }
}
