using Emulator.Iam;
using Emulator.Identifiers;
using Emulator.Protocols;

namespace Emulator.S3.Notifications;

/// <summary>Who or what made an event happen.</summary>
internal readonly record struct EventCause(string PrincipalId, string SourceIp, string RequestId)
{
    public static EventCause Of(Call call, string sourceIp) => new(Principal(call), sourceIp, call.RequestId);

    /// <summary>S3 itself. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configure-notification.html</summary>
    public static EventCause Lifecycle(IdSource ids) => new("s3.amazonaws.com", "s3.amazonaws.com", ids.UpperBase32(16));

    private static string Principal(Call call) => call.Caller.Kind switch
    {
        CallerKind.Anonymous => "Anonymous",
        CallerKind.Root => Owners.EventPrincipalId(call.Caller.Account),
        _ => "AWS:" + call.Caller.UserId,
    };
}
