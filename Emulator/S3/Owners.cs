using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Identifiers;
using Emulator.Protocols;

namespace Emulator.S3;

/// <summary>How S3 names accounts and who acts in them.</summary>
internal sealed class Owners(EmulatorConfig config)
{
    private Dictionary<string, string>? _displayNames;

    /// <summary>The canonical user id of an account: 64 hexadecimal digits.</summary>
    public static string CanonicalId(string account) => CanonicalUser.IdOf(account);

    /// <summary>The account's id in events: <c>A</c> and 13 letters and digits.</summary>
    public static string EventPrincipalId(string account) => "A" + StableId.Of("s3-event-principal", account, "", "", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 13);

    public Owner Of(string account) => ById(CanonicalId(account));

    public Owner ById(string canonicalId) => new(canonicalId, DisplayNames.GetValueOrDefault(canonicalId));

    /// <summary>Who began an upload: the account, or a user or role of it by its ARN. Recorded: it is told with a name still.</summary>
    public Owner Initiator(Call call) => call.Caller.Kind is CallerKind.User or CallerKind.AssumedRole
        ? new(call.Caller.Arn, call.Caller.Arn[(call.Caller.Arn.IndexOf('/') + 1)..])
        : new(CanonicalId(call.Account), Of(call.Account).DisplayName ?? call.Account);

    private Dictionary<string, string> DisplayNames => _displayNames ??= config.Accounts
        .Where(account => account.Value.DisplayName is not null)
        .ToDictionary(account => CanonicalId(account.Key), account => account.Value.DisplayName!);
}

/// <summary>An account as answers name it.</summary>
/// <param name="DisplayName">null: not told. AWS has told none since November 2025; an account of emulator.yaml that declares one is told with it.</param>
internal readonly record struct Owner(string Id, string? DisplayName)
{
    public void WriteTo(XmlBuilder xml) => WriteTo(xml, "Owner"u8);

    public void WriteTo(XmlBuilder xml, ReadOnlySpan<byte> element)
    {
        WriteMembersTo(xml.Start(element));
        xml.End(element);
    }

    public void WriteMembersTo(XmlBuilder xml) => xml.Element("ID"u8, Id).Element("DisplayName"u8, DisplayName);
}
