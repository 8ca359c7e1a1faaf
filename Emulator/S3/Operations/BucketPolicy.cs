using System.Text;
using System.Text.Json;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;

namespace Emulator.S3.Operations;

/// <summary>The policy of a bucket: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html</remarks>
internal static class BucketPolicy
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        var content = await input.Document.ReadBytesAsync(call.Cancelled);
        Check(content, input.Bucket.Name);
        var policy = Encoding.UTF8.GetString(content.Span);
        var isPublic = PublicPolicy.IsPublic(policy);
        using (var snapshot = service.Snapshot())
        {
            var bucket = BucketStore.Require(snapshot, input.Bucket);
            // Observed by many: https://repost.aws/knowledge-center/s3-access-denied-bucket-policy
            if (isPublic && PublicAccessBlock.Of(snapshot, bucket).BlockPublicPolicy) throw S3Errors.BlockedAsPublic(call.Caller.Arn, "s3:PutBucketPolicy", bucket.Arn, "public policies are blocked by the BlockPublicPolicy");
        }
        return await service.PutSettingAsync(input.Bucket, BucketSettings.Policy, policy);
    }

    public static ValueTask<string> Get(S3Service service, Call call, BucketReference input) =>
        new(service.FindSetting(input, BucketSettings.Policy) ?? throw S3Errors.NoSuchBucketPolicy(input.Name));

    public static Reply WritePolicy(string output) => new() { ContentType = "application/json", Content = Encoding.UTF8.GetBytes(output) };

    public static ValueTask<Bucket> Delete(S3Service service, Call call, BucketReference input) => service.DeleteSettingAsync(input, BucketSettings.Policy);

    /// <summary>What S3 demands of a bucket's policy before it keeps it.</summary>
    public static void Check(ReadOnlyMemory<byte> content, string bucket) => Check(content, resource => IsOfBucket(resource, bucket));

    /// <summary>What S3 demands of a policy document before it keeps it.</summary>
    /// <param name="covers">Whether a resource may stand in it.</param>
    public static void Check(ReadOnlyMemory<byte> content, Func<string, bool> covers)
    {
        if (content.Length > S3Limits.PolicyBytes) throw S3Errors.MalformedPolicy($"Normalized policy document exceeds the maximum allowed size of {S3Limits.PolicyBytes} bytes.");
        using var document = Parse(content);
        var policy = document.RootElement;
        if (!policy.TryGetProperty("Statement", out var statements)) throw S3Errors.MalformedPolicy("Missing required field Statement");
        var list = statements.ValueKind == JsonValueKind.Array ? [.. statements.EnumerateArray()] : (IReadOnlyList<JsonElement>)[statements];
        foreach (var statement in list) CheckStatement(statement, covers);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> content)
    {
        const string NotJson = "Policies must be valid JSON and the first byte must be '{'";
        if (content.IsEmpty || content.Span[0] != (byte)'{') throw S3Errors.MalformedPolicy(NotJson);
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
        if (statement.ValueKind != JsonValueKind.Object) throw S3Errors.MalformedPolicy("Invalid policy syntax.");
        if (!statement.TryGetProperty("Effect", out var effect)) throw S3Errors.MalformedPolicy("Missing required field Effect");
        if (effect.ValueKind != JsonValueKind.String || effect.GetString() is not ("Allow" or "Deny")) throw S3Errors.MalformedPolicy($"Invalid effect: {effect}");
        if (!statement.TryGetProperty("Principal", out _) && !statement.TryGetProperty("NotPrincipal", out _)) throw S3Errors.MalformedPolicy("Missing required field Principal");
        if (effect.GetString() == "Allow" && statement.TryGetProperty("NotPrincipal", out _)) throw S3Errors.MalformedPolicy("Allow with NotPrincipal is not allowed.");
        if (!statement.TryGetProperty("Action", out _) && !statement.TryGetProperty("NotAction", out _)) throw S3Errors.MalformedPolicy("Missing required field Action");
        if (!statement.TryGetProperty("Resource", out var resources) && !statement.TryGetProperty("NotResource", out resources)) throw S3Errors.MalformedPolicy("Missing required field Resource");
        foreach (var resource in resources.ValueKind == JsonValueKind.Array ? [.. resources.EnumerateArray()] : (IReadOnlyList<JsonElement>)[resources])
        {
            if (resource.ValueKind != JsonValueKind.String || !covers(resource.GetString()!)) throw S3Errors.MalformedPolicy("Policy has invalid resource");
        }
    }

    /// <summary>A resource of the bucket's policy is the bucket, or objects in it; wildcards may stand in its name.</summary>
    private static bool IsOfBucket(string resource, string bucket)
    {
        const string Prefix = "arn:aws:s3:::";
        if (resource == "*") return true;
        if (!resource.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var name = resource[Prefix.Length..];
        if (name.IndexOf('/') is >= 0 and var slash) name = name[..slash];
        return name == bucket || name.AsSpan().ContainsAny('*', '?', '$');
    }
}
