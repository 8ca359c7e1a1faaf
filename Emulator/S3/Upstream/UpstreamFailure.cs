using Emulator.Protocols;

namespace Emulator.S3.Upstream;

/// <summary>Answers that are errors: those of S3 are told to the client as the emulator's own; all else is the server's failure.</summary>
internal static class UpstreamFailure
{
    /// <summary>What is wrong with the emulator's own signature there is none of the client's business.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</remarks>
    private static readonly HashSet<string> OfCredentials = new(StringComparer.Ordinal)
    {
        "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "TokenRefreshRequired", "RequestTimeTooSkewed", "AuthorizationHeaderMalformed", "InvalidSecurity", "NotSignedUp",
    };

    public static bool IsFailure(UpstreamAnswer answer) => answer.StatusCode is < 200 or >= 300;

    public static async ValueTask<AwsException> OfAsync(UpstreamAnswer answer, UpstreamBucket target, CancellationToken cancelled)
    {
        var headers = new Reply();
        answer.AddHeadersTo(headers);
        if (answer.StatusCode is >= 300 and < 400 and not 304)
        {
            // Not followed: it leads the client past the emulator, and the credentials elsewhere.
            var where = answer.Header("Location") ?? answer.Header("x-amz-bucket-region") ?? "nowhere";
            return UpstreamErrors.Unavailable(target.Server.Endpoint, $"it answers {answer.StatusCode} and redirects to {where}");
        }
        if (!answer.HasBody) return new(NameOf(answer.StatusCode), "", answer.StatusCode) { Headers = headers.Headers };
        return Of(await answer.ReadAllAsync(cancelled), answer.StatusCode, target) is { } error
            ? new AwsException(error.Code, error.Message, error.StatusCode) { Members = error.Members, Headers = headers.Headers }
            : UpstreamErrors.Unavailable(target.Server.Endpoint, $"it answers {answer.StatusCode} without an error of S3");
    }

    /// <summary>The error of a document; null where it is none.</summary>
    public static AwsException? Of(ReadOnlyMemory<byte> content, int statusCode, UpstreamBucket target)
    {
        if (TryParse(content, "Error") is not { } document || document.Value("Code") is not { Length: > 0 } code) return null;
        var message = document.Value("Message") ?? "";
        if (OfCredentials.Contains(code)) return UpstreamErrors.Unavailable(target.Server.Endpoint, $"it refuses the configured credentials with {code}: {message}");
        var members = document.Children
            .Where(static member => member.Name is not ("Code" or "Message" or "RequestId" or "HostId"))
            .Select(member => new KeyValuePair<string, object?>(member.Name, NameHere(member, target)));
        return new(code, message, statusCode) { Members = [.. members] };
    }

    /// <summary>The document; null where it has another root, or is none.</summary>
    public static XmlNode? TryParse(ReadOnlyMemory<byte> content, string root)
    {
        try
        {
            return RestXml.Parse(content, root);
        }
        catch (AwsException)
        {
            return null;
        }
    }

    private static string NameHere(XmlNode member, UpstreamBucket target) => member.Name switch
    {
        "BucketName" when member.Text == target.NameThere => target.Name,
        "Resource" when $"{member.Text}/".StartsWith($"/{target.NameThere}/", StringComparison.Ordinal) => $"/{target.Name}{member.Text[(target.NameThere.Length + 1)..]}",
        _ => member.Text,
    };

    /// <summary>What a HEAD's error is called in the journal.</summary>
    private static string NameOf(int statusCode) => statusCode switch
    {
        304 => "NotModified",
        403 => "AccessDenied",
        404 => "NotFound",
        412 => "PreconditionFailed",
        416 => "InvalidRange",
        _ => $"Status{statusCode}",
    };
}
