using System.Globalization;
using System.Text.Json;
using Emulator.Protocols;

namespace Emulator.S3.PostUploads;

/// <summary>What a signed form may contain, and until when.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html; the texts are recorded (TestS3PresignedPost) where nothing else is said.</remarks>
internal sealed class PostPolicy
{
    /// <summary>Fields that a policy need not mention: the file, what signs the policy, and what AWS has added since.</summary>
    private static readonly HashSet<string> Unconditional = new(["file", "policy", "signature", "awsaccesskeyid", "x-amz-signature"], StringComparer.OrdinalIgnoreCase);

    private readonly DateTimeOffset _expiration;
    private readonly List<Condition> _conditions;

    private PostPolicy(DateTimeOffset expiration, List<Condition> conditions) => (_expiration, _conditions) = (expiration, conditions);

    /// <summary>The least and greatest size of the file; null where any is allowed.</summary>
    public (long Least, long Most)? SizeRange { get; private set; }

    public static PostPolicy Parse(string base64)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(base64), new JsonDocumentOptions { MaxDepth = 8 });
            return Parse(document.RootElement);
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no UTF-8, or half a surrogate pair.
            throw Invalid("Invalid JSON.");
        }
    }

    private static PostPolicy Parse(JsonElement policy)
    {
        if (policy.ValueKind != JsonValueKind.Object) throw Invalid("Invalid JSON.");
        if (!policy.TryGetProperty("expiration", out var expiration)) throw Invalid("Policy missing expiration.");
        if (!policy.TryGetProperty("conditions", out var conditions) || conditions.ValueKind != JsonValueKind.Array) throw Invalid("Policy missing conditions.");
        return new(ParseExpiration(expiration), [.. conditions.EnumerateArray().Select(ParseCondition)]);
    }

    /// <summary>Refuses a form that is late, whose fields are not as the policy says, or that has fields of which it says nothing.</summary>
    public void Check(PostForm form, string key, string bucket, DateTimeOffset now)
    {
        if (now > _expiration) throw Refused("Policy expired.");
        var mentioned = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var condition in _conditions)
        {
            if (condition.Operator == "content-length-range")
            {
                SizeRange = (Number(condition, condition.Name), Number(condition, condition.Value));
                continue;
            }
            var name = condition.Name.StartsWith('$') ? condition.Name[1..] : throw Failed(condition);
            var value = name.ToLowerInvariant() switch { "bucket" => bucket, "key" => key, _ => form[name] ?? "" };
            if (condition.Operator == "eq" ? value != condition.Value : !value.StartsWith(condition.Value, StringComparison.Ordinal)) throw Failed(condition);
            mentioned.Add(name);
        }
        if (!mentioned.Contains("bucket")) throw Refused("Extra input fields: bucket");
        foreach (var name in form.All.Keys)
        {
            if (mentioned.Contains(name) || Unconditional.Contains(name) || name.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)) continue;
            throw Refused($"Extra input fields: {name.ToLowerInvariant()}");
        }
    }

    private static DateTimeOffset ParseExpiration(JsonElement expiration)
    {
        var text = expiration.ValueKind == JsonValueKind.String ? expiration.GetString()! : expiration.GetRawText();
        string[] formats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];
        return DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : throw Invalid($"Invalid 'expiration' value: '{text}'");
    }

    private static Condition ParseCondition(JsonElement condition)
    {
        if (condition.ValueKind == JsonValueKind.Object)
        {
            var properties = condition.EnumerateObject().ToList();
            if (properties.Count != 1) throw Invalid("Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
            return new("eq", "$" + properties[0].Name, Text(properties[0].Value), IsNumeric: false);
        }
        if (condition.ValueKind != JsonValueKind.Array || condition.GetArrayLength() != 3) throw Invalid("Invalid Condition: wrong number of arguments.");
        var name = Text(condition[0]).ToLowerInvariant();
        if (name is not ("eq" or "starts-with" or "content-length-range")) throw Invalid($"Invalid Condition: unknown operation '{Text(condition[0])}'.");
        if (condition[1].ValueKind == JsonValueKind.Number && condition[1].TryGetInt64(out var least) && least < 0) throw Invalid("Invalid content-length-range: the range must not be negative.");
        return new(name, Text(condition[1]), Text(condition[2]), condition[1].ValueKind == JsonValueKind.Number);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw Invalid("Invalid JSON."),
    };

    // Recorded: a bound that is no number is a condition that fails.
    private static long Number(Condition condition, string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Failed(condition);

    private static AwsException Failed(Condition condition) =>
        Refused($"Policy Condition failed: [\"{condition.Operator}\", {(condition.IsNumeric ? condition.Name : $"\"{condition.Name}\"")}, {(condition.IsNumeric ? condition.Value : $"\"{condition.Value}\"")}]");

    private static AwsException Refused(string reason) => new("AccessDenied", $"Invalid according to Policy: {reason}", 403);

    private static AwsException Invalid(string reason) => new("InvalidPolicyDocument", $"Invalid Policy: {reason}");

    private sealed record Condition(string Operator, string Name, string Value, bool IsNumeric);
}
