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
        ("DeleteBucketAnalyticsConfiguration", "DELETE /{Bucket}?analytics"),
        ("DeleteBucketEncryption", "DELETE /{Bucket}?encryption"),
        ("DeleteBucketIntelligentTieringConfiguration", "DELETE /{Bucket}?intelligent-tiering"),
        ("DeleteBucketInventoryConfiguration", "DELETE /{Bucket}?inventory"),
        ("DeleteBucketLifecycle", "DELETE /{Bucket}?lifecycle"),
        ("DeleteBucketMetadataConfiguration", "DELETE /{Bucket}?metadataConfiguration"),
        ("DeleteBucketMetadataTableConfiguration", "DELETE /{Bucket}?metadataTable"),
        ("DeleteBucketMetricsConfiguration", "DELETE /{Bucket}?metrics"),
        ("DeleteBucketOwnershipControls", "DELETE /{Bucket}?ownershipControls"),
        ("DeleteBucketReplication", "DELETE /{Bucket}?replication"),
        ("DeletePublicAccessBlock", "DELETE /{Bucket}?publicAccessBlock"),
        ("GetBucketAbac", "GET /{Bucket}?abac"),
        ("GetBucketAccelerateConfiguration", "GET /{Bucket}?accelerate"),
        ("GetBucketAcl", "GET /{Bucket}?acl"),
        ("GetBucketAnalyticsConfiguration", "GET /{Bucket}?analytics&id"),
        ("GetBucketEncryption", "GET /{Bucket}?encryption"),
        ("GetBucketIntelligentTieringConfiguration", "GET /{Bucket}?intelligent-tiering&id"),
        ("GetBucketInventoryConfiguration", "GET /{Bucket}?inventory&id"),
        ("GetBucketLifecycleConfiguration", "GET /{Bucket}?lifecycle"),
        ("GetBucketLogging", "GET /{Bucket}?logging"),
        ("GetBucketMetadataConfiguration", "GET /{Bucket}?metadataConfiguration"),
        ("GetBucketMetadataTableConfiguration", "GET /{Bucket}?metadataTable"),
        ("GetBucketMetricsConfiguration", "GET /{Bucket}?metrics&id"),
        ("GetBucketOwnershipControls", "GET /{Bucket}?ownershipControls"),
        ("GetBucketPolicyStatus", "GET /{Bucket}?policyStatus"),
        ("GetBucketReplication", "GET /{Bucket}?replication"),
        ("GetBucketRequestPayment", "GET /{Bucket}?requestPayment"),
        ("GetBucketVersioning", "GET /{Bucket}?versioning"),
        ("GetObjectAcl", "GET /{Bucket}/{Key+}?acl"),
        ("GetObjectAttributes", "GET /{Bucket}/{Key+}?attributes"),
        ("GetObjectLegalHold", "GET /{Bucket}/{Key+}?legal-hold"),
        ("GetObjectLockConfiguration", "GET /{Bucket}?object-lock"),
        ("GetObjectRetention", "GET /{Bucket}/{Key+}?retention"),
        ("GetObjectTorrent", "GET /{Bucket}/{Key+}?torrent"),
        ("GetPublicAccessBlock", "GET /{Bucket}?publicAccessBlock"),
        ("ListBucketAnalyticsConfigurations", "GET /{Bucket}?analytics"),
        ("ListBucketIntelligentTieringConfigurations", "GET /{Bucket}?intelligent-tiering"),
        ("ListBucketInventoryConfigurations", "GET /{Bucket}?inventory"),
        ("ListBucketMetricsConfigurations", "GET /{Bucket}?metrics"),
        ("ListObjectVersions", "GET /{Bucket}?versions"),
        ("PostObject", "POST /{Bucket}"),
        ("PutBucketAbac", "PUT /{Bucket}?abac"),
        ("PutBucketAccelerateConfiguration", "PUT /{Bucket}?accelerate"),
        ("PutBucketAcl", "PUT /{Bucket}?acl"),
        ("PutBucketAnalyticsConfiguration", "PUT /{Bucket}?analytics"),
        ("PutBucketEncryption", "PUT /{Bucket}?encryption"),
        ("PutBucketIntelligentTieringConfiguration", "PUT /{Bucket}?intelligent-tiering"),
        ("PutBucketInventoryConfiguration", "PUT /{Bucket}?inventory"),
        ("PutBucketLifecycleConfiguration", "PUT /{Bucket}?lifecycle"),
        ("PutBucketLogging", "PUT /{Bucket}?logging"),
        ("PutBucketMetricsConfiguration", "PUT /{Bucket}?metrics"),
        ("PutBucketOwnershipControls", "PUT /{Bucket}?ownershipControls"),
        ("PutBucketReplication", "PUT /{Bucket}?replication"),
        ("PutBucketRequestPayment", "PUT /{Bucket}?requestPayment"),
        ("PutBucketVersioning", "PUT /{Bucket}?versioning"),
        ("PutObjectAcl", "PUT /{Bucket}/{Key+}?acl"),
        ("PutObjectLegalHold", "PUT /{Bucket}/{Key+}?legal-hold"),
        ("PutObjectLockConfiguration", "PUT /{Bucket}?object-lock"),
        ("PutObjectRetention", "PUT /{Bucket}/{Key+}?retention"),
        ("PutPublicAccessBlock", "PUT /{Bucket}?publicAccessBlock"),
        ("RenameObject", "PUT /{Bucket}/{Key+}?renameObject"),
        ("RestoreObject", "POST /{Bucket}/{Key+}?restore"),
        ("SelectObjectContent", "POST /{Bucket}/{Key+}?select&select-type=2"),
        ("UpdateBucketMetadataInventoryTableConfiguration", "PUT /{Bucket}?metadataInventoryTable"),
        ("UpdateBucketMetadataJournalTableConfiguration", "PUT /{Bucket}?metadataJournalTable"),
        ("UpdateObjectEncryption", "PUT /{Bucket}/{Key+}?encryption"),
        ("WriteGetObjectResponse", "POST /WriteGetObjectResponse"),
    ];

    public static OperationTable<S3Service> RefuseByName(this OperationTable<S3Service> table)
    {
        foreach (var (name, template) in Operations) table.NotBuilt(name, template);
        return table;
    }
}
