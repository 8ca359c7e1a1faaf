using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
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

    public static IReadOnlyList<Permission> Get(string action, DynamoDbService service, Call call, GetItemInput input) =>
    [
        Of(action, call, input.TableName, () =>
        [
            .. ItemConditions.LeadingKeys(Find(service, call, input.TableName), [input.Key]),
            .. ItemConditions.Attributes(ItemConditions.NamesOf(input.Key), input.AttributesToGet, MentionedNames.Of(input.ProjectionExpression, input.ExpressionAttributeNames)),
            ItemConditions.Select(null, (input.ProjectionExpression ?? (object?)input.AttributesToGet) is not null),
            .. ItemConditions.Parameter("ReturnConsumedCapacity", input.ReturnConsumedCapacity),
        ]),
    ];

    public static IReadOnlyList<Permission> Put(string action, DynamoDbService service, Call call, PutItemInput input) =>
        OfWrite(action, service, call, input, input.Item, []);

    public static IReadOnlyList<Permission> Delete(string action, DynamoDbService service, Call call, DeleteItemInput input) =>
        OfWrite(action, service, call, input, input.Key, []);

    public static IReadOnlyList<Permission> Update(string action, DynamoDbService service, Call call, UpdateItemInput input) =>
        OfWrite(action, service, call, input, input.Key, [input.AttributeUpdates?.Keys, MentionedNames.Of(input.UpdateExpression, input.ExpressionAttributeNames)]);

    public static IReadOnlyList<Permission> BatchGet(string action, DynamoDbService service, Call call, BatchGetItemInput input) =>
    [
        .. (input.RequestItems ?? []).Select(table => Of(action, call, table.Key, () =>
        [
            .. ItemConditions.LeadingKeys(Find(service, call, table.Key), table.Value?.Keys ?? []),
            .. ItemConditions.Attributes([.. (table.Value?.Keys ?? []).Select(ItemConditions.NamesOf), table.Value?.AttributesToGet, MentionedNames.Of(table.Value?.ProjectionExpression, table.Value?.ExpressionAttributeNames)]),
            ItemConditions.Select(null, (table.Value?.ProjectionExpression ?? (object?)table.Value?.AttributesToGet) is not null),
            .. ItemConditions.Parameter("ReturnConsumedCapacity", input.ReturnConsumedCapacity),
        ])),
    ];

    public static IReadOnlyList<Permission> BatchWrite(string action, DynamoDbService service, Call call, BatchWriteItemInput input) =>
    [
        .. (input.RequestItems ?? []).Select(table => Of(action, call, table.Key, () =>
        {
            var items = (table.Value ?? []).Select(request => request?.Item ?? request?.Key).ToList();
            return
            [
                .. ItemConditions.LeadingKeys(Find(service, call, table.Key), items),
                .. ItemConditions.Attributes(items.Select(ItemConditions.NamesOf)),
                .. ItemConditions.Parameter("ReturnConsumedCapacity", input.ReturnConsumedCapacity),
            ];
        })),
    ];

    /// <summary>A transaction asks for what its reads would ask for by themselves.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html</remarks>
    public static IReadOnlyList<Permission> TransactGet(string enclosing, DynamoDbService service, Call call, TransactGetItemsInput input) =>
    [
        .. (input.TransactItems ?? []).Select(item => item?.Get).OfType<TransactGetAction>().Select(get => Of("dynamodb:GetItem", call, get.TableName, () =>
        [
            .. ItemConditions.LeadingKeys(Find(service, call, get.TableName), [get.Key]),
            .. ItemConditions.Attributes(ItemConditions.NamesOf(get.Key), MentionedNames.Of(get.ProjectionExpression, get.ExpressionAttributeNames)),
            ItemConditions.Select(null, get.ProjectionExpression is not null),
            .. ItemConditions.Parameter("ReturnConsumedCapacity", input.ReturnConsumedCapacity),
            ItemConditions.Enclosing("TransactGetItems"),
        ])),
    ];

    public static IReadOnlyList<Permission> TransactWrite(string enclosing, DynamoDbService service, Call call, TransactWriteItemsInput input) =>
    [
        .. (input.TransactItems ?? []).SelectMany(item => item?.Actions ?? []).Select(action => Of($"dynamodb:{action.Verb}Item", call, action.TableName, () =>
        [
            .. ItemConditions.LeadingKeys(Find(service, call, action.TableName), [action.Attributes]),
            .. ItemConditions.Attributes(ItemConditions.NamesOf(action.Attributes), MentionedNames.Of(action.UpdateExpression, action.ExpressionAttributeNames), ItemConditions.NamesOf(action)),
            .. ItemConditions.Parameter("ReturnConsumedCapacity", input.ReturnConsumedCapacity),
            ItemConditions.Enclosing("TransactWriteItems"),
        ])),
    ];

    public static IReadOnlyList<Permission> Query(string action, DynamoDbService service, Call call, QueryInput input) =>
    [
        new(action, OfRead(call, input))
        {
            Context = new ItemConditions(() =>
            [
                .. QueriedKeys(service, call, input).Where(value => value.IsScalar).Select(ItemConditions.LeadingKey),
                .. ContextOf(input, input.KeyConditionExpression, input.KeyConditions?.Keys, input.QueryFilter?.Keys),
            ]),
        },
    ];

    public static IReadOnlyList<Permission> Scan(string action, DynamoDbService service, Call call, ScanInput input) =>
        [new(action, OfRead(call, input)) { Context = new ItemConditions(() => ContextOf(input, null, input.ScanFilter?.Keys)) }];

    private static Permission Of(string action, Call call, string? table, Func<IEnumerable<KeyValuePair<string, string>>> conditions) =>
        new(action, Arns.Table(call, table)) { Context = new ItemConditions(conditions) };

    private static IReadOnlyList<Permission> OfWrite(string action, DynamoDbService service, Call call, ConditionalWriteInput input, AttributeInput? attributes, IEnumerable<string?>?[] updated) =>
    [
        Of(action, call, input.TableName, () =>
        [
            .. ItemConditions.LeadingKeys(Find(service, call, input.TableName), [attributes]),
            .. ItemConditions.Attributes([ItemConditions.NamesOf(attributes), .. updated, ItemConditions.NamesOf(input), input.Expected?.Keys]),
            .. ItemConditions.Parameter("ReturnValues", input.ReturnValues),
            .. ItemConditions.Parameter("ReturnConsumedCapacity", input.ReturnConsumedCapacity),
        ]),
    ];

    private static string OfRead(Call call, ReadInput input) =>
        Arns.Table(call, input.TableName) + (input.IndexName is null ? "" : $"/index/{input.IndexName}");

    /// <summary>The partition of the table or index that is queried.</summary>
    private static List<AttributeValue> QueriedKeys(DynamoDbService service, Call call, QueryInput input)
    {
        var table = Find(service, call, input.TableName);
        var key = (input.IndexName is { } index ? table?.FindIndex(index)?.Keys : table?.Keys)?.Partition.Name.Text;
        var partition = input.Plan.KeyConditions.Find(condition => condition.Attribute == key);
        return partition is { Operator: ComparisonOperator.EQ } ? partition.Values : [];
    }

    private static IEnumerable<KeyValuePair<string, string>> ContextOf(ReadInput input, string? keyCondition, params IEnumerable<string>?[] legacy) =>
    [
        .. ItemConditions.Attributes([
            MentionedNames.Of(keyCondition, input.ExpressionAttributeNames), MentionedNames.Of(input.FilterExpression, input.ExpressionAttributeNames),
            MentionedNames.Of(input.ProjectionExpression, input.ExpressionAttributeNames), input.AttributesToGet, .. legacy]),
        ItemConditions.Select(input.Select, (input.ProjectionExpression ?? (object?)input.AttributesToGet) is not null, input.IndexName is not null),
        .. ItemConditions.Parameter("ReturnConsumedCapacity", input.ReturnConsumedCapacity),
    ];

    /// <summary>The table of a request; null where there is none, or where the request names it by its ARN.</summary>
    public static Table? Find(DynamoDbService service, Call call, string? name) =>
        string.IsNullOrEmpty(name) || name.StartsWith("arn:", StringComparison.Ordinal) ? null : service.Tables.Find(TableName.Parse(call, name));
}
