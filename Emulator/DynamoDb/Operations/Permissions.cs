using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Transactions;
using Emulator.DynamoDb.Values;
using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>What an operation asks of IAM, given its action.</summary>
internal delegate IReadOnlyList<Permission> PermissionsOf<in TInput>(string action, DynamoDbService service, Call call, TInput input);

/// <summary>What each operation asks permission for.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html</remarks>
internal static class Permissions
{
    public static PermissionsOf<TInput> Table<TInput>(Func<TInput, string?> name) =>
        (action, _, call, input) => [new(action, Arns.Table(call, name(input)))];

    public static IReadOnlyList<Permission> AllTables<TInput>(string action, DynamoDbService service, Call call, TInput input) =>
        [new(action, Arns.Table(call, null))];

    /// <summary>What the request names by its ARN: a backup, an export, an import.</summary>
    public static PermissionsOf<TInput> Resource<TInput>(Func<TInput, string?> arn) =>
        (action, _, call, input) => [new(action, arn(input) ?? Arns.Table(call, null))];

    /// <summary>A table and the partition of the item.</summary>
    public static PermissionsOf<TInput> Key<TInput>(Func<TInput, string?> name, Func<TInput, AttributeInput?> key) =>
        (action, service, call, input) => [OfKeys(action, service, call, name(input), [key(input)])];

    public static IReadOnlyList<Permission> BatchGet(string action, DynamoDbService service, Call call, BatchGetItemInput input) =>
        [.. (input.RequestItems ?? []).Select(table => OfKeys(action, service, call, table.Key, table.Value?.Keys ?? []))];

    public static IReadOnlyList<Permission> BatchWrite(string action, DynamoDbService service, Call call, BatchWriteItemInput input) =>
        [.. (input.RequestItems ?? []).Select(table => OfKeys(action, service, call, table.Key, (table.Value ?? []).Select(request => request?.Item ?? request?.Key)))];

    /// <summary>A transaction asks for what its reads would ask for by themselves.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html</remarks>
    public static IReadOnlyList<Permission> TransactGet(string enclosing, DynamoDbService service, Call call, TransactGetItemsInput input) =>
        [.. (input.TransactItems ?? []).Select(item => item?.Get).OfType<TransactGetAction>().Select(get => Within(enclosing, OfKeys("dynamodb:GetItem", service, call, get.TableName, [get.Key])))];

    public static IReadOnlyList<Permission> TransactWrite(string enclosing, DynamoDbService service, Call call, TransactWriteItemsInput input) =>
        [.. (input.TransactItems ?? []).SelectMany(item => item?.Actions ?? []).Select(action => Within(enclosing, OfKeys($"dynamodb:{action.Verb}Item", service, call, action.TableName, [action.Attributes])))];

    public static IReadOnlyList<Permission> Query(string action, DynamoDbService service, Call call, QueryInput input)
    {
        var table = Find(service, call, input.TableName);
        var key = (input.IndexName is { } index ? table?.FindIndex(index)?.Keys : table?.Keys)?.Partition.Name.Text;
        var partition = input.Plan.KeyConditions.Find(condition => condition.Attribute == key);
        var keys = partition is { Operator: ComparisonOperator.EQ } ? partition.Values : [];
        return [new(action, OfRead(call, input)) { Context = [.. keys.Where(value => value.IsScalar).Select(LeadingKey), .. ContextOf(input)] }];
    }

    public static IReadOnlyList<Permission> Scan(string action, DynamoDbService service, Call call, ScanInput input) =>
        [new(action, OfRead(call, input)) { Context = [.. ContextOf(input)] }];

    private static string OfRead(Call call, ReadInput input) =>
        Arns.Table(call, input.TableName) + (input.IndexName is null ? "" : $"/index/{input.IndexName}");

    private static IEnumerable<KeyValuePair<string, string>> ContextOf(ReadInput input) =>
        input.Select is { } select ? [new("dynamodb:Select", select)] : [];

    private static Permission OfKeys(string action, DynamoDbService service, Call call, string? name, IEnumerable<AttributeInput?> keys)
    {
        var permission = new Permission(action, Arns.Table(call, name));
        if (Find(service, call, name) is not { } table) return permission;
        var partitions = keys.Select(key => key?.Map.Get(table.Keys.Partition.Name) ?? default).Where(value => !value.IsAbsent && value.IsScalar);
        return permission with { Context = [.. partitions.Select(LeadingKey)] };
    }

    private static Permission Within(string enclosing, Permission permission) =>
        permission with { Context = [.. permission.Context ?? [], new("dynamodb:EnclosingOperation", enclosing["dynamodb:".Length..])] };

    /// <summary>The table of a request; null where there is none, or where the request names it by its ARN.</summary>
    public static Table? Find(DynamoDbService service, Call call, string? name) =>
        string.IsNullOrEmpty(name) || name.StartsWith("arn:", StringComparison.Ordinal) ? null : service.Tables.Find(TableName.Parse(call, name));

    public static KeyValuePair<string, string> LeadingKey(AttributeValue value)
    {
        var content = value.Content.Span;
        return new("dynamodb:LeadingKeys", value.Type switch
        {
            AttributeType.S => System.Text.Encoding.UTF8.GetString(content),
            AttributeType.N => NumberEncoding.Format(content),
            _ => Convert.ToBase64String(content),
        });
    }
}
