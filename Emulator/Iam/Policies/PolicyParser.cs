using System.Text;
using System.Text.Json;

namespace Emulator.Iam.Policies;

/// <summary>Reads the JSON of a policy document.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html</remarks>
internal sealed class PolicyParser(PolicyKind kind)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Where the parser is, for the text of a problem.</summary>
    private string _place = "";
    private bool _variables;

    public PolicyDocument Parse(string json)
    {
        if (json.Length > PolicyDocument.MaximumCharacters) throw Problem(PolicyProblemKind.TooLong, $"the policy is longer than {PolicyDocument.MaximumCharacters} characters");
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json), Strict);
            return Document(document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with half a surrogate pair, as "\ud800".
            throw Problem(PolicyProblemKind.InvalidJson, $"not JSON: {malformed.Message}");
        }
    }

    private PolicyDocument Document(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Problem(PolicyProblemKind.Syntax, "a policy is a JSON object");
        string? version = null, id = null;
        JsonElement? statements = null;
        foreach (var member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "Version": version = Text(member); break;
                case "Id": id = Text(member); break;
                case "Statement": statements = member.Value; break;
                default: throw Problem(PolicyProblemKind.UnknownElement, $"the element {member.Name} is not known", member.Name);
            }
        }
        if (version is not (null or "2012-10-17" or "2008-10-17")) throw Problem(PolicyProblemKind.InvalidVersion, $"Version must be 2012-10-17 or 2008-10-17, not {version}", version);
        _variables = version == "2012-10-17";
        return new(version, id, statements switch
        {
            null => throw Problem(PolicyProblemKind.MissingStatement, "Statement is missing"),
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select((statement, index) => Statement(statement, index + 1))],
            { } single => [Statement(single, 1)],
        });
    }

    private PolicyStatement Statement(JsonElement element, int number)
    {
        _place = $"statement {number}: ";
        if (element.ValueKind != JsonValueKind.Object) throw Problem(PolicyProblemKind.Syntax, "a statement is a JSON object");
        string? sid = null, effect = null;
        JsonProperty? principal = null, action = null, resource = null, condition = null;
        foreach (var member in element.EnumerateObject())
        {
            switch (member.Name)
            {
                case "Sid": sid = Text(member); break;
                case "Effect": effect = Text(member); break;
                case "Principal" or "NotPrincipal": principal = Only(principal, member); break;
                case "Action" or "NotAction": action = Only(action, member); break;
                case "Resource" or "NotResource": resource = Only(resource, member); break;
                case "Condition": condition = member; break;
                default: throw Problem(PolicyProblemKind.UnknownElement, $"the element {member.Name} is not known", member.Name);
            }
        }
        if (effect is not ("Allow" or "Deny")) throw Problem(PolicyProblemKind.InvalidEffect, effect is null ? "Effect is missing" : $"Effect must be Allow or Deny, not {effect}", effect);
        RequireWhatTheKindNeeds(principal, action, resource);
        return new()
        {
            Number = number,
            Sid = sid,
            Allows = effect == "Allow",
            Principal = principal is { } named ? Principal(named.Value) : null,
            NotPrincipal = principal?.Name == "NotPrincipal",
            Actions = [.. Strings(action!.Value).Select(Action)],
            NotAction = action.Value.Name == "NotAction",
            Resources = resource is { } resources ? [.. Strings(resources).Select(Resource)] : null,
            NotResource = resource?.Name == "NotResource",
            Conditions = condition is { } conditions ? Conditions(conditions.Value) : [],
        };
    }

    private void RequireWhatTheKindNeeds(JsonProperty? principal, JsonProperty? action, JsonProperty? resource)
    {
        if (action is null) throw Problem(PolicyProblemKind.MissingAction, "Action is missing");
        if (kind is PolicyKind.Identity && principal is not null) throw Problem(PolicyProblemKind.ForbiddenPrincipal, "Principal has no place in an identity policy");
        if (kind is PolicyKind.Identity or PolicyKind.Resource && resource is null) throw Problem(PolicyProblemKind.MissingResource, "Resource is missing");
        if (kind is PolicyKind.Trust && resource is not null) throw Problem(PolicyProblemKind.ForbiddenResource, "Resource has no place in a trust policy");
        if (kind is PolicyKind.Resource or PolicyKind.Trust && principal is null) throw Problem(PolicyProblemKind.MissingPrincipal, "Principal is missing");
    }

    private JsonProperty Only(JsonProperty? before, JsonProperty member) =>
        before is null ? member : throw Problem(PolicyProblemKind.Syntax, $"{before.Value.Name} and {member.Name} exclude each other");

    private PrincipalElement Principal(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String && element.GetString() == "*") return PrincipalElement.Everybody;
        if (element.ValueKind != JsonValueKind.Object) throw Problem(PolicyProblemKind.InvalidPrincipal, "Principal is \"*\" or an object");
        var principal = new PrincipalElement();
        foreach (var member in element.EnumerateObject())
        {
            if (member.Name is not ("AWS" or "Service" or "Federated" or "CanonicalUser")) throw Problem(PolicyProblemKind.InvalidPrincipal, $"there is no principal of the type {member.Name}", member.Name);
            foreach (var value in Strings(member)) principal.Add(member.Name, value);
        }
        return principal;
    }

    /// <summary><c>service:Name</c> with wildcards; <c>*</c> alone is every action.</summary>
    private Pattern Action(string text)
    {
        if (text != "*" && !text.Contains(':')) throw Problem(PolicyProblemKind.InvalidAction, $"the action {text} is not of the form service:Name", text);
        return Pattern.Parse(text, PatternOptions.Wildcards | PatternOptions.IgnoreCase);
    }

    private Pattern Resource(string text)
    {
        // A pattern may leave out even the "arn": "*", "a*", "*:table/Notes".
        if (!text.StartsWith("arn:", StringComparison.Ordinal) && !text.Contains('*')) throw Problem(PolicyProblemKind.InvalidResource, $"the resource {text} is neither an ARN nor \"*\"", text);
        return Pattern.Parse(text, PatternOptions.Wildcards | (_variables ? PatternOptions.Variables : PatternOptions.None));
    }

    private List<Condition> Conditions(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Problem(PolicyProblemKind.InvalidCondition, "Condition is an object of operators");
        var conditions = new List<Condition>();
        foreach (var comparison in element.EnumerateObject())
        {
            if (Condition.Reader(comparison.Name, _variables) is not { } read) throw Problem(PolicyProblemKind.InvalidCondition, $"there is no condition operator {comparison.Name}", comparison.Name);
            if (comparison.Value.ValueKind != JsonValueKind.Object) throw Problem(PolicyProblemKind.InvalidCondition, $"{comparison.Name} is an object of condition keys", comparison.Name);
            foreach (var key in comparison.Value.EnumerateObject()) conditions.Add(read(key.Name, Strings(key, scalars: true)));
        }
        return conditions;
    }

    private string Text(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String
        ? member.Value.GetString()! : throw Problem(PolicyProblemKind.Syntax, $"{member.Name} is a string");

    /// <summary>One string, or a list of them; where <paramref name="scalars"/> are allowed, numbers and booleans too.</summary>
    private List<string> Strings(JsonProperty member, bool scalars = false)
    {
        var strings = new List<string>();
        if (member.Value.ValueKind != JsonValueKind.Array) strings.Add(Scalar(member.Value));
        else foreach (var item in member.Value.EnumerateArray()) strings.Add(Scalar(item));
        return strings;

        string Scalar(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when scalars => value.GetRawText(),
            _ => throw Problem(PolicyProblemKind.Syntax, $"{member.Name} is a string or a list of strings", member.Name),
        };
    }

    private PolicyProblemException Problem(PolicyProblemKind problem, string detail, string? value = null) => new(new(problem, _place + detail, value));
}
