using System.Buffers;
using System.Text;
using System.Text.Json;
using Emulator.Iam.Policies;
using Emulator.Protocols;

namespace Emulator.DynamoDb.ResourcePolicies;

/// <summary>Checks a policy document and writes it in the form in which AWS gives it back: elements in one order, lists of one as that one, accounts as their root.</summary>
/// <remarks>Source of texts and form: DDB-TABLE-208, 351 to 356, 442, 457 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal static class PolicyForm
{
    // What a policy that names no version counts as.
    private const string OldVersion = "{\"Version\":\"2008-10-17\",";

    private static readonly string[] Elements = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static string WithVersion(string document) => document.StartsWith("{\"Version\"", StringComparison.Ordinal) ? document : OldVersion + document[1..];

    public static string Of(string policy)
    {
        if (Encoding.UTF8.GetByteCount(policy) > DynamoDbLimits.PolicyBytes) throw DynamoDbErrors.Invalid($"Maximum policy size of {DynamoDbLimits.PolicyBytes} bytes exceeded");
        if (policy.Trim() == "null") throw Malformed("This text appears not to be a policy");
        using var document = Parse(policy);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw Malformed("This policy contains invalid Json");
        if (!root.TryGetProperty("Statement", out var statement)) throw Malformed($"Syntax error at position (1,{policy.Length + 1})");
        JsonElement[] statements = statement.ValueKind == JsonValueKind.Array ? [.. statement.EnumerateArray()] : [statement];
        if (statements.Length == 0) throw Malformed("Could not parse the policy: Statement is empty!");
        foreach (var each in statements) Check(each);
        CheckIds(statements);
        var form = Write(root, statements);
        if (!PolicyDocument.TryParse(form, PolicyKind.Any, out var parsed, out var problem)) throw Malformed(problem!.ToException().Message);
        if (parsed!.Statements.Any(IsUnbounded)) throw DynamoDbErrors.Validation("Resource-based policy grants unbounded access in one or more elements. Please revise the policy to ensure least-privilege form of access");
        return form;
    }

    private static JsonDocument Parse(string policy)
    {
        try
        {
            return JsonDocument.Parse(policy, Strict);
        }
        catch (JsonException)
        {
            throw Malformed("This policy contains invalid Json");
        }
    }

    private static void Check(JsonElement statement)
    {
        if (statement.ValueKind != JsonValueKind.Object) throw Malformed("This policy contains invalid Json");
        if (!statement.TryGetProperty("Effect", out _)) throw Malformed("Missing required field Effect");
        foreach (var element in (ReadOnlySpan<string>)["Principal", "Action", "Resource"])
        {
            if (!statement.TryGetProperty(element, out _) && !statement.TryGetProperty($"Not{element}", out _)) throw Malformed($"Missing required field {element}");
        }
    }

    private static void CheckIds(JsonElement[] statements)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            if (statement.TryGetProperty("Sid", out var sid) && sid.ValueKind == JsonValueKind.String && !ids.Add(sid.GetString()!)) throw Malformed("The Statement Ids in the policy are not unique");
        }
    }

    /// <summary>Everyone, under no condition.</summary>
    private static bool IsUnbounded(PolicyStatement statement) => statement is { Allows: true, NotPrincipal: false, Conditions.Count: 0, Principal.IsEverybody: true };

    private static string Write(JsonElement root, JsonElement[] statements)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, AwsJson.WriterOptions);
        json.WriteStartObject();
        foreach (var name in (ReadOnlySpan<string>)["Version", "Id"]) if (root.TryGetProperty(name, out var value)) WriteMember(json, name, value);
        json.WriteStartArray("Statement");
        foreach (var statement in statements)
        {
            json.WriteStartObject();
            foreach (var name in Elements) if (statement.TryGetProperty(name, out var value)) WriteElement(json, name, value);
            foreach (var other in statement.EnumerateObject()) if (!Elements.Contains(other.Name)) WriteMember(json, other.Name, other.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        foreach (var other in root.EnumerateObject()) if (other.Name is not ("Version" or "Id" or "Statement")) WriteMember(json, other.Name, other.Value);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteElement(Utf8JsonWriter json, string name, JsonElement value)
    {
        if (name == "Effect" && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 1 } effect) json.WriteString(name, char.ToUpperInvariant(effect[0]) + effect[1..].ToLowerInvariant());
        else if (name is "Principal" or "NotPrincipal" && value.ValueKind == JsonValueKind.Object) WritePrincipal(json, name, value);
        else if (name is "Action" or "NotAction" or "Resource" or "NotResource" && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1) WriteMember(json, name, value[0]);
        else WriteMember(json, name, value);
    }

    private static void WritePrincipal(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WriteStartObject(name);
        foreach (var kind in value.EnumerateObject())
        {
            JsonElement[] listed = kind.Value.ValueKind == JsonValueKind.Array ? [.. kind.Value.EnumerateArray()] : [kind.Value];
            if (listed.Any(principal => principal.ValueKind != JsonValueKind.String))
            {
                WriteMember(json, kind.Name, kind.Value);
                continue;
            }
            var principals = listed.Select(principal => RootOf(kind.Name, principal.GetString()!)).Distinct().ToList();
            if (principals.Count == 1) json.WriteString(kind.Name, principals[0]);
            else
            {
                json.WriteStartArray(kind.Name);
                foreach (var principal in principals) json.WriteStringValue(principal);
                json.WriteEndArray();
            }
        }
        json.WriteEndObject();
    }

    private static string RootOf(string kind, string principal) => kind == "AWS" && principal.Length == 12 && principal.All(char.IsAsciiDigit) ? $"arn:aws:iam::{principal}:root" : principal;

    private static void WriteMember(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static AwsException Malformed(string why) => DynamoDbErrors.Invalid($"Invalid policy document: {why}");
}
