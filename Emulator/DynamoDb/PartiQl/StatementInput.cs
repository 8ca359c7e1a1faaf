using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Transactions;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>A statement with its parameters, as each of the three operations takes it.</summary>
internal class StatementInput
{
    public string? Statement { get; private set; }
    public List<ValueInput>? Parameters { get; private set; }
    public bool? ConsistentRead { get; private set; }
    public string? ReturnValuesOnConditionCheckFailure { get; private set; }

    /// <summary>The parameters; read only where none of them is wrong.</summary>
    public List<AttributeValue> Values => field ??= Parameters?.ConvertAll(parameter => parameter.Value) ?? [];

    /// <summary>What is wrong with the first parameter that is wrong; null where none is. AWS tells it before it looks at any statement.</summary>
    /// <remarks>Observed: DynamoDbPartiQLEdgeCaseIntegrationTest of floci-io/floci, recorded on AWS.</remarks>
    public string? Problem => Parameters?.Find(parameter => parameter.Problem is not null)?.Problem;

    public static StatementInput Decode(ref InputReader json)
    {
        var input = new StatementInput();
        while (json.NextMember())
        {
            if (!input.TryDecode(ref json)) json.Skip();
        }
        return input;
    }

    /// <summary>The constraints of the shape.</summary>
    /// <param name="path">What stands before the names of the members.</param>
    public void AddTo(ref Constraints constraints, string path = "")
    {
        constraints.NotNull(Statement, $"{path}statement");
        constraints.Length(Statement, $"{path}statement", 1, DynamoDbLimits.StatementLength);
        constraints.Count(Parameters?.Count, () => "[]", $"{path}parameters", 1, int.MaxValue);
        constraints.OneOf(ReturnValuesOnConditionCheckFailure, $"{path}returnValuesOnConditionCheckFailure", Enums.ReturnValuesOnConditionCheckFailure);
    }

    public Statement Parse() => Problem is { } problem ? throw DynamoDbErrors.Validation(problem) : StatementReader.Read(Statement!, Values);

    public void AddTo(Fingerprint fingerprint)
    {
        fingerprint.Add(Statement);
        foreach (var value in Values) fingerprint.Add(value.Encoded.Span);
        fingerprint.Add((string?)null);
    }

    /// <summary>Decodes the present member; false where it is none of these.</summary>
    protected bool TryDecode(ref InputReader json)
    {
        if (json.Is("Statement"u8)) Statement = json.String();
        else if (json.Is("Parameters"u8)) Parameters = ValueInput.DecodeList(ref json);
        else if (json.Is("ConsistentRead"u8)) ConsistentRead = json.Boolean();
        else if (json.Is("ReturnValuesOnConditionCheckFailure"u8)) ReturnValuesOnConditionCheckFailure = json.String();
        else return false;
        return true;
    }
}
