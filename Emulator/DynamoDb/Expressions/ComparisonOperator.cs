namespace Emulator.DynamoDb.Expressions;

/// <summary>The comparisons of the legacy parameters, and of key conditions.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Condition.html</remarks>
internal enum ComparisonOperator { EQ, NE, IN, LE, LT, GE, GT, BETWEEN, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS, BEGINS_WITH }
