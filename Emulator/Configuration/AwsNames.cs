using Emulator.Iam;

namespace Emulator.Configuration;

/// <summary>What AWS allows as names. Each rule says what is wrong with a name, or null.</summary>
internal static class AwsNames
{
    /// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html</summary>
    public static string? Table(string name) =>
        Is(name, 3, 255, "_.-") ? null : "a table's name has 3 to 255 letters, digits, '_', '.' and '-'";

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html</summary>
    public static string? Bucket(string name)
    {
        if (name.Length is < 3 or > 63) return "a bucket's name has 3 to 63 characters";
        foreach (var c in name) if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')) return "a bucket's name has lower-case letters, digits, '-' and '.' only";
        if (!char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1])) return "a bucket's name begins and ends with a letter or digit";
        if (name.Contains("..", StringComparison.Ordinal)) return "a bucket's name has no two periods beside one another";
        if (IsIpAddress(name)) return "a bucket's name is not an IP address";
        foreach (var prefix in (ReadOnlySpan<string>)["xn--", "sthree-", "amzn-s3-demo-"]) if (name.StartsWith(prefix, StringComparison.Ordinal)) return $"a bucket's name does not begin with '{prefix}'";
        foreach (var suffix in (ReadOnlySpan<string>)["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"]) if (name.EndsWith(suffix, StringComparison.Ordinal)) return $"a bucket's name does not end with '{suffix}'";
        return null;
    }

    /// <summary>https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html</summary>
    public static string? Function(string name) =>
        Is(name, 1, 64, "-_") ? null : "a function's name has 1 to 64 letters, digits, '-' and '_'";

    /// <summary>https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html</summary>
    public static string? EnvironmentVariable(string name)
    {
        if (!Is(name, 2, int.MaxValue, "_") || !char.IsAsciiLetter(name[0])) return "an environment variable's name has two or more letters, digits and '_', the first a letter";
        return ReservedVariables.Contains(name) ? "Lambda sets this environment variable itself" : null;
    }

    /// <summary>https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html; a role of another account, or with a path, goes by its ARN.</summary>
    public static string? Role(string name)
    {
        if (name.StartsWith("arn:", StringComparison.Ordinal)) return DeclaredPrincipals.ReadRoleArn(name) is var (account, _, role) && AccountId(account) is null && Role(role) is null ? null : "a role's ARN is as 'arn:aws:iam::111111111111:role/name'";
        return Is(name, 1, 64, "_+=,.@-") ? null : "a role's name has 1 to 64 letters, digits and '_+=,.@-'";
    }

    /// <summary>https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html</summary>
    public static string? IamGroup(string name) =>
        Is(name, 1, 128, "_+=,.@-") ? null : "an IAM group's name has 1 to 128 letters, digits and '_+=,.@-'";

    /// <summary>https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html</summary>
    public static string? IamUser(string name) =>
        Is(name, 1, 64, "_+=,.@-") ? null : "an IAM user's name has 1 to 64 letters, digits and '_+=,.@-'";

    /// <summary>https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html</summary>
    public static string? Policy(string name) =>
        Is(name, 1, 128, "_+=,.@-") ? null : "a policy's name has 1 to 128 letters, digits and '_+=,.@-'";

    /// <summary>https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html</summary>
    public static string? AccessKeyId(string id) =>
        Is(id, 16, 128, "_") ? null : "an access key's id has 16 to 128 letters and digits";

    public static string? AccountId(string id) =>
        id.Length == 12 && !id.AsSpan().ContainsAnyExceptInRange('0', '9') ? null : "an account's id has 12 digits";

    /// <summary>A region's form, as <c>eu-central-1</c>; that it exists is not asked, so that new ones work.</summary>
    public static string? Region(string name)
    {
        var parts = name.Split('-');
        var isRegion = parts.Length is 3 or 4 && parts[0].Length is >= 2 and <= 4 && parts[^1].Length == 1 && char.IsAsciiDigit(parts[^1][0]);
        foreach (var part in parts.AsSpan(0, parts.Length - 1)) isRegion &= part.Length > 0 && !part.AsSpan().ContainsAnyExceptInRange('a', 'z');
        return isRegion ? null : "a region is a name as 'eu-central-1'";
    }

    /// <summary>User pools, their clients and identity pools: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html</summary>
    public static string? Pool(string name) =>
        Is(name, 1, 128, " _+=,.@-") ? null : "a pool's or client's name has 1 to 128 letters, digits, spaces and '_+=,.@-'";

    /// <summary>Users and groups of a user pool: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html</summary>
    public static string? PoolMember(string name)
    {
        var isName = name.Length is >= 1 and <= 128;
        foreach (var c in name) isName &= char.IsLetterOrDigit(c) || char.IsPunctuation(c) || char.IsSymbol(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
        return isName ? null : "a user's or group's name has 1 to 128 letters, digits and signs, and no space";
    }

    /// <summary>https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html</summary>
    public static string? HttpApi(string name) =>
        name.Length is >= 1 and <= 128 ? null : "an API's or authorizer's name has 1 to 128 characters";

    /// <summary>https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html</summary>
    public static string? Stage(string name) =>
        name == "$default" || Is(name, 1, 128, "_-") ? null : "a stage's name is '$default' or has 1 to 128 letters, digits, '_' and '-'";

    /// <summary>Environment variables that a function's configuration cannot set: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime</summary>
    private static ReadOnlySpan<string> ReservedVariables => new[]
    {
        "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    };

    private static bool Is(string name, int least, int most, ReadOnlySpan<char> signs)
    {
        if (name.Length < least || name.Length > most) return false;
        foreach (var c in name) if (!char.IsAsciiLetterOrDigit(c) && !signs.Contains(c)) return false;
        return true;
    }

    private static bool IsIpAddress(string name)
    {
        var numbers = name.Split('.');
        foreach (var number in numbers) if (number.Length is 0 or > 3 || number.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
        return numbers.Length == 4;
    }
}
