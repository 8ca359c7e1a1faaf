using System.Text.Json;

namespace Emulator.Cognito.UserPools;

/// <summary>What CreateUserPool and UpdateUserPool set and DescribeUserPool tells, with AWS's member names.</summary>
internal abstract record UserPoolSettings
{
    public UserPoolPolicy? Policies { get; init; }
    public string? DeletionProtection { get; init; }
    public Dictionary<string, JsonElement>? LambdaConfig { get; init; }
    public IReadOnlyList<string>? AutoVerifiedAttributes { get; init; }
    public string? SmsVerificationMessage { get; init; }
    public string? EmailVerificationMessage { get; init; }
    public string? EmailVerificationSubject { get; init; }
    public VerificationMessageTemplate? VerificationMessageTemplate { get; init; }
    public string? SmsAuthenticationMessage { get; init; }
    public UserAttributeUpdateSettings? UserAttributeUpdateSettings { get; init; }
    public string? MfaConfiguration { get; init; }
    public DeviceConfiguration? DeviceConfiguration { get; init; }
    public EmailConfiguration? EmailConfiguration { get; init; }
    public SmsConfiguration? SmsConfiguration { get; init; }
    public Dictionary<string, string>? UserPoolTags { get; init; }
    public AdminCreateUserConfig? AdminCreateUserConfig { get; init; }
    public UserPoolAddOns? UserPoolAddOns { get; init; }
    public AccountRecoverySetting? AccountRecoverySetting { get; init; }
    public string? UserPoolTier { get; init; }
}

internal sealed record UserPoolPolicy
{
    public PasswordPolicy? PasswordPolicy { get; init; }
    public SignInPolicy? SignInPolicy { get; init; }
}

internal sealed record SignInPolicy(IReadOnlyList<string>? AllowedFirstAuthFactors);

internal sealed record VerificationMessageTemplate
{
    public string? SmsMessage { get; init; }
    public string? EmailMessage { get; init; }
    public string? EmailSubject { get; init; }
    public string? EmailMessageByLink { get; init; }
    public string? EmailSubjectByLink { get; init; }
    public string? DefaultEmailOption { get; init; }
}

internal sealed record UserAttributeUpdateSettings(IReadOnlyList<string>? AttributesRequireVerificationBeforeUpdate);

internal sealed record DeviceConfiguration(bool? ChallengeRequiredOnNewDevice, bool? DeviceOnlyRememberedOnUserPrompt);

internal sealed record EmailConfiguration
{
    public string? SourceArn { get; init; }
    public string? ReplyToEmailAddress { get; init; }
    public string? EmailSendingAccount { get; init; }
    public string? From { get; init; }
    public string? ConfigurationSet { get; init; }
}

internal sealed record SmsConfiguration(string? SnsCallerArn, string? ExternalId, string? SnsRegion);

internal sealed record AdminCreateUserConfig
{
    public bool? AllowAdminCreateUserOnly { get; init; }
    public int? UnusedAccountValidityDays { get; init; }
    public MessageTemplate? InviteMessageTemplate { get; init; }
}

internal sealed record MessageTemplate
{
    public string? SMSMessage { get; init; }
    public string? EmailMessage { get; init; }
    public string? EmailSubject { get; init; }
}

internal sealed record UserPoolAddOns(string? AdvancedSecurityMode, JsonElement? AdvancedSecurityAdditionalFlows);

internal sealed record UsernameConfiguration(bool? CaseSensitive);

internal sealed record AccountRecoverySetting(IReadOnlyList<RecoveryOption>? RecoveryMechanisms);

internal sealed record RecoveryOption(int? Priority, string? Name);

internal sealed record SchemaAttribute
{
    public string? Name { get; init; }
    public string? AttributeDataType { get; init; }
    public bool? DeveloperOnlyAttribute { get; init; }
    public bool? Mutable { get; init; }
    public bool? Required { get; init; }
    public NumberAttributeConstraints? NumberAttributeConstraints { get; init; }
    public StringAttributeConstraints? StringAttributeConstraints { get; init; }
}

internal sealed record NumberAttributeConstraints(string? MinValue, string? MaxValue);

internal sealed record StringAttributeConstraints(string? MinLength, string? MaxLength);
