using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Objects;

namespace Emulator.S3;

/// <summary>The errors of S3, one member for each text that AWS sends.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; the texts are those that AWS sends, which that page does not always print.</remarks>
internal static class S3Errors
{
    public static AwsException AccessDenied(string message = "Access Denied") => new("AccessDenied", message, 403);

    public static AwsException NoSuchBucket(string bucket) =>
        Error("NoSuchBucket", "The specified bucket does not exist", 404, ("BucketName", bucket));

    public static AwsException NoSuchKey(string key) =>
        Error("NoSuchKey", "The specified key does not exist.", 404, ("Key", key));

    public static AwsException NoSuchUpload(string uploadId) =>
        Error("NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", 404, ("UploadId", uploadId));

    /// <summary>Of an object that a delete marker hides.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html</remarks>
    public static AwsException NoSuchKey(string key, StoredObject? marker) => marker is null
        ? NoSuchKey(key)
        : new("NoSuchKey", "The specified key does not exist.", 404)
        {
            Members = [new("Key", key)],
            Headers = [new("x-amz-delete-marker", "true"), new("x-amz-version-id", marker.ToldVersionId)],
        };

    public static AwsException NoSuchVersion(string key, VersionId versionId) =>
        Error("NoSuchVersion", "The specified version does not exist.", 404, ("Key", key), ("VersionId", versionId.Text));

    /// <summary>A delete marker can only be deleted.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html; Last-Modified: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html</remarks>
    public static AwsException IsDeleteMarker(StoredObject marker, string method) =>
        new("MethodNotAllowed", "The specified method is not allowed against this resource.", 405)
        {
            Members = [new("Method", method), new("ResourceType", "DeleteMarker")],
            Headers =
            [
                new("x-amz-delete-marker", "true"), new("x-amz-version-id", marker.ToldVersionId), new("Allow", "DELETE"), new("Last-Modified", marker.LastModified.ToString("R")),
            ],
        };

    public static AwsException CopySourceIsDeleteMarker() => InvalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");

    public static AwsException InvalidArgument(string message, string name, string? value) =>
        Error("InvalidArgument", message, 400, ("ArgumentName", name), ("ArgumentValue", value));

    /// <summary>Some arguments are named without their value.</summary>
    public static AwsException InvalidArgument(string message, string name) => Error("InvalidArgument", message, 400, ("ArgumentName", name));

    /// <summary>Some errors name no argument.</summary>
    public static AwsException InvalidArgument(string message) => new("InvalidArgument", message);

    /// <summary>Of what becomes a header of an answer.</summary>
    public static AwsException ControlCharacters(string name, string value) => InvalidArgument("Header value cannot contain control characters.", name, value);

    public static AwsException InvalidRequest(string message) => new("InvalidRequest", message);

    public static AwsException InvalidUri(string uri) => Error("InvalidURI", "Couldn't parse the specified URI.", 400, ("URI", uri));

    public static AwsException MethodNotAllowed(string method, string resourceType) =>
        Error("MethodNotAllowed", "The specified method is not allowed against this resource.", 405, ("Method", method), ("ResourceType", resourceType));

    /// <summary>What has only an upload id is listed, completed or aborted.</summary>
    public static AwsException UploadMethodNotAllowed(string method) =>
        new("MethodNotAllowed", "The specified method is not allowed against this resource.", 405)
        {
            Members = [new("Method", method), new("ResourceType", "UPLOAD")],
            Headers = [new("Allow", "DELETE, POST, GET")],
        };

    // Buckets

    public static AwsException InvalidBucketName(string bucket) =>
        Error("InvalidBucketName", "The specified bucket is not valid.", 400, ("BucketName", bucket));

    public static AwsException BucketAlreadyExists(string bucket) =>
        Error("BucketAlreadyExists", "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.", 409, ("BucketName", bucket));

    public static AwsException BucketAlreadyOwnedByYou(string bucket) =>
        Error("BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", 409, ("BucketName", bucket));

    public static AwsException PermanentRedirect(Bucket bucket, string endpoint) =>
        Error("PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.", 301,
            ("Endpoint", endpoint), ("Bucket", bucket.Name));

    public static AwsException BucketNotEmpty(Bucket bucket) =>
        Error("BucketNotEmpty", bucket.Versioning == VersioningStatus.Unversioned
            ? "The bucket you tried to delete is not empty"
            : "The bucket you tried to delete is not empty. You must delete all versions in the bucket.", 409, ("BucketName", bucket.Name));

    public static AwsException IllegalVersioningConfiguration() => new("IllegalVersioningConfigurationException", "The Versioning element must be specified");

    public static AwsException VersioningOfLockedBucket() =>
        new("InvalidBucketState", "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.", 409);

    /// <summary>Observed: quoted in public reports.</summary>
    public static AwsException VersioningOfReplicatedBucket() =>
        new("InvalidBucketState", "A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.", 409);

    public static AwsException InvalidLocationConstraint(string constraint) =>
        Error("InvalidLocationConstraint", "The specified location-constraint is not valid", 400, ("LocationConstraint", constraint));

    public static AwsException IllegalLocationConstraint(string constraint) =>
        new("IllegalLocationConstraintException", $"The {constraint} location constraint is incompatible for the region specific endpoint this request was sent to.");

    public static AwsException InvalidBucketOwner(string account) =>
        new("InvalidBucketOwnerAWSAccountID", $"The value of the expected bucket owner parameter must be an AWS Account ID... [{account}]");

    public static AwsException InvalidTargetBucketForLogging(string message, string target) =>
        Error("InvalidTargetBucketForLogging", message, 400, ("TargetBucket", target));

    /// <summary>The spelling of the code is AWS's. A bucket of us-east-1 has no location to tell.</summary>
    public static AwsException CrossLocationLogging(string? source, string? target)
    {
        const string Message = "Cross S3 location logging not allowed. ";
        return source is null
            ? Error("CrossLocationLoggingProhibitted", Message, 403, ("TargetBucketLocation", target))
            : Error("CrossLocationLoggingProhibitted", Message, 403, ("SourceBucketLocation", source), ("TargetBucketLocation", target));
    }

    public static AwsException MalformedAcl() => new("MalformedACLError", "The XML you provided was not well-formed or did not validate against our published schema");

    public static AwsException MissingSecurityHeader(string header) =>
        Error("MissingSecurityHeader", "Your request was missing a required header", 400, ("MissingHeaderName", header));

    public static AwsException UnexpectedContent() => new("UnexpectedContent", "This request does not support content");

    public static AwsException UnresolvableEmail(string email) =>
        Error("UnresolvableGrantByEmailAddress", "The email address you provided does not match any account on record.", 400, ("Email", email));

    public static AwsException NoOwnershipControls(string bucket) =>
        Error("OwnershipControlsNotFoundError", "The bucket ownership controls were not found", 404, ("BucketName", bucket));

    public static AwsException NoPublicAccessBlock(string bucket) =>
        Error("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", 404, ("BucketName", bucket));

    /// <param name="action">As <c>s3:PutBucketPolicy</c>.</param>
    /// <param name="what">As <c>public policies are blocked by the BlockPublicPolicy</c>.</param>
    public static AwsException BlockedAsPublic(string caller, string action, string resource, string what) =>
        new("AccessDenied", $"User: {caller} is not authorized to perform: {action} on resource: \"{resource}\" because {what} block public access setting.", 403);

    public static AwsException BucketAclWithEnforcedOwnership() =>
        new("InvalidBucketAclWithObjectOwnership", "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");

    public static AwsException AccessControlListNotSupported() =>
        new("AccessControlListNotSupported", "The bucket does not allow ACLs");

    public static AwsException NoSuchCorsConfiguration(string bucket) =>
        Error("NoSuchCORSConfiguration", "The CORS configuration does not exist", 404, ("BucketName", bucket));

    public static AwsException NoSuchLifecycleConfiguration(string bucket) =>
        Error("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", 404, ("BucketName", bucket));

    public static AwsException NoReplicationConfiguration(string bucket) =>
        Error("ReplicationConfigurationNotFoundError", "The replication configuration was not found", 404, ("BucketName", bucket));

    public static AwsException ReplicationOfUnversionedBucket() =>
        InvalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration");

    public static AwsException NoSuchBucketPolicy(string bucket) =>
        Error("NoSuchBucketPolicy", "The bucket policy does not exist", 404, ("BucketName", bucket));

    public static AwsException NoSuchWebsiteConfiguration(string bucket) =>
        Error("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration", 404, ("BucketName", bucket));

    public static AwsException NoSuchTagSet(string bucket) =>
        Error("NoSuchTagSet", "The TagSet does not exist", 404, ("BucketName", bucket));

    public static AwsException OverlappingNotifications() =>
        InvalidArgument("Configurations overlap. Configurations on the same bucket cannot share a common event type.");

    public static AwsException AmbiguousNotifications() =>
        InvalidArgument("Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.");

    public static AwsException MalformedPolicy(string message) => new("MalformedPolicy", message);

    /// <param name="detail">As <c>"AWS" : "..."</c>; null where it is not even of this form.</param>
    public static AwsException InvalidPrincipal(string? detail) => detail is null ? MalformedPolicy("Invalid principal in policy") : Error("MalformedPolicy", "Invalid principal in policy", 400, ("Detail", detail));

    // Objects

    public static AwsException KeyTooLong(int bytes) =>
        Error("KeyTooLongError", "Your key is too long", 400, ("Size", bytes), ("MaxSizeAllowed", S3Limits.KeyBytes));

    public static AwsException EntityTooLarge(long proposed, long allowed) =>
        Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400, ("ProposedSize", proposed), ("MaxSizeAllowed", allowed));

    public static AwsException EntityTooSmall(long proposed, long least) =>
        Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400, ("ProposedSize", proposed), ("MinSizeAllowed", least));

    public static AwsException MalformedPostRequest() => new("MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");

    public static AwsException PostFieldsTooLarge(int limit) =>
        Error("MaxPostPreDataLengthExceeded", "Your POST request fields preceding the upload file were too large.", 400, ("MaxPostPreDataLengthBytes", limit));

    public static AwsException MissingContentLength() => new("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);

    public static AwsException IncompleteBody() =>
        new("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");

    public static AwsException MetadataTooLarge(int bytes) =>
        Error("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", 400, ("Size", bytes), ("MaxSizeAllowed", S3Limits.MetadataBytes));

    public static AwsException InvalidStorageClass(string requested) =>
        Error("InvalidStorageClass", "The storage class you specified is not valid", 400, ("StorageClassRequested", requested));

    public static AwsException InvalidObjectState(string storageClass) =>
        Error("InvalidObjectState", "The operation is not valid for the object's storage class", 403, ("StorageClass", storageClass));

    /// <summary>Observed: https://github.com/s3tools/s3cmd/pull/193</summary>
    public static AwsException CopySourceIsArchived() => new("InvalidObjectState", "Operation is not valid for the source object's storage class", 403);

    public static AwsException InvalidRedirectLocation() =>
        new("InvalidRedirectLocation", "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.");

    /// <summary>The expected digest is told in the form in which the operation keeps it: PutObject in hex, UploadPart in base 64.</summary>
    public static AwsException BadDigest(string expected, string calculated) =>
        Error("BadDigest", "The Content-MD5 you specified did not match what we received.", 400, ("ExpectedDigest", expected), ("CalculatedDigest", calculated));

    public static AwsException InvalidRange(string requested, long size) =>
        Error("InvalidRange", "The requested range is not satisfiable", 416, ("RangeRequested", requested), ("ActualObjectSize", size));

    public static AwsException InvalidPartNumber(int requested, int count) =>
        Error("InvalidPartNumber", "The requested partnumber is not satisfiable", 416, ("PartNumberRequested", requested), ("ActualPartCount", count));

    public static AwsException PreconditionFailed(string condition) =>
        Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412, ("Condition", condition));

    public static AwsException ConditionalRequestConflict(string condition, string key) =>
        Error("ConditionalRequestConflict", "The conditional request cannot succeed due to a conflicting operation against this resource.", 409, ("Condition", condition), ("Key", key));

    /// <summary>A header that AWS itself does not implement for the operation.</summary>
    public static AwsException HeaderNotImplemented(string header, string? additionalMessage = null) =>
        additionalMessage is null
            ? Error("NotImplemented", "A header you provided implies functionality that is not implemented", 501, ("Header", header))
            : Error("NotImplemented", "A header you provided implies functionality that is not implemented", 501, ("Header", header), ("additionalMessage", additionalMessage));

    public static AwsException IllegalCopyToItself() =>
        InvalidRequest("This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");

    public static AwsException CopySourceTooLarge() =>
        InvalidRequest("The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");

    // Object lock

    public static AwsException ObjectLocked() => new("AccessDenied", "Access Denied because object protected by object lock.", 403);

    public static AwsException NoSuchObjectLockConfiguration() => new("NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration", 404);

    public static AwsException ObjectLockConfigurationNotFound(string bucket) =>
        Error("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket", 404, ("BucketName", bucket));

    public static AwsException LockOfUnversionedBucket() =>
        new("InvalidBucketState", "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration", 409);

    public static AwsException RetainUntilPast(string name, string value) => InvalidArgument("The retain until date must be in the future!", name, value);

    // Multipart uploads

    public static AwsException InvalidPart(string uploadId, int partNumber, string etag) =>
        Error("InvalidPart", "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", 400,
            ("UploadId", uploadId), ("PartNumber", partNumber), ("ETag", etag));

    public static AwsException InvalidPartOrder(string uploadId) =>
        Error("InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.", 400, ("UploadId", uploadId));

    public static AwsException PartTooSmall(long size, int partNumber, string etag) =>
        Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400,
            ("ProposedSize", size), ("MinSizeAllowed", S3Limits.PartBytes), ("PartNumber", partNumber), ("ETag", etag));

    // Checksums

    /// <summary>Observed: https://github.com/versity/versitygw/issues/1301</summary>
    public static AwsException MissingChecksum() => InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");

    /// <summary>Of a completed upload: the algorithm in small letters.</summary>
    public static AwsException ChecksumMismatch(string algorithm) => new("BadDigest", $"The {algorithm} you specified did not match the calculated checksum.");

    public static AwsException ChecksumTypeMismatch(string expected, string actual) =>
        InvalidRequest($"Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {actual}");

    // Tags

    public static AwsException InvalidTag(string message, string? key = null, string? value = null) => (key, value) switch
    {
        (null, _) => new("InvalidTag", message),
        (_, null) => Error("InvalidTag", message, 400, ("TagKey", key)),
        _ => Error("InvalidTag", message, 400, ("TagKey", key), ("TagValue", value)),
    };

    private static AwsException Error(string code, string message, int status, params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var list = new List<KeyValuePair<string, object?>>(members.Length);
        foreach (var (name, value) in members) list.Add(new(name, value));
        return new(code, message, status) { Members = list };
    }
}
