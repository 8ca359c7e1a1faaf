using System.Security.Cryptography;
using System.Text;
using Emulator.Identifiers;
using Emulator.Protocols;

namespace Emulator.Cognito.UserPools;

/// <summary>Makes and checks the codes that are sent to users.</summary>
internal static class Codes
{
    private const int Digits = 6;

    public static SentCode Create(UserPool pool, IdSource ids, TimeSpan validity, string? attribute, DateTimeOffset now, string? pendingValue = null) =>
        new(pool.FixedCode ?? ids.Digits(Digits), now + validity, attribute, pendingValue);

    /// <summary>The code that was sent for this purpose where this is it; else why not. The failure is a value, since the attempt is to be stored all the same.</summary>
    public static (SentCode? Sent, AwsException? Problem) Check(User user, string purpose, string? entered, DateTimeOffset now)
    {
        if (!user.Codes.TryGetValue(purpose, out var sent) || sent.Expires <= now) return (null, CognitoErrors.ExpiredCode());
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent.Code), Encoding.UTF8.GetBytes(entered ?? ""));
        return isRight ? (sent, null) : (null, CognitoErrors.CodeMismatch());
    }

    /// <summary>The attribute to which a sign-up's code goes: the phone number first where the pool verifies both.</summary>
    public static string? AttributeToVerify(UserPool pool, User user) =>
        pool.Verifies("phone_number") && user.Attribute("phone_number") is { Length: > 0 } ? "phone_number"
        : pool.Verifies("email") && user.Attribute("email") is { Length: > 0 } ? "email"
        : null;

    /// <summary>The verified attribute by which the user gets its password back; null where there is none.</summary>
    public static string? AttributeToRecover(UserPool pool, User user)
    {
        var options = pool.AccountRecoverySetting?.RecoveryMechanisms is { Count: > 0 } mechanisms
            ? mechanisms.OrderBy(mechanism => mechanism.Priority).Select(mechanism => mechanism.Name switch { "verified_email" => "email", "verified_phone_number" => "phone_number", _ => "" })
            // AWS's way for pools without the setting: the phone number first.
            : ["phone_number", "email"];
        return options.FirstOrDefault(user.HasVerified);
    }

    /// <summary>Whether only an administrator gives passwords back.</summary>
    public static bool OnlyAdministratorRecovers(UserPool pool) =>
        pool.AccountRecoverySetting?.RecoveryMechanisms is { Count: > 0 } mechanisms && mechanisms.All(mechanism => mechanism.Name == "admin_only");
}

/// <summary>Where a code went, told without telling the address.</summary>
internal sealed record CodeDeliveryDetails(string Destination, string DeliveryMedium, string AttributeName)
{
    public static CodeDeliveryDetails Of(string attribute, string value) =>
        attribute == "email" ? new(MaskEmail(value), "EMAIL", "email") : new(MaskPhone(value), "SMS", "phone_number");

    /// <summary>What an absent user gets, always the same for the same name.</summary>
    public static CodeDeliveryDetails Simulated(UserPool pool, string username)
    {
        var letters = HMACSHA256.HashData(pool.SessionKey, Encoding.UTF8.GetBytes(username));
        return new($"{(char)('a' + (letters[0] % 26))}***@{(char)('a' + (letters[1] % 26))}***", "EMAIL", "email");
    }

    // Observed: the first letter of each side, then three asterisks.
    private static string MaskEmail(string email)
    {
        var at = email.LastIndexOf('@');
        return at < 1 || at == email.Length - 1 ? "***" : $"{email[0]}***@{email[at + 1]}***";
    }

    private static string MaskPhone(string number) => number.Length <= 5 ? "+****" : $"+{new string('*', number.Length - 5)}{number[^4..]}";
}
