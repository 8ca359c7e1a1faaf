using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

/// <summary>Resolves the placeholders of an update and finds what is wrong with it, in AWS's order.</summary>
/// <remarks>Source of order and texts: the expectations of test/updateItem.js of architect/dynalite, taken from AWS.</remarks>
internal sealed class UpdateChecker(ExpressionScope scope)
{
    private string? _reserved;
    private string? _unknownFunction;
    private string? _misusedFunction;
    private string? _undefinedName;
    private string? _undefinedValue;
    private string? _actionOperand;
    private string? _functionOperand;

    public static string? Check(List<UpdateClause> clauses, string? repeatedSection, ExpressionScope scope)
    {
        var checker = new UpdateChecker(scope);
        foreach (var clause in clauses) checker.Visit(clause);
        return checker._reserved
            ?? checker._unknownFunction
            ?? checker._misusedFunction
            ?? (repeatedSection is null ? null : $"The \"{repeatedSection}\" section can only be used once in an update expression;")
            ?? checker._undefinedName
            ?? checker._undefinedValue
            ?? PathRules.Overlap(clauses.Select(clause => clause.Path))
            ?? PathRules.Conflict(clauses.Select(clause => clause.Path))
            ?? checker._actionOperand
            ?? checker._functionOperand;
    }

    private void Visit(UpdateClause clause)
    {
        Visit(clause.Path);
        if (clause.Value is null) return;
        Visit(clause.Value, isArgument: false);
        if (clause.Action is UpdateAction.Add or UpdateAction.Delete && clause.Value is ValueOperand { Value: { IsAbsent: false } value })
        {
            var allowed = value.IsSet || (clause.Action == UpdateAction.Add && value.Type == AttributeType.N);
            if (!allowed) _actionOperand ??= $"Incorrect operand type for operator or function; operator: {(clause.Action == UpdateAction.Add ? "ADD" : "DELETE")}, operand type: {LongName(value.Type)}";
        }
    }

    private void Visit(DocumentPath path)
    {
        _reserved ??= PathRules.Reserved(path);
        _undefinedName ??= scope.Resolve(path);
    }

    private void Visit(Operand operand, bool isArgument)
    {
        switch (operand)
        {
            case PathOperand path:
                Visit(path.Path);
                break;
            case ValueOperand value:
                _undefinedValue ??= scope.Resolve(value);
                break;
            case FunctionOperand function:
                foreach (var argument in function.Arguments) Visit(argument, isArgument: true);
                VisitFunction(function, isArgument);
                break;
        }
    }

    /// <summary>Of the functions only if_not_exists may be an operand of another.</summary>
    /// <remarks>Observed: test_update_expression_function_nesting of scylladb/scylladb test/alternator.</remarks>
    private void VisitFunction(FunctionOperand function, bool isArgument)
    {
        if (function.IsArithmetic) _functionOperand ??= Check(function);
        else if (!FunctionNames.IsKnown(function.Name)) _unknownFunction ??= FunctionNames.Unknown(function.Name);
        else if (!FunctionNames.IsUpdate(function.Name) || (isArgument && function.Name != "if_not_exists")) _misusedFunction ??= FunctionNames.Misused(function.Name);
        else _functionOperand ??= Check(function);
    }

    private static string? Check(FunctionOperand function)
    {
        if (function.Arguments.Count != 2) return ConditionRules.WrongNumber(function.Name, function.Arguments.Count);
        if (function.Name == "if_not_exists") return function.Arguments[0] is PathOperand ? null : ConditionRules.PathRequired(function.Name);
        var expected = function.IsArithmetic ? AttributeType.N : AttributeType.L;
        foreach (var argument in function.Arguments)
        {
            if (TypeOf(argument) is { } type && type != expected) return ConditionRules.WrongType(function.Name, type);
        }
        return null;
    }

    private static AttributeType? TypeOf(Operand operand) => operand switch
    {
        ValueOperand { Value: { IsAbsent: false } value } => value.Type,
        FunctionOperand { IsArithmetic: true } => AttributeType.N,
        FunctionOperand { Name: "list_append" } => AttributeType.L,
        _ => null,
    };

    private static string LongName(AttributeType type) => type switch
    {
        AttributeType.S => "STRING",
        AttributeType.N => "NUMBER",
        AttributeType.B => "BINARY",
        AttributeType.BOOL => "BOOLEAN",
        AttributeType.L => "LIST",
        AttributeType.M => "MAP",
        _ => type.ToString(),
    };
}
