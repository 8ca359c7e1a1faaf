namespace Emulator.DynamoDb.Expressions;

/// <summary>Resolves the placeholders of a condition and finds what is wrong with it, in AWS's order: unknown functions, functions in the wrong place, reserved words, then condition by condition.</summary>
/// <remarks>Source of order and texts: the expectations of test/query.js and test/scan.js of architect/dynalite, taken from AWS.</remarks>
internal sealed class ConditionChecker(ExpressionScope scope)
{
    private string? _unknownFunction;
    private string? _misusedFunction;
    private string? _reserved;
    private string? _condition;

    public static string? Check(Condition condition, ExpressionScope scope)
    {
        var checker = new ConditionChecker(scope);
        checker.Visit(condition);
        return checker._unknownFunction ?? checker._misusedFunction ?? checker._reserved ?? checker._condition;
    }

    private void Visit(Condition condition)
    {
        switch (condition)
        {
            case AndCondition and:
                Visit(and.Left);
                Visit(and.Right);
                break;
            case OrCondition or:
                Visit(or.Left);
                Visit(or.Right);
                break;
            case NotCondition not:
                Visit(not.Inner);
                break;
            case SimpleCondition simple:
                VisitSimple(simple);
                break;
        }
    }

    private void VisitSimple(SimpleCondition condition)
    {
        if (condition is FunctionCondition function)
        {
            if (!FunctionNames.IsKnown(function.Name)) _unknownFunction ??= FunctionNames.Unknown(function.Name);
            else if (!FunctionNames.IsCondition(function.Name)) _misusedFunction ??= FunctionNames.Misused(function.Name);
        }
        foreach (var operand in condition.Operands) VisitOperand(operand);
        if (_unknownFunction is null && _misusedFunction is null) _condition ??= ResolveAll(condition.Operands) ?? ConditionRules.Check(condition);
    }

    private void VisitOperand(Operand operand)
    {
        switch (operand)
        {
            case PathOperand path:
                foreach (var step in path.Path.Steps)
                {
                    if (!step.IsIndex && !step.IsPlaceholder && ReservedWords.Contains(step.Source!)) _reserved ??= ReservedWord(step.Source!);
                }
                break;
            case FunctionOperand function:
                foreach (var argument in function.Arguments) VisitOperand(argument);
                if (!FunctionNames.IsKnown(function.Name)) _unknownFunction ??= FunctionNames.Unknown(function.Name);
                else if (function.Name != "size") _misusedFunction ??= FunctionNames.Misused(function.Name);
                break;
        }
    }

    public static string ReservedWord(string name) => $"Attribute name is a reserved keyword; reserved keyword: {name}";

    private string? ResolveAll(List<Operand> operands)
    {
        foreach (var operand in operands)
        {
            var problem = operand switch
            {
                PathOperand path => scope.Resolve(path.Path),
                ValueOperand value => scope.Resolve(value),
                FunctionOperand function => ResolveAll(function.Arguments),
                _ => null,
            };
            if (problem is not null) return problem;
        }
        return null;
    }
}
