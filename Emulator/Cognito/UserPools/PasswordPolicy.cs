using Emulator.Identifiers;

namespace Emulator.Cognito.UserPools;

/// <summary>What a pool demands of passwords.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html</remarks>
internal sealed record PasswordPolicy
{
    private const string Symbols = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Numbers = "0123456789";

    /// <summary>A pool that is created without a policy.</summary>
    public static PasswordPolicy Default { get; } = new()
    {
        MinimumLength = CognitoLimits.DefaultPasswordLength,
        RequireUppercase = true,
        RequireLowercase = true,
        RequireNumbers = true,
        RequireSymbols = true,
        TemporaryPasswordValidityDays = CognitoLimits.DefaultTemporaryPasswordDays,
    };

    public int? MinimumLength { get; init; }
    public bool? RequireUppercase { get; init; }
    public bool? RequireLowercase { get; init; }
    public bool? RequireNumbers { get; init; }
    public bool? RequireSymbols { get; init; }
    public int? PasswordHistorySize { get; init; }
    public int? TemporaryPasswordValidityDays { get; init; }

    // Observed: AWS words the same refusal in three ways, by operation.
    public const string SignUpText = "Password did not conform with policy: ";
    public const string AdminCreateUserText = "Password did not conform with password policy: ";
    public const string ChangeText = "Password does not conform to policy: ";

    /// <summary>Throws where the password violates the policy; AWS names one violation at a time.</summary>
    public void Check(string password, string text)
    {
        if (Violation(password) is { } violation) throw CognitoErrors.InvalidPassword(text + violation);
    }

    private string? Violation(string password)
    {
        if (password.Length < (MinimumLength ?? CognitoLimits.DefaultPasswordLength)) return "Password not long enough";
        if (RequireUppercase == true && !password.Any(char.IsAsciiLetterUpper)) return "Password must have uppercase characters";
        if (RequireLowercase == true && !password.Any(char.IsAsciiLetterLower)) return "Password must have lowercase characters";
        if (RequireNumbers == true && !password.Any(char.IsAsciiDigit)) return "Password must have numeric characters";
        if (RequireSymbols == true && !password.Any(Symbols.Contains)) return "Password must have symbol characters";
        return null;
    }

    /// <summary>A temporary password that fulfils the policy.</summary>
    public string Generate(IdSource ids)
    {
        // The signs that survive a mail, a shell and a URL.
        const string safeSymbols = "!@#%&*=+-?";
        var length = Math.Max(MinimumLength ?? CognitoLimits.DefaultPasswordLength, 8);
        var letters = new List<char> { Pick(ids, Upper), Pick(ids, Lower), Pick(ids, Numbers), Pick(ids, safeSymbols) };
        while (letters.Count < length) letters.Add(Pick(ids, Lower + Upper + Numbers));
        for (var i = letters.Count - 1; i > 0; i--)
        {
            var j = ids.Bytes(1)[0] % (i + 1);
            (letters[i], letters[j]) = (letters[j], letters[i]);
        }
        return new string([.. letters]);
    }

    private static char Pick(IdSource ids, string alphabet) => alphabet[(int)(BitConverter.ToUInt32(ids.Bytes(4)) % (uint)alphabet.Length)];
}
