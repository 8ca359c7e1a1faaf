using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Input;

/// <summary>The parameters of a statement of PartiQL.</summary>
internal static class StatementParameters
{
    /// <summary>The constraints of a statement and its parameters.</summary>
    public static void Statement(this ref Constraints constraints, string? statement, List<ValueInput>? parameters, string statementPath, string parametersPath)
    {
        constraints.NotNull(statement, statementPath);
        constraints.Length(statement, statementPath, 1, DynamoDbLimits.StatementLength);
        constraints.Count(parameters?.Count, () => "[]", parametersPath, 1, int.MaxValue);
    }

    /// <summary>Refuses the first value that is wrong: before anyone looks at the statement.</summary>
    /// <remarks>Observed: DynamoDbPartiQLEdgeCaseIntegrationTest of floci-io/floci, recorded on AWS.</remarks>
    public static IReadOnlyList<AttributeValue> Require(List<ValueInput>? parameters)
    {
        foreach (var parameter in parameters ?? [])
        {
            if (parameter.Problem is { } problem) throw DynamoDbErrors.Validation(problem);
        }
        return parameters?.ConvertAll(parameter => parameter.Value) ?? [];
    }
}
