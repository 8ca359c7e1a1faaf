using Emulator.Protocols;

namespace Emulator.SigV4.Checksums;

/// <summary>What a request says its body's checksum is.</summary>
/// <param name="Algorithm">null where none is named.</param>
/// <param name="Value">Base 64; null where a trailer will bring it.</param>
/// <param name="Md5">The 16 bytes of Content-MD5.</param>
internal readonly record struct DeclaredChecksum(ChecksumAlgorithm? Algorithm, string? Value, byte[]? Md5)
{
    private const string Prefix = "x-amz-checksum-";

    /// <summary>Reads the headers; throws S3's refusal of what cannot be.</summary>
    /// <remarks>
    /// Observed: what a presigned URL names among its parameters is not looked at, unlike other headers that stand there.
    /// SDKs put the checksum of an empty body there when they sign. https://github.com/aws/aws-sdk-go-v2/issues/2610, https://github.com/localstack/localstack/issues/12169
    /// </remarks>
    public static DeclaredChecksum Of(RestRequest request)
    {
        var (algorithm, value) = HeaderValue(request);
        var trailer = AwsChunkedStream.ParseDeclaration(request.Header("x-amz-trailer"));
        if (algorithm is not null && trailer is not null) throw ChecksumErrors.MultipleChecksums();
        CheckSdkAlgorithm(request.Header("x-amz-sdk-checksum-algorithm"), algorithm ?? trailer);
        return new(algorithm ?? trailer, value, ContentMd5(request.Header("content-md5")));
    }

    /// <summary>Content-MD5 alone, for a request whose other checksum headers say something else.</summary>
    public static DeclaredChecksum Md5Of(RestRequest request) => new(null, null, ContentMd5(request.Header("content-md5")));

    private static (ChecksumAlgorithm? Algorithm, string? Value) HeaderValue(RestRequest request)
    {
        ChecksumAlgorithm? declared = null;
        string? value = null;
        foreach (var (name, text) in request.Headers) Take(name, text.ToString());
        return (declared, value);

        void Take(string name, string text)
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || IsSetting(name[Prefix.Length..])) return;
            var algorithm = ChecksumAlgorithms.FindHeader(name) ?? throw Unknown(name);
            if (declared is not null && (declared != algorithm || value != text)) throw ChecksumErrors.MultipleChecksums();
            if (!algorithm.IsValue(text)) throw ChecksumErrors.InvalidValue(algorithm.HeaderName());
            (declared, value) = (algorithm, text);
        }
    }

    /// <summary>Headers with the same beginning that carry no value.</summary>
    private static bool IsSetting(string rest) => rest.ToLowerInvariant() is "algorithm" or "type" or "mode";

    private static AwsException Unknown(string name) => name[Prefix.Length..].ToLowerInvariant() is "md5" or "sha512" or "xxhash3" or "xxhash64" or "xxhash128"
        ? Errors.NotImplemented($"the checksum {name.ToLowerInvariant()}")
        : ChecksumErrors.UnknownHeader();

    private static void CheckSdkAlgorithm(string? name, ChecksumAlgorithm? declared)
    {
        if (string.IsNullOrEmpty(name)) return;
        var algorithm = ChecksumAlgorithms.Find(name) ?? throw ChecksumErrors.UnsupportedAlgorithm();
        if (declared is null) throw ChecksumErrors.AlgorithmWithoutValue();
        if (declared != algorithm) throw ChecksumErrors.InvalidValue("x-amz-sdk-checksum-algorithm");
    }

    private static byte[]? ContentMd5(string? text)
    {
        if (text is null) return null;
        Span<byte> bytes = stackalloc byte[18];
        return text.Length == 24 && Convert.TryFromBase64String(text, bytes, out var count) && count == 16 ? bytes[..count].ToArray() : throw ChecksumErrors.InvalidMd5(text);
    }
}
