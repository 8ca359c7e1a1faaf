using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Transactions;
using Emulator.Protocols;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>A statement of ExecuteTransaction whose item is known.</summary>
/// <param name="Write">Null for a SELECT.</param>
/// <remarks>Observed: DynamoDbPartiQLEdgeCaseIntegrationTest of floci-io/floci, recorded on AWS, which shows what refuses the request and what cancels the transaction.</remarks>
internal sealed record TransactedStatement(Statement Statement, Table Table, ItemWrite? Write, byte[] Key)
{
    public static Statement Parse(StatementInput input, int index) => Located(index, input.Parse);

    /// <summary>Finds the tables and the items. What does not fit a table's key cancels the transaction, with a reason for each such statement; what no transaction can do refuses the request.</summary>
    public static List<TransactedStatement> Prepare(DynamoDbService service, Call call, List<Statement> statements)
    {
        var prepared = new List<TransactedStatement>();
        var reasons = Enumerable.Repeat(CancellationReason.None, statements.Count).ToArray();
        for (var i = 0; i < statements.Count; i++)
        {
            if (service.Tables.Find(TableName.Parse(call, statements[i].TableName)) is not { } table) reasons[i] = new("ResourceNotFound", DynamoDbErrors.ResourceNotFound().Message);
            else if (Prepare(call, statements[i], table, i) is var (statement, fault) && fault is not null) reasons[i] = fault;
            else prepared.Add(statement!);
        }
        if (prepared.Count < statements.Count) throw CancellationReason.Cancelled(reasons);
        if (prepared.Select(statement => statement.Key).Distinct(BytesComparer.Instance).Count() < prepared.Count) throw DynamoDbErrors.MultipleOperationsOnOneItem();
        return prepared;
    }

    private static (TransactedStatement? Statement, CancellationReason? Fault) Prepare(Call call, Statement statement, Table table, int index)
    {
        if (Transaction.FaultOf(call, table) is { } fault) return (null, fault);
        switch (statement)
        {
            case SelectStatement { IndexName: not null } or ExistsStatement { Select.IndexName: not null }:
                throw PartiQlErrors.InTransaction(index, DynamoDbErrors.Validation("Reads on indices are not supported within transactions."));
            case SelectStatement select:
                return PrepareRead(select, table, index);
            case ExistsStatement exists:
                var check = Located(index, () => StatementWrites.Of(exists, table));
                return PrepareWrite(statement, table, () => check);
            case ModifyStatement { Returning: not null }:
                throw PartiQlErrors.InTransaction(index, DynamoDbErrors.Validation("RETURNING clause is not supported in ExecuteTransaction."));
            case ModifyStatement modify when !KeyEqualities.Of(table.Keys, modify.Where).IsWholeKey:
                return (null, CancellationReason.Of(DynamoDbErrors.KeyDoesNotMatchSchema()));
            default:
                return PrepareWrite(statement, table, () => StatementWrites.Of(statement, table));
        }
    }

    private static (TransactedStatement? Statement, CancellationReason? Fault) PrepareRead(SelectStatement select, Table table, int index)
    {
        var plan = Located(index, () => SelectPlan.Of(table, select));
        if (plan.MistypedKey is not null) return (null, CancellationReason.Of(DynamoDbErrors.KeyDoesNotMatchSchema()));
        return (new(select, table, null, plan.SingleItem() ?? throw PartiQlErrors.InTransaction(index, PartiQlErrors.SingleReadRequired("ExecuteTransaction"))), null);
    }

    private static (TransactedStatement? Statement, CancellationReason? Fault) PrepareWrite(Statement statement, Table table, Func<ItemWrite> of)
    {
        try
        {
            var write = of();
            return (new(statement, table, write, write.KeyIn(table)), null);
        }
        // What refuses the single statement is here a reason beside others.
        catch (AwsException error) when (CancellationReason.Of(error) is not null)
        {
            return (null, CancellationReason.Of(error));
        }
    }

    /// <summary>Says of an error which statement it is about.</summary>
    private static T Located<T>(int index, Func<T> function)
    {
        try
        {
            return function();
        }
        catch (AwsException error) when (error.Code == "ValidationException")
        {
            throw PartiQlErrors.InTransaction(index, error);
        }
    }
}
