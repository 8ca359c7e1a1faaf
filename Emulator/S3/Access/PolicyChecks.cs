using System.Text;
using System.Text.Json;
using Emulator.Iam.Policies;

namespace Emulator.S3.Access;

/// <summary>What S3 demands of a policy before it keeps it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html; the first four texts are recorded (test_bucket_policy_exc), the others are those that people are told by AWS.</remarks>
internal static class PolicyChecks
{
    /// <param name="covers">Whether a resource may stand in it.</param>
    public static void Check(ReadOnlyMemory<byte> content, Func<string, bool> covers)
    {
        if (content.Length > S3Limits.PolicyBytes) throw S3Errors.MalformedPolicy($"Normalized policy document exceeds the maximum allowed size of {S3Limits.PolicyBytes} bytes.");
        using var document = Parse(content);
        try
        {
            Check(document.RootElement, covers);
        }
        catch (InvalidOperationException)
        {
            throw S3Errors.MalformedPolicy(NotJson); // a text that is no Unicode
        }
        // What is left is what nobody could evaluate later.
        if (!PolicyDocument.TryParse(Encoding.UTF8.GetString(content.Span), PolicyKind.Resource, out _, out var problem)) throw S3Errors.MalformedPolicy(problem!.Kind == PolicyProblemKind.InvalidJson ? NotJson : Syntax);
    }

    private static void Check(JsonElement policy, Func<string, bool> covers)
    {
        if (!policy.TryGetProperty("Statement", out var statements)) throw S3Errors.MalformedPolicy("Missing required field Statement");
        CheckNames(policy, "Version", "Id", "Statement");
        if (policy.TryGetProperty("Version", out var version) && (version.ValueKind != JsonValueKind.String || version.GetString() is not ("2012-10-17" or "2008-10-17")))
        {
            throw S3Errors.MalformedPolicy("The policy must contain a valid version string");
        }
        var list = Items(statements);
        if (list.Count == 0) throw S3Errors.MalformedPolicy("Could not parse the policy: Statement is empty!");
        foreach (var statement in list) CheckStatement(statement, covers);
    }

    private const string NotJson = "This policy contains invalid Json";
    private const string Syntax = "Invalid policy syntax.";

    private static JsonDocument Parse(ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty || content.Span[0] != (byte)'{') throw S3Errors.MalformedPolicy("Policies must be valid JSON and the first byte must be '{'");
        try
        {
            return JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException)
        {
            throw S3Errors.MalformedPolicy(NotJson);
        }
    }

    private static void CheckStatement(JsonElement statement, Func<string, bool> covers)
    {
        if (statement.ValueKind != JsonValueKind.Object) throw S3Errors.MalformedPolicy(Syntax);
        CheckNames(statement, "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition");
        var effect = Required(statement, "Effect").Value;
        if (effect.ValueKind != JsonValueKind.String || effect.GetString() is not ("Allow" or "Deny")) throw S3Errors.MalformedPolicy($"Invalid effect: {effect}");
        var principal = Required(statement, "Principal", "NotPrincipal");
        if (effect.GetString() == "Allow" && principal.Name == "NotPrincipal") throw S3Errors.MalformedPolicy("Allow with NotPrincipal is not allowed.");
        CheckPrincipal(principal.Value);
        var action = Required(statement, "Action", "NotAction");
        var actions = Texts(action.Value) ?? throw S3Errors.MalformedPolicy("Policy has invalid action");
        if (!actions.TrueForAll(S3Actions.IsOfS3)) throw S3Errors.MalformedPolicy("Policy has invalid action");
        var resource = Required(statement, "Resource", "NotResource");
        var resources = Texts(resource.Value);
        if (resources is null || !resources.TrueForAll(one => covers(one))) throw S3Errors.MalformedPolicy("Policy has invalid resource");
        if (action.Name == "Action" && resource.Name == "Resource" && !actions.TrueForAll(one => S3Actions.AppliesTo(one, resources))) throw S3Errors.MalformedPolicy("Action does not apply to any resource(s) in statement");
        if (statement.TryGetProperty("Condition", out var condition)) CheckCondition(condition, action.Name == "Action" ? actions : []);
    }

    private static void CheckPrincipal(JsonElement principal)
    {
        if (principal.ValueKind == JsonValueKind.String && principal.GetString() == "*") return;
        if (principal.ValueKind != JsonValueKind.Object || !principal.EnumerateObject().Any()) throw S3Errors.InvalidPrincipal(null);
        foreach (var kind in principal.EnumerateObject())
        {
            var names = kind.Name is "AWS" or "Service" or "Federated" or "CanonicalUser" ? Texts(kind.Value) : null;
            if (names is not { Count: > 0 } || (kind.Name == "AWS" && !names.TrueForAll(IsPrincipal))) throw S3Errors.InvalidPrincipal($"\"{kind.Name}\" : {kind.Value.GetRawText()}");
        }
    }

    /// <summary>Everybody, an account, or the ARN of somebody, whether or not he is there: a pattern is nobody.</summary>
    private static bool IsPrincipal(string name)
    {
        if (name == "*" || (name.Length == 12 && !name.AsSpan().ContainsAnyExceptInRange('0', '9'))) return true;
        return name.Split(':', 6) is ["arn", _, "iam" or "sts", "", { Length: > 0 }, { Length: > 0 }] && !name.Contains('*');
    }

    private static void CheckCondition(JsonElement condition, List<string> actions)
    {
        if (condition.ValueKind != JsonValueKind.Object) throw S3Errors.MalformedPolicy(Syntax);
        foreach (var comparison in condition.EnumerateObject())
        {
            if (Condition.Reader(comparison.Name, variables: true) is null) throw S3Errors.MalformedPolicy($"Invalid Condition type : {comparison.Name}");
            if (comparison.Value.ValueKind != JsonValueKind.Object) throw S3Errors.MalformedPolicy(Syntax);
            foreach (var key in comparison.Value.EnumerateObject())
            {
                if (!key.Name.Contains(':')) throw S3Errors.MalformedPolicy("Policy has an invalid condition key");
                if (S3Actions.IsKeyOfLists(key.Name) && !actions.TrueForAll(S3Actions.IsList)) throw S3Errors.MalformedPolicy("Conditions do not apply to combination of actions and resources in statement");
            }
        }
    }

    private static void CheckNames(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name)) throw S3Errors.MalformedPolicy($"Unknown field {member.Name}");
        }
    }

    private static (string Name, JsonElement Value) Required(JsonElement statement, string name, string? opposite = null) =>
        statement.TryGetProperty(name, out var value) ? (name, value)
        : opposite is not null && statement.TryGetProperty(opposite, out value) ? (opposite, value)
        : throw S3Errors.MalformedPolicy($"Missing required field {name}");

    /// <summary>A text, or a list of them; null where it is anything else, or holds nothing.</summary>
    private static List<string>? Texts(JsonElement value)
    {
        var items = Items(value);
        return items.Count > 0 && items.All(item => item.ValueKind == JsonValueKind.String && item.GetString()!.Length > 0) ? [.. items.Select(item => item.GetString()!)] : null;
    }

    private static IReadOnlyList<JsonElement> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
}
