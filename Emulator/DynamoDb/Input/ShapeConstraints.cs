namespace Emulator.DynamoDb.Input;

/// <summary>The constraints of shapes that several operations share.</summary>
internal static class ShapeConstraints
{
    public static void AttributesToGet(this ref Constraints constraints, List<string?>? attributes, string path) =>
        constraints.Count(attributes?.Count, () => $"[{string.Join(", ", attributes!)}]", path, 1, int.MaxValue);

    /// <summary>The ARN of a backup, an export, an import.</summary>
    public static void PartArn(this ref Constraints constraints, string? arn, string path)
    {
        constraints.NotNull(arn, path);
        constraints.Length(arn, path, 37, 1024);
    }

    /// <summary>The names of tables that are the keys of RequestItems.</summary>
    public static void TableKeys(this ref Constraints constraints, IReadOnlyCollection<string>? names, string valueType)
    {
        if (names is null || names.All(Constraints.IsTable)) return;
        constraints.Violated($"'{{{string.Join(", ", names.Select(name => $"{name}=com.amazonaws.dynamodb.v20120810.{valueType}"))}}}'", "requestItems",
            "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]");
    }

    public static void Expected(this ref Constraints constraints, Dictionary<string, ExpectedInput>? expected)
    {
        foreach (var (attribute, condition) in expected ?? [])
        {
            constraints.OneOf(condition.ComparisonOperator, $"expected.{attribute}.member.comparisonOperator", Enums.ComparisonOperator);
        }
    }

    public static void Conditions(this ref Constraints constraints, Dictionary<string, ConditionInput>? conditions, string parameter)
    {
        foreach (var (attribute, condition) in conditions ?? [])
        {
            var path = $"{parameter}.{attribute}.member.comparisonOperator";
            constraints.NotNull(condition.ComparisonOperator, path);
            constraints.OneOf(condition.ComparisonOperator, path, Enums.ComparisonOperator);
        }
    }
}
