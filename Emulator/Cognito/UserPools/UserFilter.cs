using System.Text;

namespace Emulator.Cognito.UserPools;

/// <summary>A filter of ListUsers: <c>attribute = "value"</c>, or <c>attribute ^= "beginning"</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-manage-user-accounts.html#cognito-user-pools-searching-for-users-using-listusers-api</remarks>
internal sealed record UserFilter(string Attribute, bool IsPrefix, string Value, StringComparison Comparison)
{
    private static readonly string[] Searchable =
        ["username", "email", "phone_number", "name", "given_name", "family_name", "preferred_username", "cognito:user_status", "status", "sub"];

    /// <summary>Holds for every user.</summary>
    public static UserFilter All { get; } = new("", true, "", StringComparison.Ordinal);

    public static UserFilter Parse(UserPool pool, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return All;
        var at = text.IndexOf('=');
        if (at <= 0) throw CognitoErrors.InvalidParameter("Error while parsing filter.");
        var isPrefix = text[at - 1] == '^';
        var attribute = text[..(isPrefix ? at - 1 : at)].Trim().Trim('"');
        var quoted = text[(at + 1)..].Trim();
        if (quoted.Length < 2 || quoted[0] != '"' || quoted[^1] != '"') throw CognitoErrors.InvalidParameter("Error while parsing filter.");
        if (!Searchable.Contains(attribute)) throw CognitoErrors.InvalidParameter($"Invalid search attribute: {attribute}");
        var comparison = attribute is "username" or "email" or "preferred_username" && !pool.CaseSensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return new(attribute, isPrefix, Unescape(quoted[1..^1]), comparison);
    }

    public bool Matches(User user)
    {
        if (Attribute.Length == 0) return true;
        var value = Attribute switch
        {
            "username" => user.Username,
            "cognito:user_status" => user.Status,
            "status" => user.Enabled ? "Enabled" : "Disabled",
            _ => user.Attribute(Attribute),
        };
        return value is not null && (IsPrefix ? value.StartsWith(Value, Comparison) : value.Equals(Value, Comparison));
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            else if (text[i] == '"') throw CognitoErrors.InvalidParameter("Error while parsing filter.");
            result.Append(text[i]);
        }
        return result.ToString();
    }
}
