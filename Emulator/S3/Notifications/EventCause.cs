using Emulator.Iam;
using Emulator.Identifiers;
using Emulator.Protocols;

namespace Emulator.S3.Notifications;

/// <summary>Who or what made an event happen.</summary>
internal readonly record struct EventCause(string PrincipalId, string SourceIp, string RequestId)
{
    private const string Service = "s3.amazonaws.com";

    public static EventCause Of(Call call, string sourceIp) => new(Principal(call.Caller), sourceIp, call.RequestId);

    /// <summary>S3 itself. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configure-notification.html</summary>
    public static EventCause OfS3(IdSource ids) => OfService(Service, ids);

    /// <summary>S3 itself, for the bucket's owner. Recorded: test_restore_object</summary>
    public static EventCause Restore(string bucketAccount, IdSource ids) => OfService($"AmazonCustomer:{Owners.EventPrincipalId(bucketAccount)}", ids);

    /// <param name="role">The session in which S3 replicates.</param>
    public static EventCause Replication(Caller role, IdSource ids) => OfService(Principal(role), ids);

    private static EventCause OfService(string principalId, IdSource ids) => new(principalId, Service, ids.UpperBase32(16));

    private static string Principal(Caller caller) => caller.Kind switch
    {
        CallerKind.Anonymous => "Anonymous",
        CallerKind.Root => Owners.EventPrincipalId(caller.Account),
        _ => "AWS:" + caller.UserId,
    };
}
