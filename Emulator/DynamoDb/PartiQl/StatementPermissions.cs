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
    public static Permission Of(DynamoDbService service, Call call, Statement statement)
    {
        var arn = Arns.Table(call, statement.TableName);
        var table = Permissions.Find(service, call, statement.TableName);
        return statement switch
        {
            InsertStatement insert => new("dynamodb:PartiQLInsert", arn) { Context = LeadingKeys(table, insert.Item) },
            ModifyStatement modify => new(modify.Update is null ? "dynamodb:PartiQLDelete" : "dynamodb:PartiQLUpdate", arn) { Context = table is null ? null : LeadingKeys(table, KeyEqualities.Of(table.Keys, modify.Where).Key()) },
            ExistsStatement exists => OfSelect(exists.Select, arn, table),
            _ => OfSelect((SelectStatement)statement, arn, table),
        };
    }

    private static Permission OfSelect(SelectStatement select, string arn, Table? table)
    {
        var keys = table is null ? null : select.IndexName is null ? table.Keys : table.FindIndex(select.IndexName)?.Keys;
        var partitions = keys is null ? null : SelectPlanner.PartitionsOf(keys, select.Where);
        var context = new List<KeyValuePair<string, string>> { new("dynamodb:FullTableScan", partitions is null ? "true" : "false") };
        context.AddRange((partitions ?? []).Where(value => value.IsScalar).Select(ItemConditions.LeadingKey));
        return new("dynamodb:PartiQLSelect", select.IndexName is null ? arn : $"{arn}/index/{select.IndexName}") { Context = context };
    }

    private static IReadOnlyList<KeyValuePair<string, string>>? LeadingKeys(Table? table, AttributeMap item)
    {
        if (table is null) return null;
        var key = item.Get(table.Keys.Partition.Name);
        return key.IsAbsent || !key.IsScalar ? null : [ItemConditions.LeadingKey(key)];
    }
}
