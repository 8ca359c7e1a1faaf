using System.Text;

namespace Emulator.DynamoDb.Values;

/// <summary>The name of an attribute, with the bytes by which items know it.</summary>
internal sealed class AttributeName(string text) : IComparable<AttributeName>, IEquatable<AttributeName>
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(text);

    public string Text { get; } = text;

    public ReadOnlySpan<byte> Utf8 => _utf8;

    public int CompareTo(AttributeName? other) => other is null ? 1 : Utf8.SequenceCompareTo(other.Utf8);

    public bool Equals(AttributeName? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as AttributeName);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
