using Emulator.Protocols;

namespace Emulator.SigV4;

/// <summary>The parts of a Signature Version 4 as they came, in the Authorization header or in the query.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html and sigv4-query-string-auth.html</remarks>
internal readonly ref struct SignatureFields
{
    private const string HmacAlgorithm = "AWS4-HMAC-SHA256";
    private const string EcdsaAlgorithm = "AWS4-ECDSA-P256-SHA256";

    public required bool InQuery { get; init; }
    public required ReadOnlySpan<char> Credential { get; init; }
    public required ReadOnlySpan<char> SignedHeaders { get; init; }
    public required ReadOnlySpan<char> Signature { get; init; }

    /// <summary>X-Amz-Date, else Date; "" where there is neither.</summary>
    public required string Date { get; init; }

    /// <summary>Query: X-Amz-Expires; "" where it is absent.</summary>
    public string Expires { get; init; }

    public static SignatureFields FromHeader(RestRequest request, string authorization, AuthDialect dialect)
    {
        var text = authorization.AsSpan().Trim();
        var space = text.IndexOf(' ');
        var algorithm = space < 0 ? text : text[..space];
        CheckHeaderAlgorithm(algorithm, authorization, dialect);
        ReadOnlySpan<char> credential = default, signedHeaders = default, signature = default;
        var rest = space < 0 ? default : text[space..];
        for (var pair = NextPair(ref rest); !pair.IsEmpty; pair = NextPair(ref rest))
        {
            var equals = pair.IndexOf('=');
            if (equals < 0) throw SigV4Errors.NotAPair(dialect, pair.ToString(), authorization);
            var value = pair[(equals + 1)..];
            switch (pair[..equals])
            {
                case "Credential": credential = value; break;
                case "SignedHeaders": signedHeaders = value; break;
                case "Signature": signature = value; break;
            }
        }
        var date = request.Header("x-amz-date") ?? request.Header("date") ?? "";
        CheckHeaderComplete(dialect, authorization, !credential.IsEmpty, !signature.IsEmpty, !signedHeaders.IsEmpty, date.Length > 0);
        return new() { InQuery = false, Credential = credential, SignedHeaders = signedHeaders, Signature = signature, Date = date, Expires = "" };
    }

    public static SignatureFields FromQuery(RestRequest request, AuthDialect dialect)
    {
        string algorithm = "", credential = "", date = "", signedHeaders = "", signature = "", expires = "";
        foreach (var (name, value) in request.Query)
        {
            switch (name)
            {
                case "X-Amz-Algorithm": algorithm = value; break;
                case "X-Amz-Credential": credential = value; break;
                case "X-Amz-Date": date = value; break;
                case "X-Amz-SignedHeaders": signedHeaders = value; break;
                case "X-Amz-Signature": signature = value; break;
                case "X-Amz-Expires": expires = value; break;
            }
        }
        var complete = algorithm.Length > 0 && credential.Length > 0 && date.Length > 0 && signedHeaders.Length > 0 && signature.Length > 0;
        if (!complete || (expires.Length == 0 && dialect == AuthDialect.S3))
        {
            throw SigV4Errors.IncompleteQuery(dialect, algorithm.Length > 0, credential.Length > 0, signature.Length > 0, signedHeaders.Length > 0, date.Length > 0);
        }
        if (algorithm == EcdsaAlgorithm) throw EcdsaNotImplemented();
        if (algorithm != HmacAlgorithm) throw SigV4Errors.UnsupportedAlgorithm(dialect, inQuery: true, algorithm, "");
        return new() { InQuery = true, Credential = credential, SignedHeaders = signedHeaders, Signature = signature, Date = date, Expires = expires };
    }

    private static void CheckHeaderAlgorithm(ReadOnlySpan<char> algorithm, string authorization, AuthDialect dialect)
    {
        if (algorithm is HmacAlgorithm) return;
        if (algorithm is EcdsaAlgorithm) throw EcdsaNotImplemented();
        if (dialect == AuthDialect.S3)
        {
            throw authorization.AsSpan().Trim().Contains(' ')
                ? SigV4Errors.UnsupportedAlgorithm(dialect, inQuery: false, algorithm.ToString(), authorization)
                : SigV4Errors.OneSpaceRequired(authorization);
        }
        // Observed: "AWS4-" alone is told what it lacks, and only a complete header that its algorithm is not known.
    }

    private static void CheckHeaderComplete(AuthDialect dialect, string authorization, bool credential, bool signature, bool signedHeaders, bool date)
    {
        if (dialect == AuthDialect.S3)
        {
            if (!credential || !signature || !signedHeaders) throw SigV4Errors.ComponentsRequired();
            if (!date) throw SigV4Errors.InvalidDate(dialect, inQuery: false, "");
            return;
        }
        if (!credential || !signature || !signedHeaders || !date)
        {
            throw SigV4Errors.IncompleteHeader(dialect, credential, signature, signedHeaders, date, authorization);
        }
        var algorithm = authorization.AsSpan().Trim();
        algorithm = algorithm[..algorithm.IndexOf(' ')];
        if (algorithm is not HmacAlgorithm) throw SigV4Errors.UnsupportedAlgorithm(dialect, inQuery: false, algorithm.ToString(), authorization);
    }

    /// <summary>Pairs are parted by commas and spaces; empty at the end.</summary>
    private static ReadOnlySpan<char> NextPair(scoped ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(", \t");
        var end = rest.IndexOfAny(", \t");
        var pair = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..];
        return pair;
    }

    private static AwsException EcdsaNotImplemented() => Errors.NotImplemented("Signature Version 4A (AWS4-ECDSA-P256-SHA256)");
}
