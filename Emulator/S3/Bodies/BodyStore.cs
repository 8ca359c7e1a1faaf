using Emulator.Identifiers;
using Emulator.S3.Rows;
using Emulator.Storage;

namespace Emulator.S3.Bodies;

/// <summary>The bodies of objects and their counts of owners: a copy shares its source's body. Large ones are files, which <see cref="BodyReferences"/> counts; small ones and the lists of parts are rows.</summary>
internal static class BodyStore
{
    private static readonly Space Space = new("s3.bodies");

    // The ids of files are hexadecimal digits.
    private const char InlineMark = 'i';
    private const char PartsMark = 'p';

    public static string NewInlineId(IdSource ids) => InlineMark + ids.LowerAlphanumeric(20);

    public static string NewPartsId(IdSource ids) => PartsMark + ids.LowerAlphanumeric(20);

    public static bool IsFile(string bodyId) => bodyId[0] is not (InlineMark or PartsMark);

    /// <summary>The row of a body that is no file.</summary>
    public static BodyRow Require(IReader reader, string bodyId) =>
        reader.TryGet(Space, S3Keys.Body(bodyId), out var row) ? BodyRow.FromRow(row) : throw new InvalidDataException($"The store has no row for the body {bodyId}.");

    /// <summary>A new file has its first owner.</summary>
    public static void AddFile(IWriteTransaction tx, string bodyId) => BodyReferences.Add(tx, bodyId);

    /// <summary>A new body that is no file.</summary>
    public static void Add(IWriteTransaction tx, string bodyId, BodyRow row) => tx.Put(Space, S3Keys.Body(bodyId), row.ToRow());

    /// <summary>One more owner.</summary>
    public static void Retain(IWriteTransaction tx, string bodyId)
    {
        if (IsFile(bodyId))
        {
            BodyReferences.Add(tx, bodyId);
            return;
        }
        var row = Require(tx, bodyId);
        tx.Put(Space, S3Keys.Body(bodyId), (row with { Owners = row.Owners + 1 }).ToRow());
    }

    /// <summary>One owner less. A file without owners is told: it is deleted once the transaction has committed.</summary>
    public static void Release(IWriteTransaction tx, string? bodyId, List<string> freed)
    {
        if (bodyId is null) return;
        if (IsFile(bodyId))
        {
            if (BodyReferences.Release(tx, bodyId)) freed.Add(bodyId);
            return;
        }
        var row = Require(tx, bodyId);
        if (row.Owners > 1)
        {
            tx.Put(Space, S3Keys.Body(bodyId), (row with { Owners = row.Owners - 1 }).ToRow());
            return;
        }
        tx.Delete(Space, S3Keys.Body(bodyId));
        foreach (var part in row.Parts) Release(tx, part.Slices, freed);
    }

    public static void Release(IWriteTransaction tx, IReadOnlyList<BodySlice> slices, List<string> freed)
    {
        foreach (var slice in slices) Release(tx, slice.BodyId, freed);
    }

    /// <summary>The files and inline bodies that hold a range of a body.</summary>
    public static IReadOnlyList<BodySlice> Slices(IReader reader, string bodyId, long offset, long length)
    {
        if (length == 0) return [];
        if (bodyId[0] != PartsMark) return [new(bodyId, offset, length)];
        var slices = new List<BodySlice>();
        var start = 0L;
        foreach (var part in Require(reader, bodyId).Parts)
        {
            if (start >= offset + length) break;
            if (start + part.Size <= offset)
            {
                start += part.Size;
                continue;
            }
            foreach (var slice in part.Slices)
            {
                var from = Math.Max(offset - start, 0);
                var to = Math.Min(offset + length - start, slice.Length);
                if (from < to) slices.Add(new(slice.BodyId, slice.Offset + from, to - from));
                start += slice.Length;
            }
        }
        return slices;
    }
}
