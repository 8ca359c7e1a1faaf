using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>What statements ask of IAM: each its own action on its table or index.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html</remarks>
internal static class StatementPermissions
{
    /// <param name="enclosing">The operation around the statement, where policies are told of it.</param>
    public static Permission Of(DynamoDbService service, Call call, Statement statement, string? enclosing = null)
    {
        var arn = Arns.Table(call, statement.TableName);
        var select = statement as SelectStatement ?? (statement as ExistsStatement)?.Select;
        return new(ActionOf(statement), select?.IndexName is { } index ? $"{arn}/index/{index}" : arn)
        {
            Context = new ItemConditions(() =>
            [
                .. select is null ? OfWrite(statement, Permissions.Find(service, call, statement.TableName)) : OfSelect(select, Permissions.Find(service, call, statement.TableName)),
                .. ItemConditions.Parameter("EnclosingOperation", enclosing),
            ]),
        };
    }

    private static string ActionOf(Statement statement) => statement switch
    {
        InsertStatement => "dynamodb:PartiQLInsert",
        ModifyStatement { Update: null } => "dynamodb:PartiQLDelete",
        ModifyStatement => "dynamodb:PartiQLUpdate",
        _ => "dynamodb:PartiQLSelect",
    };

    private static IEnumerable<KeyValuePair<string, string>> OfSelect(SelectStatement select, Table? table)
    {
        var keys = select.IndexName is null ? table?.Keys : table?.FindIndex(select.IndexName)?.Keys;
        var partitions = keys is null ? null : SelectPlanner.PartitionsOf(keys, select.Where);
        return
        [
            new("dynamodb:FullTableScan", partitions is null ? "true" : "false"),
            .. (partitions ?? []).Where(value => value.IsScalar).Select(ItemConditions.LeadingKey),
            .. ItemConditions.Attributes(NamesOf(select.Columns?.Paths), NamesOf(select.Where)),
            ItemConditions.Select(null, select.Columns is not null, select.IndexName is not null),
        ];
    }

    private static IEnumerable<KeyValuePair<string, string>> OfWrite(Statement statement, Table? table)
    {
        if (statement is InsertStatement insert) return [.. LeadingKeys(table, insert.Item), .. ItemConditions.Attributes(NamesOf(insert.Item))];
        var modify = (ModifyStatement)statement;
        var clauses = modify.Update?.Clauses ?? [];
        return
        [
            .. table is null ? [] : LeadingKeys(table, KeyEqualities.Of(table.Keys, modify.Where).Key()),
            .. ItemConditions.Attributes(NamesOf(clauses.Select(clause => clause.Path)), NamesOf(clauses.SelectMany(clause => clause.Value is null ? [] : Operand.PathsOf(clause.Value))), NamesOf(modify.Where)),
            .. ItemConditions.Parameter("ReturnValues", modify.Returning?.ToUpperInvariant().Replace("MODIFIED", "UPDATED", StringComparison.Ordinal)),
        ];
    }

    private static IEnumerable<KeyValuePair<string, string>> LeadingKeys(Table? table, AttributeMap item)
    {
        var key = table is null ? default : item.Get(table.Keys.Partition.Name);
        return key.IsAbsent || !key.IsScalar ? [] : [ItemConditions.LeadingKey(key)];
    }

    private static IEnumerable<string> NamesOf(AttributeMap item)
    {
        foreach (var entry in item) yield return entry.NameText;
    }

    private static IEnumerable<string> NamesOf(Condition? condition) => condition is null ? [] : NamesOf(Condition.PathsOf(condition));

    private static IEnumerable<string> NamesOf(IEnumerable<DocumentPath>? paths) => (paths ?? []).Select(path => path.Root.Text);
}
