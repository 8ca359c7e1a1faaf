using Emulator.Integration;

namespace Emulator.Cognito.UserPools;

/// <summary>The mails and text messages of a pool, with its own texts or AWS's.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html</remarks>
internal static class Messages
{
    private const string CodePlaceholder = "{####}";

    /// <summary>A code that confirms a sign-up or verifies an attribute.</summary>
    public static OutgoingMessage Verification(UserPool pool, string attribute, string value, string code, string kind) =>
        WithCode(pool, attribute, value, code, kind, "Your confirmation code is {####}");

    public static OutgoingMessage PasswordReset(UserPool pool, string attribute, string value, string code, string kind) =>
        WithCode(pool, attribute, value, code, kind, "Your password reset code is {####}");

    public static OutgoingMessage Invitation(UserPool pool, string attribute, string value, string username, string temporaryPassword)
    {
        var template = pool.AdminCreateUserConfig?.InviteMessageTemplate;
        const string text = "Your username is {username} and temporary password is {####}.";
        return attribute == "email"
            ? Mail(pool, value, template?.EmailSubject ?? "Your temporary password", Fill(template?.EmailMessage ?? text), temporaryPassword, "AdminCreateUser")
            : Sms(pool, value, Fill(template?.SMSMessage ?? text), temporaryPassword, "AdminCreateUser");

        string Fill(string message) => message.Replace("{username}", username, StringComparison.Ordinal).Replace(CodePlaceholder, temporaryPassword, StringComparison.Ordinal);
    }

    private static OutgoingMessage WithCode(UserPool pool, string attribute, string value, string code, string kind, string defaultText)
    {
        var template = pool.VerificationMessageTemplate;
        return attribute == "email"
            ? Mail(pool, value, template?.EmailSubject ?? "Your verification code", (template?.EmailMessage ?? defaultText).Replace(CodePlaceholder, code, StringComparison.Ordinal), code, kind)
            : Sms(pool, value, (template?.SmsMessage ?? defaultText).Replace(CodePlaceholder, code, StringComparison.Ordinal), code, kind);
    }

    private static OutgoingMessage Mail(UserPool pool, string to, string subject, string body, string code, string kind) => new("email", to, subject, body, code, kind, pool.Id);

    private static OutgoingMessage Sms(UserPool pool, string to, string body, string code, string kind) => new("sms", to, "", body, code, kind, pool.Id);
}
