using System.Text.RegularExpressions;
using Emulator.Iam.Policies;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Emulator.Tests.Iam.Policies;

[Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html")]
[Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html")]
internal sealed class PatternTests
{
    [TestCase("*", "", true)]
    [TestCase("*", "anything", true)]
    [TestCase("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/", true)]
    [TestCase("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b c/ㄱ", true)]
    [TestCase("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket", false)]
    [TestCase("arn:aws:s3:::bucket", "arn:aws:s3:::Bucket", false)]
    [TestCase("b?cket", "bucket", true)]
    [TestCase("b?cket", "bcket", false)]
    [TestCase("*a*b*c", "xxaxxbxxbxxc", true)]
    [TestCase("*a*b*c", "xxaxxbxxbxxcx", false)]
    [TestCase("a**?", "ab", true)]
    [TestCase("", "", true)]
    [TestCase("", "a", false)]
    public void Asterisk_is_any_run_and_question_mark_any_one(string pattern, string value, bool matches) =>
        Assert.That(Pattern.Parse(pattern, PatternOptions.Wildcards).Matches(value, null), Is.EqualTo(matches ? PatternMatch.Yes : PatternMatch.No));

    [TestCase("s3:get*", "s3:GetObject", true)]
    [TestCase("S3:GETOBJECT", "s3:GetObject", true)]
    [TestCase("s3:?etObject", "s3:GetObject", true)]
    [TestCase("s3:PutObject", "s3:GetObject", false)]
    public void Actions_are_matched_without_regard_to_case(string pattern, string value, bool matches) =>
        Assert.That(Pattern.Parse(pattern, PatternOptions.Wildcards | PatternOptions.IgnoreCase).Matches(value, null), Is.EqualTo(matches ? PatternMatch.Yes : PatternMatch.No));

    [TestCase("home/${aws:username}/*", "home/alice/x", true)]
    [TestCase("home/${AWS:UserName}/*", "home/alice/x", true)]
    [TestCase("home/${aws:username}/*", "home/bob/x", false)]
    [TestCase("${aws:PrincipalTag/department}-*", "engineering-1", true)]
    [TestCase("${aws:PrincipalTag/project, 'none'}-*", "none-1", true)]
    [TestCase("${aws:username, 'nobody'}", "alice", true)]
    [TestCase("literal ${*}", "literal *", true)]
    [TestCase("literal ${*}", "literal x", false)]
    [TestCase("${?}${$}{x}", "?${x}", true)]
    [TestCase("${unclosed", "${unclosed", true)]
    public void Variables_stand_for_values_of_the_request(string pattern, string value, bool matches) =>
        Assert.That(Pattern.Parse(pattern, PatternOptions.Wildcards | PatternOptions.Variables).Matches(value, Requests.Of(Requests.Alice, "s3:GetObject", "*")),
            Is.EqualTo(matches ? PatternMatch.Yes : PatternMatch.No));

    [Test]
    public void A_variable_that_the_request_does_not_have_matches_nothing() =>
        Assert.That(Pattern.Parse("home/${aws:username}/*", PatternOptions.Wildcards | PatternOptions.Variables).Matches("home//x", Requests.Of(Requests.Session, "s3:GetObject", "*")),
            Is.EqualTo(PatternMatch.Unresolved));

    [Test]
    public void A_wildcard_inside_a_value_is_literal()
    {
        var caller = Requests.Alice with { PrincipalName = "*" };
        var pattern = Pattern.Parse("home/${aws:username}", PatternOptions.Wildcards | PatternOptions.Variables);
        Assert.That(pattern.Matches("home/bob", Requests.Of(caller, "s3:GetObject", "*")), Is.EqualTo(PatternMatch.No));
        Assert.That(pattern.Matches("home/*", Requests.Of(caller, "s3:GetObject", "*")), Is.EqualTo(PatternMatch.Yes));
    }

    [Test]
    public void Matches_what_the_equal_regular_expression_matches()
    {
        // Few letters, so that patterns often match and often nearly do.
        var patterns = Gen.Elements('a', 'b', '*', '?').ListOf().Select(letters => string.Concat(letters));
        var values = Gen.Elements('a', 'b').ListOf().Select(letters => string.Concat(letters));
        Prop.ForAll(Arb.From(patterns), Arb.From(values), (pattern, value) =>
        {
            var regex = "^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$";
            var expected = Regex.IsMatch(value, regex, RegexOptions.Singleline | RegexOptions.NonBacktracking) ? PatternMatch.Yes : PatternMatch.No;
            return Pattern.Parse(pattern, PatternOptions.Wildcards).Matches(value, null) == expected;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Test, CancelAfter(20_000)]
    public void The_worst_pattern_ends()
    {
        var pattern = Pattern.Parse(string.Concat(Enumerable.Repeat("a*", 5_000)) + "b", PatternOptions.Wildcards);
        Assert.That(pattern.Matches(new string('a', 2_000), null), Is.EqualTo(PatternMatch.No));
    }
}
