using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Transactions;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>A statement of BatchExecuteStatement: what becomes of it, or what is wrong with it, which concerns no other.</summary>
/// <remarks>Observed: tests/tier2/partiql/batchExecuteStatement.test.ts of nubo-db/dynamodb-conformance, and tests/partiql.rs of nubo-db/dynoxide, captured from AWS.</remarks>
internal sealed class BatchedStatement
{
    private const string Operation = "BatchExecuteStatement";

    private readonly StatementInput _input;
    private AwsException? _error;
    private bool _namesTable;
    private ItemWrite? _write;
    private AttributeMap _returned;

    private BatchedStatement(StatementInput input) => _input = input;

    /// <summary>Null where it is none.</summary>
    public Statement? Statement { get; private set; }

    /// <summary>Null where it names none that there is.</summary>
    public Table? Table { get; private set; }

    /// <summary>The key of its item in the store; null where something is wrong with it.</summary>
    public byte[]? Key { get; private set; }

    public bool Failed => _error is not null;

    /// <summary>What it has cost, or would have: that of a write is told whether it fails or not.</summary>
    public ConsumedUnits Units { get; private set; }

    public static BatchedStatement Parse(StatementInput input)
    {
        var batched = new BatchedStatement(input);
        batched.Try(() =>
        {
            var statement = input.Parse();
            batched.Statement = statement is ExistsStatement ? throw PartiQlErrors.ExistsOnlyInTransaction() : statement;
        });
        return batched;
    }

    /// <summary>Finds the table and the item.</summary>
    public void Prepare(DynamoDbService service, Call call)
    {
        if (Statement is null) return;
        Try(() =>
        {
            _namesTable = true;
            Table = service.Tables.Require(TableName.Parse(call, Statement.TableName));
            _namesTable = false;
            Key = Statement is SelectStatement select ? SingleItem(select, Table) : (_write = StatementWrites.Of(Statement, Table)).KeyIn(Table);
            _namesTable = true;
        });
    }

    public void Read(DynamoDbService service, IReader reader)
    {
        if (Key is null || _write is not null) return;
        Try(() =>
        {
            service.Throughput.AdmitRead(Table!, null, Key);
            var item = TableItems.Get(reader, Key);
            Units = new(Capacity.Read(item.Size, _input.ConsistentRead == true));
            service.Throughput.SpendRead(Table!, Units, Key);
            if (!item.IsAbsent) _returned = item.Attributes;
        });
    }

    public async ValueTask WriteAsync(DynamoDbService service)
    {
        if (Key is null || _write is null) return;
        try
        {
            _returned = await service.ChangeAsync(Table!, Key, (present, before) =>
            {
                Units = new(Capacity.Write(before.Size, 0));
                var after = _write.Apply(present, before);
                Units = ConsumedUnits.OfWrite(present, before, after);
                return (after, StatementWrites.Returned(Statement!, _write, before, after));
            });
        }
        // What refuses the single statement is told beside the answers of the others.
        catch (AwsException error) when (CodeOf(error) is not null)
        {
            _error = error;
        }
    }

    public void WriteResponse(JsonOutput json)
    {
        json.BeginObject();
        if (_error is not null)
        {
            json.Member("Error"u8);
            json.BeginObject();
            json.Member("Code"u8);
            json.Text(CodeOf(_error)!);
            json.Member("Message"u8);
            json.Text(_error.Message);
            json.EndObject();
        }
        if (_namesTable)
        {
            json.Member("TableName"u8);
            json.Text(Statement!.TableName);
        }
        if (_error is null && !_returned.IsEmpty)
        {
            json.Member("Item"u8);
            if (Statement is SelectStatement select) select.Write(json, _returned);
            else json.Map(_returned);
        }
        json.EndObject();
    }

    private static byte[] SingleItem(SelectStatement select, Table table)
    {
        if (select.IndexName is not null) throw PartiQlErrors.SingleReadRequired(Operation);
        var plan = SelectPlan.Of(table, select);
        return plan.MistypedKey is not null ? throw DynamoDbErrors.KeyDoesNotMatchSchema() : plan.SingleItem() ?? throw PartiQlErrors.SingleReadRequired(Operation);
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        // What refuses the single statement is told beside the answers of the others.
        catch (AwsException error) when (CodeOf(error) is not null)
        {
            _error = error;
        }
    }

    /// <summary>The code of an error as batches tell it; null where it fails the whole request.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchStatementError.html</remarks>
    private static string? CodeOf(AwsException error) => error.Code == "ResourceNotFoundException" ? "ResourceNotFound" : CancellationReason.Of(error)?.Code;
}
