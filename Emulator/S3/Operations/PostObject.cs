using Emulator.Integration;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Objects;
using Emulator.S3.PostUploads;
using Emulator.S3.Upstream;
using Microsoft.AspNetCore.Http;

namespace Emulator.S3.Operations;

/// <summary>Puts an object from a browser's form, which a policy may allow to who could not put it otherwise.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html</remarks>
internal static class PostObject
{
    public static PostObjectInput Bind(RestRequest request) => new(S3Request.Bucket(request), request);

    public static async ValueTask<Reply> Execute(S3Service service, Call call, PostObjectInput input)
    {
        var form = await PostForm.ReadAsync(input.Request, call.Cancelled);
        var key = Key(form);
        // Without a policy the form is anybody's. Recorded: the signature is looked at before what it signs.
        var caller = form["policy"] is null ? call.Caller : service.Forms.Verify(Signature(form));
        var policy = form["policy"] is { } document ? PostPolicy.Parse(document) : null;
        policy?.Check(form, key, input.Bucket.Name, call.Now);

        var request = AsPut(input.Request, form, key);
        var put = PutObject.Bind(request) with
        {
            Tags = Tags(form),
            Length = null,
            Limit = Math.Min(policy?.SizeRange?.Most ?? S3Limits.PutBytes, S3Limits.PutBytes),
            Least = policy?.SizeRange?.Least ?? 0,
        };
        var by = call.As(caller);
        if (!service.Knows(input.Bucket.Name)) throw S3Errors.NoSuchBucket(input.Bucket.Name);
        RequesterPays.Check(service, caller, input.Bucket.Name, RequesterPays.IsConfirmed(form["x-amz-request-payer"]));
        foreach (var permission in PutObject.Permissions(by, put))
        {
            if (!service.Allows(by, permission)) throw S3Errors.AccessDenied();
        }
        if (service.Upstreams?.Find(input.Bucket.Name) is { } upstream)
        {
            var (etag, told) = await ForwardedForm.StoreAsync(service, upstream, by, request, put);
            var answer = Answer(input, form, etag, key);
            answer.Headers.AddRange(told);
            return answer;
        }
        var stored = await PutObject.StoreAsync(service, by, put, "Post");
        var made = stored.Object;
        return made.Encryption.AddAllTo(Answer(input, form, made.QuotedETag, key)).Header("ETag", made.QuotedETag).Header("x-amz-expiration", stored.Expiration).Header("x-amz-version-id", made.VersionId);
    }

    private static string Key(PostForm form)
    {
        if (form["key"] is not { Length: > 0 } key)
        {
            throw S3Errors.InvalidArgument("Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.", "key", "");
        }
        // The last part of a path: old browsers send the whole of it.
        var fileName = form.FileName?[(form.FileName.LastIndexOfAny(['/', '\\']) + 1)..];
        return fileName is null ? key : key.Replace("${filename}", fileName, StringComparison.Ordinal);
    }

    private static FormSignature Signature(PostForm form)
    {
        if (form["x-amz-signature"] is not null || form["x-amz-algorithm"] is not null || form["x-amz-credential"] is not null)
        {
            if (Field(form, "x-amz-algorithm") != "AWS4-HMAC-SHA256") throw S3Errors.InvalidArgument("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"", "x-amz-algorithm", form["x-amz-algorithm"]);
            _ = Field(form, "x-amz-date");
            return new(form["policy"]!, Field(form, "x-amz-credential"), Field(form, "x-amz-signature"), form["x-amz-security-token"], IsVersion4: true);
        }
        return new(form["policy"]!, Field(form, "AWSAccessKeyId"), Field(form, "signature"), form["x-amz-security-token"], IsVersion4: false);
    }

    private static string Field(PostForm form, string name) =>
        form[name] is { Length: > 0 } value ? value : throw S3Errors.InvalidArgument($"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields.", name, "");

    /// <summary>The PutObject that the form stands for: its fields are the headers.</summary>
    private static RestRequest AsPut(RestRequest request, PostForm form, string key)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in form.All)
        {
            if (name.Equals("acl", StringComparison.OrdinalIgnoreCase)) headers["x-amz-acl"] = value;
            else if (IsHeader(name)) headers[name] = value;
        }
        return request with
        {
            Method = "PUT",
            RawPath = $"/{request.Labels["Bucket"]}/{Uri.EscapeDataString(key)}",
            RawQuery = "",
            Query = [],
            Headers = headers,
            Body = form.File,
            ContentLength = 0, // not known until the boundary comes
        };
    }

    private static bool IsHeader(string name) =>
        name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !name.Equals("x-amz-signature", StringComparison.OrdinalIgnoreCase)
        || name.ToLowerInvariant() is "cache-control" or "content-type" or "content-disposition" or "content-encoding" or "content-language" or "expires" or "content-md5";

    private static IReadOnlyList<Tag> Tags(PostForm form) => form["tagging"] is { } document
        ? TagSet.Parse(RestXml.Parse(System.Text.Encoding.UTF8.GetBytes(document), "Tagging"), S3Limits.ObjectTags, TagSet.TooManyObjectTags(), "System tags cannot be added/updated by requester")
        : [];

    private static Reply Answer(PostObjectInput input, PostForm form, string etag, string key)
    {
        var bucket = input.Bucket.Name;
        var location = $"{input.Request.Scheme}://{(input.Request.Host.StartsWith(bucket + ".", StringComparison.Ordinal) ? "" : bucket + ".")}{input.Request.Host}/{Uri.EscapeDataString(key)}";
        var redirect = form["success_action_redirect"] ?? form["redirect"];
        Reply reply;
        // What is no URL is taken for absent. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html (success_action_redirect)
        if (redirect is not null && !redirect.Any(char.IsControl) && Uri.TryCreate(redirect, UriKind.Absolute, out _))
        {
            var separator = redirect.Contains('?') ? '&' : '?';
            reply = Reply.Empty(303).Header("Location", $"{redirect}{separator}bucket={bucket}&key={Uri.EscapeDataString(key)}&etag={Uri.EscapeDataString(etag)}");
        }
        else
        {
            reply = form["success_action_status"] switch
            {
                "200" => Reply.Empty(),
                "201" => Document(location, bucket, key, etag),
                _ => Reply.Empty(204),
            };
            reply.Header("Location", location);
        }
        return reply;
    }

    private static Reply Document(string location, string bucket, string key, string etag)
    {
        var xml = new XmlBuilder().Start("PostResponse"u8).Element("Location"u8, location).Element("Bucket"u8, bucket).Element("Key"u8, key).Element("ETag"u8, etag);
        return xml.End("PostResponse"u8).ToReply(201);
    }
}

internal sealed record PostObjectInput(BucketReference Bucket, RestRequest Request);
