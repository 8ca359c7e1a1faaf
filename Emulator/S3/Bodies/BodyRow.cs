using Emulator.S3.Rows;

namespace Emulator.S3.Bodies;

/// <summary>A run of bytes of a body.</summary>
internal readonly record struct BodySlice(string BodyId, long Offset, long Length);

/// <summary>A part of a completed multipart upload: its bytes lie in one slice, or in several where it was copied from a multipart object.</summary>
/// <param name="Checksum">Base 64; null where the upload named no algorithm.</param>
internal sealed record BodyPart(int Number, long Size, string? Checksum, IReadOnlyList<BodySlice> Slices);

/// <summary>A body that is no file: small bytes, or parts. Bodies are immutable, and shared by all who own them.</summary>
internal sealed record BodyRow(long Owners)
{
    private const byte Format = 1;

    /// <summary>The bytes of a small body.</summary>
    public ReadOnlyMemory<byte> Inline { get; init; }

    /// <summary>The parts in their order.</summary>
    public IReadOnlyList<BodyPart> Parts { get; init; } = [];

    public ReadOnlyMemory<byte> ToRow()
    {
        var row = new RowWriter(Format).Number(Owners).Number(Parts.Count);
        foreach (var part in Parts)
        {
            row.Number(part.Number).Number(part.Size).Text(part.Checksum);
            WriteSlices(row, part.Slices);
        }
        return row.Bytes(Inline.Span).ToRow();
    }

    public static BodyRow FromRow(ReadOnlyMemory<byte> bytes)
    {
        var row = new RowReader(bytes.Span, Format);
        var owners = row.Number();
        var parts = new BodyPart[(int)row.Number()];
        for (var i = 0; i < parts.Length; i++) parts[i] = new((int)row.Number(), row.Number(), row.Text(), ReadSlices(ref row));
        return new(owners) { Parts = parts, Inline = bytes[^(int)row.Number()..] };
    }

    public static void WriteSlices(RowWriter row, IReadOnlyList<BodySlice> slices)
    {
        row.Number(slices.Count);
        foreach (var slice in slices) row.Text(slice.BodyId).Number(slice.Offset).Number(slice.Length);
    }

    public static BodySlice[] ReadSlices(ref RowReader row)
    {
        var slices = new BodySlice[(int)row.Number()];
        for (var i = 0; i < slices.Length; i++) slices[i] = new(row.Text()!, row.Number(), row.Number());
        return slices;
    }
}
