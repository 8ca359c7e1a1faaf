using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;

namespace Emulator.S3.Objects;

/// <summary>The id of a version as requests name it: <c>null</c>, or 32 letters and digits, dots and underscores.</summary>
/// <remarks>An id holds the version's place in the order of writes, so that a version is found by one look, and a check, since AWS tells an id that it never gave (InvalidArgument) from one whose version is gone (NoSuchVersion).</remarks>
internal readonly record struct VersionId
{
    private const int Length = 32;

    private VersionId(string text, long sequence) => (Text, Sequence) = (text, sequence);

    /// <summary>The version that is made where versioning is not enabled.</summary>
    public static VersionId Null { get; } = new("null", 0);

    public string Text { get; }

    /// <summary>The <see cref="StoredObject.Sequence"/> of the version; of the null version it is not known.</summary>
    public long Sequence { get; }

    public bool IsNull => Text == Null.Text;

    /// <param name="nonce">Random: a place in the order that has become free may be given again, its id never is.</param>
    public static VersionId New(long sequence, ulong nonce)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, nonce);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (ulong)sequence ^ Mix(nonce));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], Check(nonce, sequence));
        return new(Base64Url.EncodeToString(bytes).Replace('-', '.'), sequence);
    }

    /// <summary>The id of a query parameter or an element; null where there is none.</summary>
    public static VersionId? Parse(string? text, string argument = "versionId")
    {
        if (text is null) return null;
        if (text.Length == 0) throw S3Errors.InvalidArgument("Version id cannot be the empty string", argument, text);
        return TryParse(text) ?? throw S3Errors.InvalidArgument("Invalid version id specified", argument, text);
    }

    /// <summary>null where the text is no id that was ever given.</summary>
    public static VersionId? TryParse(string text)
    {
        if (text == Null.Text) return Null;
        if (text.Length != Length || text.Contains('-')) return null;
        Span<byte> bytes = stackalloc byte[24];
        var encoded = text.Replace('.', '-');
        if (!Base64Url.IsValid(encoded) || !Base64Url.TryDecodeFromChars(encoded, bytes, out var length) || length != bytes.Length) return null;
        var nonce = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var sequence = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) ^ Mix(nonce));
        return Check(nonce, sequence) == BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]) ? new(text, sequence) : null;
    }

    public override string ToString() => Text;

    private static ulong Check(ulong nonce, long sequence) => Mix(BitOperations.RotateLeft(Mix((ulong)sequence), 29) ^ nonce);

    /// <summary>SplitMix64: each bit of the value changes half of the result's.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
