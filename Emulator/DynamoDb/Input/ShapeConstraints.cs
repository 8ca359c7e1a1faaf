namespace Emulator.DynamoDb.Input;

/// <summary>The constraints of shapes that several operations share.</summary>
internal static class ShapeConstraints
{
    public static void AttributesToGet(this ref Constraints constraints, List<string?>? attributes, string path) =>
        constraints.Count(attributes?.Count, () => $"[{string.Join(", ", attributes!)}]", path, 1, int.MaxValue);

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
