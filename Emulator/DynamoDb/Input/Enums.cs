namespace Emulator.DynamoDb.Input;

/// <summary>The values of the enumerations, in the order in which AWS lists them in its errors.</summary>
internal static class Enums
{
    public const string ReturnConsumedCapacity = "INDEXES, TOTAL, NONE";
    public const string ReturnItemCollectionMetrics = "SIZE, NONE";
    public const string ReturnValues = "ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW";
    public const string ReturnValuesOnConditionCheckFailure = "ALL_OLD, NONE";
    public const string ConditionalOperator = "OR, AND";
    public const string ComparisonOperator = "IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS";
    public const string AttributeAction = "ADD, PUT, DELETE";
    public const string Select = "SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES";
    public const string ScalarType = "B, N, S";
    public const string KeyType = "HASH, RANGE";
    public const string ProjectionType = "ALL, INCLUDE, KEYS_ONLY";
    public const string BillingMode = "PROVISIONED, PAY_PER_REQUEST";
    // Observed: DDB-TABLE-035 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.
    public const string StreamViewType = "OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES, NEW_IMAGE";
    public const string ShardIteratorType = "AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, TRIM_HORIZON, LATEST";
    public const string SseType = "AES256, KMS";
}
