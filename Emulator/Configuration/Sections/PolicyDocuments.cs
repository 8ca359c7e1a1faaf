using Emulator.Iam.Policies;

namespace Emulator.Configuration.Sections;

/// <summary>Policy documents, written as mappings. The elements are checked here, so that each mistake has its place; their values by the evaluator's own parser.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html</remarks>
internal static class PolicyDocuments
{
    /// <summary>The document as JSON.</summary>
    public static string Policy(this ConfigValue value, PolicyKind kind)
    {
        value.Section(policy => Document(policy, kind));
        var json = PlainJson.Write(value.Node);
        if (!PolicyDocument.TryParse(json, kind, out _, out var problem) && IsOfValues(problem!.Kind)) value.Problem($"'{value.Name}': {problem.Detail}");
        return json;
    }

    /// <summary>Whether a problem is one of those that <see cref="Statement"/> does not find.</summary>
    private static bool IsOfValues(PolicyProblemKind kind) =>
        kind is PolicyProblemKind.InvalidAction or PolicyProblemKind.InvalidResource or PolicyProblemKind.InvalidPrincipal or PolicyProblemKind.InvalidCondition or PolicyProblemKind.ForbiddenResource;

    private static bool Document(ConfigSection policy, PolicyKind kind)
    {
        policy["Version"]?.OneOf("2012-10-17", "2008-10-17");
        policy["Id"]?.Text();
        policy.Required("Statement")?.List(statement => statement.Section<object?>(section => Statement(section, kind)));
        return true;
    }

    private static object? Statement(ConfigSection statement, PolicyKind kind)
    {
        statement["Sid"]?.Text();
        statement.Required("Effect")?.OneOf("Allow", "Deny");
        OneOf(statement, "Action", "NotAction", isNeeded: true)?.Texts();
        OneOf(statement, "Resource", "NotResource", isNeeded: kind != PolicyKind.Trust)?.Texts();
        var principal = OneOf(statement, "Principal", "NotPrincipal", isNeeded: kind != PolicyKind.Identity);
        if (principal is not null && kind == PolicyKind.Identity) principal.Problem($"'{principal.Name}' is not for a policy of a user or role: it applies to the one who has it");
        statement["Condition"]?.Map(null, static test => test.Map(null, static values => values.Texts()));
        return null;
    }

    /// <summary>An element or its negation, of which a statement has one.</summary>
    private static ConfigValue? OneOf(ConfigSection statement, string element, string negation, bool isNeeded)
    {
        var (plain, negated) = (statement[element], statement[negation]);
        if (plain is not null && negated is not null) negated.Problem($"a statement has '{element}' or '{negation}', not both");
        if (plain is null && negated is null && isNeeded) statement.Missing($"'{element}' or '{negation}'");
        return plain ?? negated;
    }
}
