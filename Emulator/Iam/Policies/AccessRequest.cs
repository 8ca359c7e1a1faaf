using System.Globalization;

namespace Emulator.Iam.Policies;

/// <summary>What a decision is made about: who wants to do what to whose resource, under which circumstances. AWS calls it the request context.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html</remarks>
internal sealed class AccessRequest
{
    public required Caller Caller { get; init; }

    public required Permission Permission { get; init; }

    /// <summary>The account that owns the resource.</summary>
    public required string ResourceAccount { get; init; }

    public required DateTimeOffset Now { get; init; }

    public RequestConditions Conditions { get; init; }

    /// <summary>The ARN of the user or role behind the caller, as policies name it: that of a session's role, not of the session.</summary>
    public required string PrincipalArn { get; init; }

    /// <summary>The tags of the user or role; those of a session are in <see cref="Caller.SessionContext"/> and go before.</summary>
    public IReadOnlyDictionary<string, string> PrincipalTags { get; init; } = None;

    private static readonly Dictionary<string, string> None = [];

    private const string PrincipalTag = "aws:principaltag/";

    /// <summary>The values of a condition key. Keys are compared without regard to case.</summary>
    /// <param name="key">The key in lower case.</param>
    public ContextValues Values(string key) => key switch
    {
        "aws:principalarn" => Caller.Kind is CallerKind.Anonymous ? default : new(PrincipalArn),
        "aws:principalaccount" => Text(Caller.Account),
        "aws:principaltype" => new(PrincipalType()),
        "aws:principalisawsservice" => Bool(Caller.Kind is CallerKind.Service),
        "aws:principalservicename" => Caller.Kind is CallerKind.Service ? new(Caller.Arn) : default,
        "aws:userid" => Text(Caller.UserId),
        "aws:username" => Caller.Kind is CallerKind.User ? Text(Caller.PrincipalName) : default,
        "aws:resourceaccount" => Text(ResourceAccount),
        "aws:currenttime" => new(Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
        "aws:epochtime" => new(Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        "aws:sourceip" => Text(Conditions.SourceIp),
        "aws:securetransport" => Bool(Conditions.SecureTransport),
        "aws:useragent" => Text(Conditions.UserAgent),
        "aws:referer" => Text(Conditions.Referer),
        "aws:requestedregion" => Text(Conditions.Region),
        "aws:viaawsservice" => Bool(Conditions.ViaAwsService),
        _ => Others(key),
    };

    /// <summary>What only the service or the session knows.</summary>
    private ContextValues Others(string key)
    {
        var values = default(ContextValues);
        foreach (var (name, value) in Permission.Context ?? [])
        {
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase)) values = values.With(value);
        }
        if (values.Count > 0) return values;
        if (Find(Caller.SessionContext, key) is { } session) return new(session);
        return key.StartsWith(PrincipalTag, StringComparison.Ordinal) && Find(PrincipalTags, key.AsSpan(PrincipalTag.Length)) is { } tag ? new(tag) : default;
    }

    private static string? Find(IReadOnlyDictionary<string, string> values, ReadOnlySpan<char> key)
    {
        foreach (var (name, value) in values)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return value;
        }
        return null;
    }

    private string PrincipalType() => Caller.Kind switch
    {
        CallerKind.Root => "Account",
        CallerKind.User => "User",
        CallerKind.AssumedRole => "AssumedRole",
        CallerKind.Service => "Service",
        _ => "Anonymous",
    };

    private static ContextValues Text(string? value) => string.IsNullOrEmpty(value) ? default : new(value);

    private static ContextValues Bool(bool value) => new(value ? "true" : "false");
}

/// <summary>The values of one condition key: none where the request does not have the key, mostly one.</summary>
internal readonly struct ContextValues
{
    private readonly string? _first;
    private readonly string[]? _rest;

    public ContextValues(string value) => _first = value;

    private ContextValues(string? first, string[] rest) => (_first, _rest) = (first, rest);

    public int Count => _first is null ? 0 : 1 + (_rest?.Length ?? 0);

    public string this[int index] => index == 0 ? _first! : _rest![index - 1];

    public ContextValues With(string value) => _first is null ? new(value) : new(_first, [.. _rest ?? [], value]);
}
