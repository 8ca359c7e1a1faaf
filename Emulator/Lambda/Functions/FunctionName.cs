using System.Text.RegularExpressions;

namespace Emulator.Lambda.Functions;

/// <summary>How a request names a function: by name, partial ARN or ARN, with or without a version or alias.</summary>
/// <param name="Account">The account that the ARN says; null: the caller's.</param>
/// <param name="Region">The region that the ARN says; null: the request's.</param>
/// <param name="Qualifier">As it was written, <c>$LATEST</c>, a number or an alias; null where none was.</param>
internal readonly partial record struct FunctionName(string Name, string? Account, string? Region, string? Qualifier)
{
    public const string Latest = "$LATEST";

    // Observed 2025-11-25: the patterns as AWS prints them in its validation errors.
    private const string ReferencePattern = @"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";
    private const string QualifierPattern = @"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";

    /// <summary>Reads the parameters FunctionName and Qualifier; throws what AWS answers to those that cannot be.</summary>
    public static FunctionName Parse(string reference, string? qualifier)
    {
        var match = Reference().Match(reference);
        var problems = new List<string>();
        if (qualifier is { Length: > LambdaLimits.QualifierLength }) problems.Add(TooLong(qualifier, "qualifier", LambdaLimits.QualifierLength));
        else if (qualifier is not null && !QualifierText().IsMatch(qualifier)) problems.Add(Mismatch(qualifier, "qualifier", QualifierPattern));
        if (reference.Length > LambdaLimits.FunctionReferenceLength) problems.Add(TooLong(reference, "functionName", LambdaLimits.FunctionReferenceLength));
        if (!match.Success) problems.Add(Mismatch(reference, "functionName", ReferencePattern));
        if (problems.Count > 0) throw LambdaErrors.Validation(problems);

        var name = FromMatch(match);
        if (qualifier is null) return name;
        if (name.Qualifier is not null && name.Qualifier != qualifier) throw LambdaErrors.QualifierMismatch();
        return name with { Qualifier = qualifier };
    }

    /// <summary>The same for what another service was configured with: false where it is no name at all.</summary>
    public static bool TryParse(string reference, out FunctionName name)
    {
        var match = Reference().Match(reference);
        name = match.Success ? FromMatch(match) : default;
        return match.Success;
    }

    public string Arn(string account, string region) => $"arn:aws:lambda:{Region ?? region}:{Account ?? account}:function:{Name}";

    /// <summary>The ARN with the qualifier that the request gave, if it gave one.</summary>
    public string QualifiedArn(string account, string region) => Qualifier is null ? Arn(account, region) : $"{Arn(account, region)}:{Qualifier}";

    private static FunctionName FromMatch(Match match) => new(
        match.Groups["name"].Value, Part(match, "account"), Part(match, "region"), Part(match, "qualifier"));

    private static string? Part(Match match, string group) => match.Groups[group] is { Success: true } part ? part.Value.TrimEnd(':') : null;

    private static string TooLong(string value, string member, int limit) =>
        $"Value '{value}' at '{member}' failed to satisfy constraint: Member must have length less than or equal to {limit}";

    private static string Mismatch(string value, string member, string pattern) =>
        $"Value '{value}' at '{member}' failed to satisfy constraint: Member must satisfy regular expression pattern: {pattern}";

    [GeneratedRegex(@"\A(arn:(aws[a-zA-Z-]*)?:lambda:)?(?<region>(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-[0-9]{1}:)?(?<account>[0-9]{12}:)?(function:)?(?<name>[a-zA-Z0-9-_\.]+)(:(?<qualifier>\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\A(\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex QualifierText();
}
