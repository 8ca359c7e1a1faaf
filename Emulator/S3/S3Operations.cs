using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.ObjectLock;
using Emulator.S3.Operations;
using Emulator.S3.Settings;

namespace Emulator.S3;

/// <summary>What S3 can do, in the order of the API reference.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html. Every operation may be called without a signature: the bucket's policy decides.</remarks>
internal static class S3Operations
{
    private const OperationAccess Any = OperationAccess.SignedOrAnonymous;

    public static OperationTable<S3Service> Table { get; } = new OperationTable<S3Service>()
        .Rest("AbortMultipartUpload", "DELETE /{Bucket}/{Key+}?uploadId", "s3:AbortMultipartUpload",
            (_, input) => $"{input.Bucket.Arn}/{input.Key}", AbortMultipartUpload.Bind, AbortMultipartUpload.Execute, AbortMultipartUpload.Write, Any)
        .Rest("CompleteMultipartUpload", "POST /{Bucket}/{Key+}?uploadId", "s3:PutObject",
            CompleteMultipartUpload.Permissions, CompleteMultipartUpload.Bind, CompleteMultipartUpload.Execute, CompleteMultipartUpload.Write, Any)
        .Rest("CopyObject", "PUT /{Bucket}/{Key+} x-amz-copy-source", "s3:PutObject", CopyObject.Permissions, CopyObject.Bind, CopyObject.Execute, CopyObject.Write, Any)
        .Rest("CreateBucket", "PUT /{Bucket}", "s3:CreateBucket", CreateBucket.Permissions, CreateBucket.Bind, CreateBucket.Execute, CreateBucket.Write, Any)
        .Rest("CreateMultipartUpload", "POST /{Bucket}/{Key+}?uploads", "s3:PutObject",
            CreateMultipartUpload.Permissions, CreateMultipartUpload.Bind, CreateMultipartUpload.Execute, CreateMultipartUpload.Write, Any)
        .Rest("DeleteBucket", "DELETE /{Bucket}", "s3:DeleteBucket", Arn, S3Request.Bucket, DeleteBucket.Execute, DeleteBucket.Write, Any)
        .Rest("DeleteBucketAnalyticsConfiguration", "DELETE /{Bucket}?analytics", "s3:PutAnalyticsConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Analytics.Delete, NoContent, Any)
        .Rest("DeleteBucketCors", "DELETE /{Bucket}?cors", "s3:PutBucketCORS", Arn, S3Request.Bucket, BucketCors.Delete, NoContent, Any)
        .Rest("DeleteBucketEncryption", "DELETE /{Bucket}?encryption", "s3:PutEncryptionConfiguration", Arn, S3Request.Bucket, BucketEncryption.Delete, NoContent, Any)
        .Rest("DeleteBucketIntelligentTieringConfiguration", "DELETE /{Bucket}?intelligent-tiering", "s3:PutIntelligentTieringConfiguration", NamedArn, NamedInput.Bind, NamedSettings.IntelligentTiering.Delete, NoContent, Any)
        .Rest("DeleteBucketInventoryConfiguration", "DELETE /{Bucket}?inventory", "s3:PutInventoryConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Inventory.Delete, NoContent, Any)
        .Rest("DeleteBucketLifecycle", "DELETE /{Bucket}?lifecycle", "s3:PutLifecycleConfiguration", Arn, S3Request.Bucket, BucketLifecycle.Delete, NoContent, Any)
        .Rest("DeleteBucketMetricsConfiguration", "DELETE /{Bucket}?metrics", "s3:PutMetricsConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Metrics.Delete, NoContent, Any)
        .Rest("DeleteBucketOwnershipControls", "DELETE /{Bucket}?ownershipControls", "s3:PutBucketOwnershipControls", Arn, S3Request.Bucket, BucketOwnershipControls.Delete, NoContent, Any)
        .Rest("DeleteBucketPolicy", "DELETE /{Bucket}?policy", "s3:DeleteBucketPolicy", Arn, S3Request.Bucket, BucketPolicy.Delete, NoContent, Any)
        .Rest("DeleteBucketReplication", "DELETE /{Bucket}?replication", "s3:PutReplicationConfiguration", Arn, S3Request.Bucket, BucketReplication.Delete, NoContent, Any)
        .Rest("DeleteBucketTagging", "DELETE /{Bucket}?tagging", "s3:PutBucketTagging", Arn, S3Request.Bucket, BucketTagging.Delete, NoContent, Any)
        .Rest("DeleteBucketWebsite", "DELETE /{Bucket}?website", "s3:DeleteBucketWebsite", Arn, S3Request.Bucket, BucketWebsite.Delete, NoContent, Any)
        .Rest("DeleteObject", "DELETE /{Bucket}/{Key+}", "s3:DeleteObject", DeleteObject.Permissions, DeleteObject.Bind, DeleteObject.Execute, DeleteObject.Write, Any)
        .Rest("DeleteObjects", "POST /{Bucket}?delete", "s3:DeleteObject", (_, _) => [], DeleteObjects.Bind, DeleteObjects.Execute, DeleteObjects.Write, Any)
        .Rest("DeleteObjectTagging", "DELETE /{Bucket}/{Key+}?tagging", "s3:DeleteObjectTagging",
            ObjectTagging.Permissions("Delete"), ObjectTagging.Bind, ObjectTagging.Delete, ObjectTagging.WriteDelete, Any)
        .Rest("DeletePublicAccessBlock", "DELETE /{Bucket}?publicAccessBlock", "s3:PutBucketPublicAccessBlock", Arn, S3Request.Bucket, BucketPublicAccess.Delete, NoContent, Any)
        .Rest("GetBucketAccelerateConfiguration", "GET /{Bucket}?accelerate", "s3:GetAccelerateConfiguration", Arn, S3Request.Bucket, BucketAccelerateConfiguration.Get, BucketAccelerateConfiguration.Write, Any)
        .Rest("GetBucketAcl", "GET /{Bucket}?acl", "s3:GetBucketAcl", Arn, S3Request.Bucket, BucketAcl.Get, BucketAcl.Write, Any)
        .Rest("GetBucketAnalyticsConfiguration", "GET /{Bucket}?analytics&id", "s3:GetAnalyticsConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Analytics.Get, NamedSettings.Analytics.Write, Any)
        .Rest("GetBucketCors", "GET /{Bucket}?cors", "s3:GetBucketCORS", Arn, S3Request.Bucket, BucketCors.Get, BucketCors.Write, Any)
        .Rest("GetBucketEncryption", "GET /{Bucket}?encryption", "s3:GetEncryptionConfiguration", Arn, S3Request.Bucket, BucketEncryption.Get, BucketEncryption.Write, Any)
        .Rest("GetBucketIntelligentTieringConfiguration", "GET /{Bucket}?intelligent-tiering&id", "s3:GetIntelligentTieringConfiguration", NamedArn, NamedInput.Bind, NamedSettings.IntelligentTiering.Get, NamedSettings.IntelligentTiering.Write, Any)
        .Rest("GetBucketInventoryConfiguration", "GET /{Bucket}?inventory&id", "s3:GetInventoryConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Inventory.Get, NamedSettings.Inventory.Write, Any)
        .Rest("GetBucketLifecycleConfiguration", "GET /{Bucket}?lifecycle", "s3:GetLifecycleConfiguration", Arn, S3Request.Bucket, BucketLifecycle.Get, BucketLifecycle.WriteGet, Any)
        .Rest("GetBucketLocation", "GET /{Bucket}?location", "s3:GetBucketLocation", Arn, S3Request.Bucket, GetBucketLocation.Execute, GetBucketLocation.Write, Any)
        .Rest("GetBucketLogging", "GET /{Bucket}?logging", "s3:GetBucketLogging", Arn, S3Request.Bucket, BucketLogging.Get, BucketLogging.Write, Any)
        .Rest("GetBucketMetricsConfiguration", "GET /{Bucket}?metrics&id", "s3:GetMetricsConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Metrics.Get, NamedSettings.Metrics.Write, Any)
        .Rest("GetBucketNotificationConfiguration", "GET /{Bucket}?notification", "s3:GetBucketNotification",
            Arn, S3Request.Bucket, BucketNotificationConfiguration.Get, BucketNotificationConfiguration.Write, Any)
        .Rest("GetBucketOwnershipControls", "GET /{Bucket}?ownershipControls", "s3:GetBucketOwnershipControls", Arn, S3Request.Bucket, BucketOwnershipControls.Get, BucketOwnershipControls.Write, Any)
        .Rest("GetBucketPolicy", "GET /{Bucket}?policy", "s3:GetBucketPolicy", Arn, S3Request.Bucket, BucketPolicy.Get, BucketPolicy.WritePolicy, Any)
        .Rest("GetBucketPolicyStatus", "GET /{Bucket}?policyStatus", "s3:GetBucketPolicyStatus", Arn, S3Request.Bucket, BucketPublicAccess.Status, BucketPublicAccess.WriteStatus, Any)
        .Rest("GetBucketReplication", "GET /{Bucket}?replication", "s3:GetReplicationConfiguration", Arn, S3Request.Bucket, BucketReplication.Get, BucketReplication.Write, Any)
        .Rest("GetBucketRequestPayment", "GET /{Bucket}?requestPayment", "s3:GetBucketRequestPayment", Arn, S3Request.Bucket, BucketRequestPayment.Get, BucketRequestPayment.Write, Any)
        .Rest("GetBucketTagging", "GET /{Bucket}?tagging", "s3:GetBucketTagging", Arn, S3Request.Bucket, BucketTagging.Get, BucketTagging.Write, Any)
        .Rest("GetBucketVersioning", "GET /{Bucket}?versioning", "s3:GetBucketVersioning", Arn, S3Request.Bucket, BucketVersioning.Get, BucketVersioning.Write, Any)
        .Rest("GetBucketWebsite", "GET /{Bucket}?website", "s3:GetBucketWebsite", Arn, S3Request.Bucket, BucketWebsite.Get, BucketWebsite.Write, Any)
        .Rest("GetObject", "GET /{Bucket}/{Key+}", "s3:GetObject", GetObject.Permissions, GetObject.Bind, GetObject.Execute, GetObject.Write, Any)
        .Rest("GetObjectAcl", "GET /{Bucket}/{Key+}?acl", "s3:GetObjectAcl", ObjectAcl.Permissions("Get"), ObjectAcl.Bind, ObjectAcl.Get, ObjectAcl.Write, Any)
        .Rest("GetObjectAttributes", "GET /{Bucket}/{Key+}?attributes", "s3:GetObjectAttributes",
            GetObjectAttributes.Permissions, GetObjectAttributes.Bind, GetObjectAttributes.Execute, GetObjectAttributes.Write, Any)
        .Rest("GetObjectLegalHold", "GET /{Bucket}/{Key+}?legal-hold", "s3:GetObjectLegalHold", LockArn, ObjectLockInput.Bind, ObjectLegalHold.Get, ObjectLegalHold.Write, Any)
        .Rest("GetObjectLockConfiguration", "GET /{Bucket}?object-lock", "s3:GetBucketObjectLockConfiguration", Arn, S3Request.Bucket, BucketObjectLock.Get, BucketObjectLock.Write, Any)
        .Rest("GetObjectRetention", "GET /{Bucket}/{Key+}?retention", "s3:GetObjectRetention", LockArn, ObjectLockInput.Bind, ObjectRetention.Get, ObjectRetention.Write, Any)
        .Rest("GetObjectTagging", "GET /{Bucket}/{Key+}?tagging", "s3:GetObjectTagging",
            ObjectTagging.Permissions("Get"), ObjectTagging.Bind, ObjectTagging.Get, ObjectTagging.Write, Any)
        .Rest("GetPublicAccessBlock", "GET /{Bucket}?publicAccessBlock", "s3:GetBucketPublicAccessBlock", Arn, S3Request.Bucket, BucketPublicAccess.Get, BucketPublicAccess.Write, Any)
        .Rest("HeadBucket", "HEAD /{Bucket}", "s3:ListBucket", Arn, S3Request.Bucket, HeadBucket.Execute, HeadBucket.Write, Any)
        .Rest("HeadObject", "HEAD /{Bucket}/{Key+}", "s3:GetObject", GetObject.Permissions, GetObject.Bind, GetObject.Execute, GetObject.Write, Any)
        .Rest("ListBucketAnalyticsConfigurations", "GET /{Bucket}?analytics", "s3:GetAnalyticsConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Analytics.List, NamedSettings.Analytics.WriteList, Any)
        .Rest("ListBucketIntelligentTieringConfigurations", "GET /{Bucket}?intelligent-tiering", "s3:GetIntelligentTieringConfiguration", NamedArn, NamedInput.Bind, NamedSettings.IntelligentTiering.List, NamedSettings.IntelligentTiering.WriteList, Any)
        .Rest("ListBucketInventoryConfigurations", "GET /{Bucket}?inventory", "s3:GetInventoryConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Inventory.List, NamedSettings.Inventory.WriteList, Any)
        .Rest("ListBucketMetricsConfigurations", "GET /{Bucket}?metrics", "s3:GetMetricsConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Metrics.List, NamedSettings.Metrics.WriteList, Any)
        .Rest("ListBuckets", "GET /", "s3:ListAllMyBuckets", (_, _) => "*", ListBuckets.Bind, ListBuckets.Execute, ListBuckets.Write, Any)
        .Rest("ListMultipartUploads", "GET /{Bucket}?uploads", "s3:ListBucketMultipartUploads",
            (_, input) => input.Bucket.Arn, ListMultipartUploads.Bind, ListMultipartUploads.Execute, ListMultipartUploads.Write, Any)
        .Rest("ListObjects", "GET /{Bucket}", "s3:ListBucket", ListObjects.Permissions, ListObjects.Bind, ListObjects.Execute, ListObjects.Write, Any)
        .Rest("ListObjectsV2", "GET /{Bucket}?list-type=2", "s3:ListBucket", ListObjectsV2.Permissions, ListObjectsV2.Bind, ListObjectsV2.Execute, ListObjectsV2.Write, Any)
        .Rest("ListObjectVersions", "GET /{Bucket}?versions", "s3:ListBucketVersions",
            ListObjectVersions.Permissions, ListObjectVersions.Bind, ListObjectVersions.Execute, ListObjectVersions.Write, Any)
        .Rest("ListParts", "GET /{Bucket}/{Key+}?uploadId", "s3:ListMultipartUploadParts",
            (_, input) => $"{input.Bucket.Arn}/{input.Key}", ListParts.Bind, ListParts.Execute, ListParts.Write, Any)
        .Rest("OptionsObject", "OPTIONS /{Bucket}/{Key+}", "", (_, _) => "", OptionsObject.Bind, OptionsObject.Execute, reply => reply, OperationAccess.Open)
        .Rest("OptionsBucket", "OPTIONS /{Bucket}", "", (_, _) => "", OptionsObject.Bind, OptionsObject.Execute, reply => reply, OperationAccess.Open)
        .Rest("PostObject", "POST /{Bucket}", "s3:PutObject", (_, _) => [], PostObject.Bind, PostObject.Execute, reply => reply, Any)
        .Rest("PutBucketAccelerateConfiguration", "PUT /{Bucket}?accelerate", "s3:PutAccelerateConfiguration", DocumentArn, BucketDocumentInput.Bind, BucketAccelerateConfiguration.Put, Ok, Any)
        .Rest("PutBucketAcl", "PUT /{Bucket}?acl", "s3:PutBucketAcl", (_, input) => input.Bucket.Arn, BucketAcl.Bind, BucketAcl.Put, Ok, Any)
        .Rest("PutBucketAnalyticsConfiguration", "PUT /{Bucket}?analytics", "s3:PutAnalyticsConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Analytics.Put, NoContent, Any)
        .Rest("PutBucketCors", "PUT /{Bucket}?cors", "s3:PutBucketCORS", DocumentArn, BucketDocumentInput.BindChecked, BucketCors.Put, Ok, Any)
        .Rest("PutBucketEncryption", "PUT /{Bucket}?encryption", "s3:PutEncryptionConfiguration", DocumentArn, BucketDocumentInput.Bind, BucketEncryption.Put, Ok, Any)
        .Rest("PutBucketIntelligentTieringConfiguration", "PUT /{Bucket}?intelligent-tiering", "s3:PutIntelligentTieringConfiguration", NamedArn, NamedInput.Bind, NamedSettings.IntelligentTiering.Put, NoContent, Any)
        .Rest("PutBucketInventoryConfiguration", "PUT /{Bucket}?inventory", "s3:PutInventoryConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Inventory.Put, NoContent, Any)
        .Rest("PutBucketLifecycleConfiguration", "PUT /{Bucket}?lifecycle", "s3:PutLifecycleConfiguration", (_, input) => input.Bucket.Arn, BucketLifecycle.Bind, BucketLifecycle.Put, BucketLifecycle.WritePut, Any)
        .Rest("PutBucketLogging", "PUT /{Bucket}?logging", "s3:PutBucketLogging", DocumentArn, BucketDocumentInput.Bind, BucketLogging.Put, Ok, Any)
        .Rest("PutBucketMetricsConfiguration", "PUT /{Bucket}?metrics", "s3:PutMetricsConfiguration", NamedArn, NamedInput.Bind, NamedSettings.Metrics.Put, NoContent, Any)
        .Rest("PutBucketNotificationConfiguration", "PUT /{Bucket}?notification", "s3:PutBucketNotification",
            (_, input) => input.Bucket.Arn, BucketNotificationConfiguration.Bind, BucketNotificationConfiguration.Put, Ok, Any)
        .Rest("PutBucketOwnershipControls", "PUT /{Bucket}?ownershipControls", "s3:PutBucketOwnershipControls", DocumentArn, BucketDocumentInput.Bind, BucketOwnershipControls.Put, Ok, Any)
        .Rest("PutBucketPolicy", "PUT /{Bucket}?policy", "s3:PutBucketPolicy", DocumentArn, BucketDocumentInput.Bind, BucketPolicy.Put, NoContent, Any)
        .Rest("PutBucketReplication", "PUT /{Bucket}?replication", "s3:PutReplicationConfiguration", DocumentArn, BucketDocumentInput.Bind, BucketReplication.Put, Ok, Any)
        .Rest("PutBucketRequestPayment", "PUT /{Bucket}?requestPayment", "s3:PutBucketRequestPayment", DocumentArn, BucketDocumentInput.Bind, BucketRequestPayment.Put, Ok, Any)
        .Rest("PutBucketTagging", "PUT /{Bucket}?tagging", "s3:PutBucketTagging", DocumentArn, BucketDocumentInput.BindChecked, BucketTagging.Put, NoContent, Any)
        .Rest("PutBucketVersioning", "PUT /{Bucket}?versioning", "s3:PutBucketVersioning", DocumentArn, BucketDocumentInput.Bind, BucketVersioning.Put, Ok, Any)
        .Rest("PutBucketWebsite", "PUT /{Bucket}?website", "s3:PutBucketWebsite", DocumentArn, BucketDocumentInput.Bind, BucketWebsite.Put, Ok, Any)
        .Rest("PutObject", "PUT /{Bucket}/{Key+}", "s3:PutObject", PutObject.Permissions, PutObject.Bind, PutObject.Execute, PutObject.Write, Any)
        .Rest("PutObjectAcl", "PUT /{Bucket}/{Key+}?acl", "s3:PutObjectAcl", ObjectAcl.Permissions("Put"), ObjectAcl.Bind, ObjectAcl.Put, ObjectAcl.WritePut, Any)
        .Rest("PutObjectLegalHold", "PUT /{Bucket}/{Key+}?legal-hold", "s3:PutObjectLegalHold", LockArn, ObjectLockInput.Bind, ObjectLegalHold.Put, _ => Reply.Empty(), Any)
        .Rest("PutObjectLockConfiguration", "PUT /{Bucket}?object-lock", "s3:PutBucketObjectLockConfiguration", DocumentArn, BucketDocumentInput.BindChecked, BucketObjectLock.Put, Ok, Any)
        .Rest("PutObjectRetention", "PUT /{Bucket}/{Key+}?retention", "s3:PutObjectRetention", LockArn, ObjectLockInput.Bind, ObjectRetention.Put, _ => Reply.Empty(), Any)
        .Rest("PutObjectTagging", "PUT /{Bucket}/{Key+}?tagging", "s3:PutObjectTagging",
            ObjectTagging.Permissions("Put"), ObjectTagging.Bind, ObjectTagging.Put, ObjectTagging.WritePut, Any)
        .Rest("PutPublicAccessBlock", "PUT /{Bucket}?publicAccessBlock", "s3:PutBucketPublicAccessBlock", DocumentArn, BucketDocumentInput.Bind, BucketPublicAccess.Put, Ok, Any)
        .Rest("RenameObject", "PUT /{Bucket}/{Key+}?renameObject", "s3:PutObject", (_, input) => $"{input.Bucket.Arn}/{input.Key}", RenameObject.Bind, RenameObject.Execute, Ok, Any)
        .Rest("RestoreObject", "POST /{Bucket}/{Key+}?restore", "s3:RestoreObject", (_, input) => $"{input.Bucket.Arn}/{input.Key}", RestoreObject.Bind, RestoreObject.Execute, RestoreObject.Write, Any)
        .Rest("UpdateObjectEncryption", "PUT /{Bucket}/{Key+}?encryption", "s3:UpdateObjectEncryption",
            UpdateObjectEncryption.Permissions, UpdateObjectEncryption.Bind, UpdateObjectEncryption.Execute, _ => Reply.Empty(), Any)
        .Rest("UploadPart", "PUT /{Bucket}/{Key+}?partNumber&uploadId", "s3:PutObject", UploadPart.Permissions, UploadPart.Bind, UploadPart.Execute, UploadPart.Write, Any)
        .Rest("UploadPartCopy", "PUT /{Bucket}/{Key+}?partNumber&uploadId x-amz-copy-source", "s3:PutObject",
            UploadPartCopy.Permissions, UploadPartCopy.Bind, UploadPartCopy.Execute, UploadPartCopy.Write, Any)
        .RefuseByName();

    private static string Arn(Call call, BucketReference input) => input.Arn;

    private static string NamedArn(Call call, NamedInput input) => input.Bucket.Arn;

    private static string DocumentArn(Call call, BucketDocumentInput input) => input.Bucket.Arn;

    private static string LockArn(Call call, ObjectLockInput input) => input.Arn;

    private static Reply NoContent(Bucket output) => Reply.Empty(204);

    private static Reply Ok(Bucket output) => Reply.Empty();
}
