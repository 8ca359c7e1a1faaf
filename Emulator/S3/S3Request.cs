using System.Globalization;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;
using Emulator.SigV4.Checksums;

namespace Emulator.S3;

/// <summary>What the requests of several operations have in common.</summary>
internal static class S3Request
{
    private static readonly HashSet<string> StorageClasses = new(StringComparer.Ordinal)
    {
        "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR",
    };

    public static BucketReference Bucket(RestRequest request) => new(request.Labels["Bucket"], ExpectedOwner(request, "x-amz-expected-bucket-owner"));

    public static string? ExpectedOwner(RestRequest request, string header)
    {
        var owner = request.Header(header);
        if (owner is null) return null;
        return owner.Length == 12 && owner.All(char.IsAsciiDigit) ? owner : throw S3Errors.InvalidBucketOwner(owner);
    }

    public static string Key(RestRequest request) => ObjectKey.FromPath(request.RawPath);

    /// <summary>A request to put an object that names half a part is none. Observed: both, to the letter.</summary>
    public static void CheckIsNoPart(RestRequest request)
    {
        if (request.HasQuery("partNumber")) throw S3Errors.InvalidArgument("This operation does not accept partNumber without uploadId", "partNumber", "partNumber");
        if (request.HasQuery("uploadId")) throw S3Errors.UploadMethodNotAllowed(request.Method);
    }

    /// <summary>The storage class of an upload.</summary>
    public static string StorageClass(RestRequest request)
    {
        var storageClass = request.Header("x-amz-storage-class");
        if (storageClass is null) return StoredObject.StandardClass;
        return StorageClasses.Contains(storageClass) ? storageClass : throw S3Errors.InvalidStorageClass(storageClass);
    }

    /// <summary>Refuses by name what an upload may ask for and is not built.</summary>
    public static void CheckUploadHeaders(RestRequest request, string operation)
    {
        const string Append = "x-amz-write-offset-bytes";
        if (request.Header(Append) is not null) throw Errors.NotImplemented(operation, Append);
    }

    /// <summary>What who makes an object asks permission for.</summary>
    /// <remarks>Who writes an object says to whom it is given, by his own policies; the bucket's policy need not allow it: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ensure-object-ownership.html</remarks>
    public static IReadOnlyList<Permission> UploadPermissions(Call call, string arn, IReadOnlyList<Tag> tags, AclRequest acl, LockHeaders locks, WriteCondition condition = default)
    {
        var permissions = new List<Permission>(1) { new("s3:PutObject", arn) };
        if (tags.Count > 0) permissions.Add(new("s3:PutObjectTagging", arn));
        if (!acl.IsAbsent) permissions.Add(new("s3:PutObjectAcl", arn) { Owner = call.Caller.Kind == CallerKind.Anonymous ? null : call.Account });
        permissions.AddRange(locks.Permissions(arn));
        permissions.AddRange(condition.Permissions(arn));
        return permissions;
    }

    /// <summary>The size of an uploaded object or part, which must be declared.</summary>
    public static long BodyLength(RestRequest request)
    {
        if (request.Header("x-amz-decoded-content-length") is { } decoded)
        {
            return long.TryParse(decoded, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : throw S3Errors.MissingContentLength();
        }
        if (request.ContentLength is { } declared) return declared;
        throw request.Header("Transfer-Encoding") is { } encoding ? S3Errors.HeaderNotImplemented("Transfer-Encoding") : S3Errors.MissingContentLength();
    }

    /// <summary>A number of the query between 0 and the greatest int; the default where it is absent or empty.</summary>
    public static int QueryNumber(RestRequest request, string name, int otherwise)
    {
        var text = request.QueryValue(name);
        if (string.IsNullOrEmpty(text)) return otherwise;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number > int.MaxValue || number < int.MinValue)
        {
            throw S3Errors.InvalidArgument($"Provided {name} not an integer or within integer range", name, text);
        }
        return number >= 0 ? (int)number : throw S3Errors.InvalidArgument($"Argument {name} must be an integer between 0 and 2147483647", name, text);
    }

    /// <summary>Whether a list is to tell of the objects that are being restored, or are.</summary>
    public static bool TellsRestoreStatus(RestRequest request)
    {
        const string Header = "x-amz-optional-object-attributes";
        if (request.Header(Header) is not { } attributes) return false;
        return attributes == "RestoreStatus" ? true : throw S3Errors.InvalidArgument("Invalid attribute name specified.", Header, attributes);
    }

    /// <summary>Whether keys are to be written url-encoded.</summary>
    public static bool EncodesUrl(RestRequest request) => request.QueryValue("encoding-type") switch
    {
        null => false,
        "url" => true,
        var other => throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", other),
    };

    /// <summary>The document in the body, not yet read.</summary>
    public static S3Document Document(RestRequest request, int limitBytes = S3Limits.SettingsDocumentBytes) => new(request.Body, DeclaredChecksum.Of(request), limitBytes);

    /// <summary>As above, where a checksum must come with it.</summary>
    public static S3Document CheckedDocument(RestRequest request, int limitBytes = S3Limits.SettingsDocumentBytes) => Document(request, limitBytes) with { DemandsChecksum = true };
}
