using System.Text;
using System.Text.Json;
using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.Access;

/// <summary>What an account has set for all of its buckets: a public access block, perhaps. New accounts have none.</summary>
internal static class AccountSettings
{
    public static readonly Space Space = new("s3.accounts");

    public static PublicAccessBlock? FindPublicAccessBlock(IReader reader, string account) =>
        reader.TryGet(Space, Key(account), out var row) ? JsonSerializer.Deserialize(row.Span, S3Json.Default.PublicAccessBlock) : null;

    public static void PutPublicAccessBlock(IWriteTransaction tx, string account, PublicAccessBlock block) =>
        tx.Put(Space, Key(account), JsonSerializer.SerializeToUtf8Bytes(block, S3Json.Default.PublicAccessBlock));

    public static void DeletePublicAccessBlock(IWriteTransaction tx, string account) => tx.Delete(Space, Key(account));

    private static byte[] Key(string account) => Encoding.UTF8.GetBytes($"publicAccessBlock/{account}");
}
