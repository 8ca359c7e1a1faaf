using System.Text.Json.Serialization;

namespace Emulator.Cognito.UserPools;

/// <summary>A user pool as it is stored: its settings with their defaults filled in.</summary>
internal sealed record UserPool : UserPoolSettings
{
    /// <summary>The form of the record, so that a later one can be told apart.</summary>
    public int Format { get; init; } = 1;

    public required string Account { get; init; }
    public required string Region { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public required DateTimeOffset LastModifiedDate { get; init; }

    /// <summary>The attributes of the schema that are not as every pool has them: custom ones, and standard ones that were changed.</summary>
    public IReadOnlyList<SchemaAttribute> Schema { get; init; } = [];
    public IReadOnlyList<string>? AliasAttributes { get; init; }
    public IReadOnlyList<string>? UsernameAttributes { get; init; }
    public UsernameConfiguration? UsernameConfiguration { get; init; }

    /// <summary>Encrypts what the pool gives to a client to bring back: sessions and secret blocks.</summary>
    public required byte[] SessionKey { get; init; }

    /// <summary>The one code that the pool sends, where emulator.yaml says so.</summary>
    public string? FixedCode { get; init; }

    [JsonIgnore]
    public string Arn => $"arn:aws:cognito-idp:{Region}:{Account}:userpool/{Id}";

    [JsonIgnore]
    public string Issuer => Configuration.DeclaredIds.UserPoolIssuer(Region, Id);

    /// <summary>The part of the id after the region: SRP's name of the pool.</summary>
    [JsonIgnore]
    public string ShortId => Id[(Id.IndexOf('_') + 1)..];

    /// <summary>AWS: names are case sensitive unless the pool says otherwise when it is created.</summary>
    [JsonIgnore]
    public bool CaseSensitive => UsernameConfiguration?.CaseSensitive ?? true;

    /// <summary>Whether users sign in with e-mail address or phone number, and their user name is their sub.</summary>
    [JsonIgnore]
    public bool SignsInWithAttribute => UsernameAttributes is { Count: > 0 };

    [JsonIgnore]
    public PasswordPolicy PasswordPolicy => Policies?.PasswordPolicy ?? PasswordPolicy.Default;

    [JsonIgnore]
    public int TemporaryPasswordDays => PasswordPolicy.TemporaryPasswordValidityDays ?? CognitoLimits.DefaultTemporaryPasswordDays;

    public bool Verifies(string attribute) => AutoVerifiedAttributes?.Contains(attribute) == true;

    public bool HasAlias(string attribute) => AliasAttributes?.Contains(attribute) == true;

    public bool HasUsernameAttribute(string attribute) => UsernameAttributes?.Contains(attribute) == true;

    public bool VerifiesBeforeUpdate(string attribute) => UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate?.Contains(attribute) == true;
}
