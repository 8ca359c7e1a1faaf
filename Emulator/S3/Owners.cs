using Emulator.Iam;
using Emulator.Identifiers;
using Emulator.Protocols;

namespace Emulator.S3;

/// <summary>How S3 names accounts and who acts in them.</summary>
internal static class Owners
{
    /// <summary>The canonical user id of an account: 64 hexadecimal digits.</summary>
    public static string CanonicalId(string account) => CanonicalUser.IdOf(account);

    /// <summary>The account's id in events: <c>A</c> and 13 letters and digits.</summary>
    public static string EventPrincipalId(string account) => "A" + StableId.Of("s3-event-principal", account, "", "", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 13);

    /// <summary>Who began an upload: the account, or a user or role of it by its ARN.</summary>
    public static (string Id, string Name) Initiator(Call call) => call.Caller.Kind is CallerKind.User or CallerKind.AssumedRole
        ? (call.Caller.Arn, call.Caller.Arn[(call.Caller.Arn.IndexOf('/') + 1)..])
        : (CanonicalId(call.Account), call.Account);
}
