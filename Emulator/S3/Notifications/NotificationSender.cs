using System.Buffers;
using System.Net;
using System.Text.Json;
using Emulator.Integration;
using Emulator.Protocols;
using Emulator.S3.Buckets;

namespace Emulator.S3.Notifications;

/// <summary>Calls functions with the records of what happened in a bucket.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html</remarks>
internal static class NotificationSender
{
    public static void Send(S3Service service, Bucket bucket, in EventCause cause, in S3Event happened)
    {
        NotificationConfiguration? configuration;
        using (var snapshot = service.Snapshot()) configuration = BucketSettings.Notification.Find(snapshot, bucket);
        if (configuration is null) return;
        foreach (var function in configuration.Functions)
        {
            if (!function.Fits(happened.Name, happened.Object.Key)) continue;
            var parts = function.FunctionArn.Split(':');
            service.Functions.Enqueue(new FunctionCall(parts[4], parts[3], function.FunctionArn, Record(service, bucket, cause, function.Id, happened), cause.RequestId));
        }
    }

    private static ReadOnlyMemory<byte> Record(S3Service service, Bucket bucket, in EventCause cause, string configurationId, in S3Event happened)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, AwsJson.WriterOptions);
        json.WriteStartObject();
        json.WriteStartArray("Records");
        json.WriteStartObject();
        json.WriteString("eventVersion", happened.Version);
        json.WriteString("eventSource", "aws:s3");
        json.WriteString("awsRegion", bucket.Region);
        json.WriteString("eventTime", S3EventData.Time(service.Context.Clock.GetUtcNow()));
        json.WriteString("eventName", happened.Name);
        json.WriteStartObject("userIdentity");
        json.WriteString("principalId", cause.PrincipalId);
        json.WriteEndObject();
        json.WriteStartObject("requestParameters");
        json.WriteString("sourceIPAddress", cause.SourceIp);
        json.WriteEndObject();
        json.WriteStartObject("responseElements");
        json.WriteString("x-amz-request-id", cause.RequestId);
        json.WriteString("x-amz-id-2", RestXmlProtocol.HostId(cause.RequestId));
        json.WriteEndObject();
        json.WriteStartObject("s3");
        json.WriteString("s3SchemaVersion", "1.0");
        json.WriteString("configurationId", configurationId);
        json.WriteStartObject("bucket");
        json.WriteString("name", bucket.Name);
        json.WriteStartObject("ownerIdentity");
        json.WriteString("principalId", Owners.EventPrincipalId(bucket.Account));
        json.WriteEndObject();
        json.WriteString("arn", bucket.Arn);
        json.WriteEndObject();
        WriteObject(json, happened);
        json.WriteEndObject();
        happened.Data?.Write(json);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteObject(Utf8JsonWriter json, in S3Event happened)
    {
        var (_, _, subject, hasSize, hasETag, hasSequencer) = happened;
        json.WriteStartObject("object");
        json.WriteString("key", UrlEncode(subject.Key));
        if (hasSize) json.WriteNumber("size", subject.Size);
        if (hasETag) json.WriteString("eTag", subject.ETag);
        if (subject.VersionId is not null) json.WriteString("versionId", subject.VersionId);
        // An object that was removed was removed after it was written.
        if (hasSequencer) json.WriteString("sequencer", (subject.Sequence + (hasETag ? 0 : 1)).ToString("X18"));
        json.WriteEndObject();
    }

    /// <summary>As forms encode: a space is a plus. Observed: slashes stand.</summary>
    private static string UrlEncode(string key) => WebUtility.UrlEncode(key).Replace("%2F", "/", StringComparison.Ordinal);
}
