using System.Text.Json;
using Emulator.Protocols;

namespace Emulator.Cognito.UserPools;

/// <summary>What the settings of pools and clients may be, and what holds where they say nothing.</summary>
internal static class UserPoolRules
{
    private static readonly string[] VerifiedAttributes = ["phone_number", "email"];

    /// <summary>The pool with these settings, defaults filled in; throws where AWS does, and for what is not built.</summary>
    public static UserPool Apply(string operation, UserPool pool, UserPoolSettings settings)
    {
        Check(settings);
        Refuse(operation, settings);
        var policy = settings.Policies?.PasswordPolicy is { } given ? given with
        {
            MinimumLength = given.MinimumLength ?? CognitoLimits.DefaultPasswordLength,
            RequireUppercase = given.RequireUppercase ?? false,
            RequireLowercase = given.RequireLowercase ?? false,
            RequireNumbers = given.RequireNumbers ?? false,
            RequireSymbols = given.RequireSymbols ?? false,
            TemporaryPasswordValidityDays = given.TemporaryPasswordValidityDays ?? settings.AdminCreateUserConfig?.UnusedAccountValidityDays ?? CognitoLimits.DefaultTemporaryPasswordDays,
        } : PasswordPolicy.Default;
        var template = settings.VerificationMessageTemplate;
        var (email, subject, sms) = (template?.EmailMessage ?? settings.EmailVerificationMessage, template?.EmailSubject ?? settings.EmailVerificationSubject, template?.SmsMessage ?? settings.SmsVerificationMessage);
        return pool with
        {
            Policies = new() { PasswordPolicy = policy, SignInPolicy = settings.Policies?.SignInPolicy },
            DeletionProtection = settings.DeletionProtection ?? "INACTIVE",
            LambdaConfig = [],
            AutoVerifiedAttributes = settings.AutoVerifiedAttributes is { Count: > 0 } verified ? verified : null,
            // Both places say the same on AWS, whichever was set.
            EmailVerificationMessage = email,
            EmailVerificationSubject = subject,
            SmsVerificationMessage = sms,
            VerificationMessageTemplate = (template ?? new()) with { EmailMessage = email, EmailSubject = subject, SmsMessage = sms, DefaultEmailOption = "CONFIRM_WITH_CODE" },
            SmsAuthenticationMessage = settings.SmsAuthenticationMessage,
            UserAttributeUpdateSettings = settings.UserAttributeUpdateSettings,
            MfaConfiguration = "OFF",
            EmailConfiguration = (settings.EmailConfiguration ?? new()) with { EmailSendingAccount = settings.EmailConfiguration?.EmailSendingAccount ?? "COGNITO_DEFAULT" },
            SmsConfiguration = settings.SmsConfiguration,
            UserPoolTags = settings.UserPoolTags ?? [],
            AdminCreateUserConfig = (settings.AdminCreateUserConfig ?? new()) with
            {
                AllowAdminCreateUserOnly = settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
                UnusedAccountValidityDays = policy.TemporaryPasswordValidityDays,
            },
            UserPoolAddOns = settings.UserPoolAddOns,
            AccountRecoverySetting = settings.AccountRecoverySetting,
            UserPoolTier = settings.UserPoolTier ?? "ESSENTIALS",
        };
    }

    /// <summary>The client with these settings, defaults filled in.</summary>
    public static UserPoolClient Apply(string operation, UserPoolClient client, UserPoolClientSettings settings)
    {
        Check(settings);
        if (settings.RefreshTokenRotation?.Feature == "ENABLED") throw Errors.NotImplemented(operation, "RefreshTokenRotation");
        if (settings.AnalyticsConfiguration is not null) throw Errors.NotImplemented(operation, "AnalyticsConfiguration");
        if (settings.EnablePropagateAdditionalUserContextData == true) throw Errors.NotImplemented(operation, "EnablePropagateAdditionalUserContextData");
        var result = client with
        {
            ClientName = settings.ClientName ?? client.ClientName,
            RefreshTokenValidity = settings.RefreshTokenValidity is null or 0 ? CognitoLimits.DefaultRefreshTokenDays : settings.RefreshTokenValidity,
            AccessTokenValidity = settings.AccessTokenValidity,
            IdTokenValidity = settings.IdTokenValidity,
            // AWS counts refresh tokens in days unless told otherwise; 30 of another unit is never meant by silence.
            TokenValidityUnits = settings.RefreshTokenValidity is null or 0 ? settings.TokenValidityUnits is null ? null : settings.TokenValidityUnits with { RefreshToken = "days" } : settings.TokenValidityUnits,
            ReadAttributes = settings.ReadAttributes,
            WriteAttributes = settings.WriteAttributes,
            ExplicitAuthFlows = settings.ExplicitAuthFlows,
            SupportedIdentityProviders = settings.SupportedIdentityProviders,
            CallbackUrls = settings.CallbackUrls,
            LogoutUrls = settings.LogoutUrls,
            DefaultRedirectUri = settings.DefaultRedirectUri,
            AllowedOAuthFlows = settings.AllowedOAuthFlows,
            AllowedOAuthScopes = settings.AllowedOAuthScopes,
            AllowedOAuthFlowsUserPoolClient = settings.AllowedOAuthFlowsUserPoolClient ?? false,
            PreventUserExistenceErrors = settings.PreventUserExistenceErrors,
            EnableTokenRevocation = settings.EnableTokenRevocation ?? true,
            EnablePropagateAdditionalUserContextData = false,
            AuthSessionValidity = settings.AuthSessionValidity ?? CognitoLimits.DefaultAuthSessionMinutes,
        };
        CheckLifetimes(result);
        return result;
    }

    /// <summary>Throws where a list of attributes names one that the pool does not have.</summary>
    public static void CheckAttributeLists(UserPool pool, UserPoolClientSettings settings)
    {
        foreach (var (list, verb) in new[] { (settings.ReadAttributes, "read"), (settings.WriteAttributes, "write") })
        {
            if (list?.Any(name => AttributeSchema.Find(pool, name) is null) == true) throw CognitoErrors.InvalidParameter($"Invalid {verb} attributes specified while creating a client");
        }
    }

    private static void Check(UserPoolSettings settings)
    {
        var policy = settings.Policies?.PasswordPolicy;
        new ShapeCheck()
            .NoNulls("accountRecoverySetting.recoveryMechanisms", settings.AccountRecoverySetting?.RecoveryMechanisms)
            .Range("policies.passwordPolicy.minimumLength", policy?.MinimumLength, 6, 99)
            .Range("policies.passwordPolicy.passwordHistorySize", policy?.PasswordHistorySize, 0, 24)
            .Range("policies.passwordPolicy.temporaryPasswordValidityDays", policy?.TemporaryPasswordValidityDays, 0, 365)
            .Range("adminCreateUserConfig.unusedAccountValidityDays", settings.AdminCreateUserConfig?.UnusedAccountValidityDays, 0, 365)
            .OneOf("deletionProtection", settings.DeletionProtection, "ACTIVE", "INACTIVE")
            .OneOf("mfaConfiguration", settings.MfaConfiguration, "OFF", "ON", "OPTIONAL")
            .OneOf("userPoolTier", settings.UserPoolTier, "LITE", "ESSENTIALS", "PLUS")
            .OneOf("verificationMessageTemplate.defaultEmailOption", settings.VerificationMessageTemplate?.DefaultEmailOption, "CONFIRM_WITH_LINK", "CONFIRM_WITH_CODE")
            .OneOf("emailConfiguration.emailSendingAccount", settings.EmailConfiguration?.EmailSendingAccount, "COGNITO_DEFAULT", "DEVELOPER")
            .EachOneOf("autoVerifiedAttributes", settings.AutoVerifiedAttributes, VerifiedAttributes)
            .EachOneOf("userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdate", settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate, VerifiedAttributes)
            .EachOneOf("accountRecoverySetting.recoveryMechanisms", settings.AccountRecoverySetting?.RecoveryMechanisms?.Select(mechanism => mechanism?.Name ?? "null").ToList(), "verified_email", "verified_phone_number", "admin_only")
            .Optional("emailVerificationMessage", settings.EmailVerificationMessage, CodeMessage)
            .Optional("smsVerificationMessage", settings.SmsVerificationMessage, CodeSms)
            .Optional("verificationMessageTemplate.emailMessage", settings.VerificationMessageTemplate?.EmailMessage, CodeMessage)
            .Optional("verificationMessageTemplate.smsMessage", settings.VerificationMessageTemplate?.SmsMessage, CodeSms)
            .Done();
    }

    private static readonly TextShape CodeMessage = new(6, 20_000, @"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*", text => text.Contains("{####}", StringComparison.Ordinal));
    private static readonly TextShape CodeSms = new(6, 140, @".*\{####\}.*", text => text.Contains("{####}", StringComparison.Ordinal));

    /// <summary>What a pool would do on AWS and does not do here.</summary>
    private static void Refuse(string operation, UserPoolSettings settings)
    {
        foreach (var (name, value) in settings.LambdaConfig ?? [])
        {
            if (value.ValueKind != JsonValueKind.Null) throw Errors.NotImplemented(operation, $"LambdaConfig.{name}");
        }
        if (settings.MfaConfiguration is not (null or "OFF")) throw Errors.NotImplemented(operation, "MfaConfiguration");
        if (settings.DeviceConfiguration is not null) throw Errors.NotImplemented(operation, "DeviceConfiguration");
        if (settings.UserPoolAddOns?.AdvancedSecurityMode is not (null or "OFF")) throw Errors.NotImplemented(operation, "UserPoolAddOns.AdvancedSecurityMode");
        if (settings.VerificationMessageTemplate?.DefaultEmailOption == "CONFIRM_WITH_LINK") throw Errors.NotImplemented(operation, "VerificationMessageTemplate.DefaultEmailOption=CONFIRM_WITH_LINK");
        if (settings.Policies?.PasswordPolicy?.PasswordHistorySize > 0) throw Errors.NotImplemented(operation, "Policies.PasswordPolicy.PasswordHistorySize");
        if (settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors is { } factors && factors.Any(factor => factor != "PASSWORD")) throw Errors.NotImplemented(operation, "Policies.SignInPolicy.AllowedFirstAuthFactors");
    }

    private static void Check(UserPoolClientSettings settings) => new ShapeCheck()
        .NoNulls("readAttributes", settings.ReadAttributes)
        .NoNulls("writeAttributes", settings.WriteAttributes)
        .Optional("clientName", settings.ClientName, Shapes.ClientName)
        .Range("refreshTokenValidity", settings.RefreshTokenValidity, 0, 315_360_000)
        .Range("accessTokenValidity", settings.AccessTokenValidity, 1, 86_400)
        .Range("idTokenValidity", settings.IdTokenValidity, 1, 86_400)
        .Range("authSessionValidity", settings.AuthSessionValidity, 3, 15)
        .OneOf("preventUserExistenceErrors", settings.PreventUserExistenceErrors, "LEGACY", "ENABLED")
        .OneOf("tokenValidityUnits.accessToken", settings.TokenValidityUnits?.AccessToken, "seconds", "minutes", "hours", "days")
        .OneOf("tokenValidityUnits.idToken", settings.TokenValidityUnits?.IdToken, "seconds", "minutes", "hours", "days")
        .OneOf("tokenValidityUnits.refreshToken", settings.TokenValidityUnits?.RefreshToken, "seconds", "minutes", "hours", "days")
        .EachOneOf("allowedOAuthFlows", settings.AllowedOAuthFlows, "code", "implicit", "client_credentials")
        .EachOneOf("explicitAuthFlows", settings.ExplicitAuthFlows,
            "ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH",
            "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH")
        .Done();

    private static void CheckLifetimes(UserPoolClient client)
    {
        if (IsOutside(client.AccessTokenLifetime, CognitoLimits.ShortestTokenValidity, CognitoLimits.LongestTokenValidity)) throw CognitoErrors.InvalidParameter("Invalid range for token validity.");
        if (IsOutside(client.IdTokenLifetime, CognitoLimits.ShortestTokenValidity, CognitoLimits.LongestTokenValidity)) throw CognitoErrors.InvalidParameter("Invalid range for token validity.");
        if (IsOutside(client.RefreshTokenLifetime, CognitoLimits.ShortestRefreshTokenValidity, CognitoLimits.LongestRefreshTokenValidity)) throw CognitoErrors.InvalidParameter("Invalid range for token validity.");
        if (client.AccessTokenLifetime > client.RefreshTokenLifetime || client.IdTokenLifetime > client.RefreshTokenLifetime) throw CognitoErrors.InvalidParameter("Access Token and ID Token validity must be less than Refresh Token validity.");
    }

    private static bool IsOutside(TimeSpan value, TimeSpan least, TimeSpan most) => value < least || value > most;
}
