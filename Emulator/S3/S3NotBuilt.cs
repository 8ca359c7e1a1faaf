using Emulator.Protocols;

namespace Emulator.S3;

/// <summary>What AWS's S3 can do and this one does not yet: refused by name.</summary>
internal static class S3NotBuilt
{
    private static readonly (string Name, string Template)[] Operations =
    [
        ("CreateBucketMetadataConfiguration", "POST /{Bucket}?metadataConfiguration"),
        ("CreateBucketMetadataTableConfiguration", "POST /{Bucket}?metadataTable"),
        ("CreateSession", "GET /{Bucket}?session"),
        ("DeleteBucketMetadataConfiguration", "DELETE /{Bucket}?metadataConfiguration"),
        ("DeleteBucketMetadataTableConfiguration", "DELETE /{Bucket}?metadataTable"),
        ("GetBucketAbac", "GET /{Bucket}?abac"),
        ("GetBucketMetadataConfiguration", "GET /{Bucket}?metadataConfiguration"),
        ("GetBucketMetadataTableConfiguration", "GET /{Bucket}?metadataTable"),
        ("GetObjectTorrent", "GET /{Bucket}/{Key+}?torrent"),
        ("PutBucketAbac", "PUT /{Bucket}?abac"),
        ("SelectObjectContent", "POST /{Bucket}/{Key+}?select&select-type=2"),
        ("UpdateBucketMetadataInventoryTableConfiguration", "PUT /{Bucket}?metadataInventoryTable"),
        ("UpdateBucketMetadataJournalTableConfiguration", "PUT /{Bucket}?metadataJournalTable"),
        ("WriteGetObjectResponse", "POST /WriteGetObjectResponse"),
    ];

    public static OperationTable<S3Service> RefuseByName(this OperationTable<S3Service> table)
    {
        foreach (var (name, template) in Operations) table.NotBuilt(name, template);
        return table;
    }
}
