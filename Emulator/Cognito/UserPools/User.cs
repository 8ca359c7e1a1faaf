using System.Text.Json.Serialization;

namespace Emulator.Cognito.UserPools;

/// <summary>The states of a user, as AWS names them.</summary>
internal static class UserStatus
{
    public const string Unconfirmed = "UNCONFIRMED";
    public const string Confirmed = "CONFIRMED";
    public const string ResetRequired = "RESET_REQUIRED";
    public const string ForceChangePassword = "FORCE_CHANGE_PASSWORD";
}

/// <summary>A user as it is stored.</summary>
internal sealed record User
{
    public int Format { get; init; } = 1;

    /// <summary>As it was created; the sub where the pool's users sign in with an attribute.</summary>
    public required string Username { get; init; }
    public required string Sub { get; init; }
    public bool Enabled { get; init; } = true;
    public required string Status { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public required DateTimeOffset LastModifiedDate { get; init; }

    /// <summary>Without <c>sub</c>, in the order in which they were set.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public StoredPassword? Password { get; init; }

    /// <summary>When the temporary password of a user that an administrator made stops to hold.</summary>
    public DateTimeOffset? TemporaryPasswordExpires { get; init; }

    /// <summary>Codes that were sent and not yet used, by purpose (<see cref="CodePurpose"/>).</summary>
    public IReadOnlyDictionary<string, SentCode> Codes { get; init; } = new Dictionary<string, SentCode>();

    /// <summary>How often a limited thing was done in the present window, by its name.</summary>
    public IReadOnlyDictionary<string, AttemptCount> Attempts { get; init; } = new Dictionary<string, AttemptCount>();

    public FailedSignIns? FailedSignIns { get; init; }

    public string? Attribute(string name) => name == "sub" ? Sub : Attributes.GetValueOrDefault(name);

    public bool HasVerified(string attribute) => Attribute(attribute) is not null && Attribute(attribute + "_verified") == "true";

    public User With(string attribute, string? value)
    {
        var attributes = new Dictionary<string, string>(Attributes);
        if (value is null) attributes.Remove(attribute);
        else attributes[attribute] = value;
        return this with { Attributes = attributes };
    }

    public User WithCode(string purpose, SentCode? code)
    {
        var codes = new Dictionary<string, SentCode>(Codes);
        if (code is null) codes.Remove(purpose);
        else codes[purpose] = code;
        return this with { Codes = codes };
    }

    /// <summary>The attributes as AWS lists them.</summary>
    [JsonIgnore]
    public IEnumerable<AttributeType> AttributeList => Attributes.Select(pair => new AttributeType(pair.Key, pair.Value)).Append(new AttributeType("sub", Sub));
}

/// <summary>A password is kept as SRP keeps it: salt and verifier. It can be checked, not read.</summary>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Verifier">g^x mod N, big-endian.</param>
internal sealed record StoredPassword(byte[] Salt, byte[] Verifier);

/// <param name="Attribute">What the code verifies (<c>email</c>, <c>phone_number</c>), where it verifies one.</param>
/// <param name="PendingValue">The value that the attribute takes when the code is entered, where the pool verifies before it updates.</param>
internal sealed record SentCode(string Code, DateTimeOffset Expires, string? Attribute, string? PendingValue = null);

internal static class CodePurpose
{
    public const string SignUp = "SignUp";
    public const string ForgotPassword = "ForgotPassword";

    public static string Attribute(string name) => "Attribute:" + name;
}

internal sealed record AttemptCount(DateTimeOffset WindowStart, int Count);

internal sealed record FailedSignIns(int Count, DateTimeOffset Last, DateTimeOffset? LockedUntil);

/// <summary>An attribute on the wire.</summary>
internal sealed record AttributeType(string? Name, string? Value);
