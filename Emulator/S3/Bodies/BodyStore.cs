using System.Text;
using Emulator.S3.Rows;
using Emulator.Storage;

namespace Emulator.S3.Bodies;

/// <summary>The rows of bodies and their counts of owners: a copy shares its source's body.</summary>
internal static class BodyStore
{
    private static readonly Space Space = new("s3.bodies");

    public static BodyRow? Find(IReader reader, string bodyId) =>
        reader.TryGet(Space, S3Keys.Body(bodyId), out var row) ? BodyRow.FromRow(row) : null;

    public static BodyRow Require(IReader reader, string bodyId) =>
        Find(reader, bodyId) ?? throw new InvalidDataException($"The store has no row for the body {bodyId}.");

    /// <summary>Writes the row of a new body, which has one owner.</summary>
    public static void Add(IWriteTransaction tx, string bodyId, BodyRow row) => tx.Put(Space, S3Keys.Body(bodyId), row.ToRow());

    /// <summary>One more owner.</summary>
    public static void Retain(IWriteTransaction tx, string bodyId)
    {
        var row = Require(tx, bodyId);
        tx.Put(Space, S3Keys.Body(bodyId), (row with { Owners = row.Owners + 1 }).ToRow());
    }

    /// <summary>One owner less. When the last has gone, the row goes too, and the file's id is told: it is deleted once the transaction has committed.</summary>
    public static void Release(IWriteTransaction tx, string? bodyId, List<string> freed)
    {
        if (bodyId is null) return;
        var row = Require(tx, bodyId);
        if (row.Owners > 1)
        {
            tx.Put(Space, S3Keys.Body(bodyId), (row with { Owners = row.Owners - 1 }).ToRow());
            return;
        }
        tx.Delete(Space, S3Keys.Body(bodyId));
        if (row.Kind == BodyKind.File) freed.Add(bodyId);
        foreach (var part in row.Parts) Release(tx, part.Slices, freed);
    }

    public static void Release(IWriteTransaction tx, IReadOnlyList<BodySlice> slices, List<string> freed)
    {
        foreach (var slice in slices) Release(tx, slice.BodyId, freed);
    }

    /// <summary>The slices of a body that hold a range of it, as files and inline bodies.</summary>
    public static IReadOnlyList<BodySlice> Slices(IReader reader, string bodyId, long offset, long length)
    {
        var row = Require(reader, bodyId);
        if (row.Kind != BodyKind.Parts) return [new(bodyId, offset, length)];
        var slices = new List<BodySlice>();
        var start = 0L;
        foreach (var part in row.Parts)
        {
            if (start + part.Size > offset && start < offset + length)
            {
                foreach (var slice in part.Slices)
                {
                    var from = Math.Max(offset - start, 0);
                    var to = Math.Min(offset + length - start, slice.Length);
                    if (from < to) slices.Add(new(slice.BodyId, slice.Offset + from, to - from));
                    start += slice.Length;
                }
            }
            else
            {
                start += part.Size;
            }
        }
        return slices;
    }

    /// <summary>The files that rows name.</summary>
    public static IEnumerable<string> Files(IReader reader)
    {
        foreach (var (key, value) in reader.Range(Space, KeyRange.All))
        {
            if (value.Span[1] == (byte)BodyKind.File) yield return Encoding.ASCII.GetString(key.Span);
        }
    }
}
