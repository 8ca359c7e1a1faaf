namespace Emulator.Cognito.UserPools;

/// <summary>What a new user's name may be, by the pool's way of signing in.</summary>
internal static class UsernameRules
{
    /// <summary>The attribute that the name is, in a pool whose users sign in with attributes; null in the others. Throws where the name does not fit.</summary>
    public static string? AttributeOf(UserPool pool, string username)
    {
        var (isEmail, isPhone) = (AttributeSchema.IsEmail(username), AttributeSchema.IsPhoneNumber(username));
        if (!pool.SignsInWithAttribute)
        {
            if (pool.HasAlias("email") && isEmail) throw CognitoErrors.InvalidParameter("Username cannot be of email format, since user pool is configured for email alias.");
            if (pool.HasAlias("phone_number") && isPhone) throw CognitoErrors.InvalidParameter("Username cannot be of phone number format, since user pool is configured for phone number alias.");
            return null;
        }
        if (isEmail && pool.HasUsernameAttribute("email")) return "email";
        if (isPhone && pool.HasUsernameAttribute("phone_number")) return "phone_number";
        throw CognitoErrors.InvalidParameter((pool.HasUsernameAttribute("email"), pool.HasUsernameAttribute("phone_number")) switch
        {
            (true, true) => "Username should be either an email or a phone number.",
            (true, false) => "Username should be an email.",
            _ => "Username should be a phone number.",
        });
    }
}
