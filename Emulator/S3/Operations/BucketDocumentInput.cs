using Emulator.Protocols;
using Emulator.S3.Buckets;

namespace Emulator.S3.Operations;

/// <summary>A bucket and the document that is to become one of its settings.</summary>
internal sealed record BucketDocumentInput(BucketReference Bucket, S3Document Document)
{
    public static BucketDocumentInput Bind(RestRequest request) => new(S3Request.Bucket(request), S3Request.Document(request));

    /// <summary>For the settings whose documents must come with a checksum.</summary>
    public static BucketDocumentInput BindChecked(RestRequest request) => new(S3Request.Bucket(request), S3Request.CheckedDocument(request));
}
