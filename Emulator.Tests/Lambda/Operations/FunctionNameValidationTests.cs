using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.Operations;

[Observed("2024-08-22 and 2025-11-25, TestLambdaFunction::test_function_name_and_qualifier_validation")]
internal sealed partial class FunctionNameValidationTests : LambdaFixture
{
    // What was asked, by the name of the recorded test; the answers are AWS's.
    private static readonly Dictionary<string, (string Name, string? Qualifier)> Asked = new()
    {
        ["function_name_is_single_invalid"] = ("*", null),
        ["invalid_characters_in_function_name"] = ("my-function!", null),
        ["invalid_characters_in_qualifier"] = ("my-function", "invalid!"),
        ["qualifier_too_long"] = ("my-function", new('a', 129)),
        ["invalid_account_id_in_partial_arn"] = ("invalid-account:function:my-function", null),
        ["invalid_region_in_arn"] = ("arn:aws:lambda:invalid-region:000000000000:function:my-function", null),
        ["non_lambda_arn"] = ("arn:aws:ec2:us-east-1:000000000000:instance:i-1234567890abcdef0", null),
        ["function_name_too_long"] = (new('a', 65), null),
        ["full_arn_with_multiple_qualifiers"] = ("arn:aws:lambda:us-east-1:000000000000:function:my-function:1:2", null),
        ["incomplete_arn"] = ("arn:aws:lambda:us-east-1:000000000000:function", null),
        ["partial_arn_with_extra_qualifier"] = ("function:my-function:$LATEST:extra", null),
        ["latest_version_with_additional_qualifier"] = ("my-function:$LATEST", "1"),
        ["lowercase_latest_qualifier"] = ("my-function", "$latest"),
        ["missing_region_in_arn"] = ("arn:aws:lambda::000000000000:function:my-function", null),
        ["missing_account_id_in_arn"] = ("arn:aws:lambda:us-east-1::function:my-function", null),
        ["misspelled_latest_in_arn"] = ("arn:aws:lambda:us-east-1:000000000000:function:my-function:$LATES", null),
        ["full_arn_and_qualifier_too_long_and_invalid_region"] = ($"arn:aws:lambda:invalid-region:000000000000:function:my-function-{new string('a', 170)}", new('a', 129)),
    };

    private static IEnumerable<TestCaseData> Cases =>
        from asked in Asked
        from operation in new[] { "invoke", "get_function" }
        select new TestCaseData(asked.Key, operation);

    [TestCaseSource(nameof(Cases))]
    public async Task Names_are_refused_as_aws_refuses_them(string name, string operation)
    {
        var recorded = RecordedLambda.Find("test_lambda_api.snapshot.json", $"validation[{name}-{operation}]");
        if (recorded.Count == 0) Assert.Ignore("The recorded answers are not beside this checkout.");
        var expected = recorded.Values.Single().GetProperty($"{operation}_exception");
        var (function, qualifier) = Asked[name];
        var answer = operation == "invoke"
            ? await InvokeAsync(function, "{}", qualifier: qualifier)
            : await GetAsync($"/2015-03-31/functions/{Uri.EscapeDataString(function)}{(qualifier is null ? "" : $"?Qualifier={Uri.EscapeDataString(qualifier)}")}");
        Assert.Multiple(() =>
        {
            Assert.That(answer.ErrorType, Is.EqualTo(expected.GetProperty("Code").GetString()));
            Assert.That(answer["message"] ?? answer["Message"], Is.EqualTo(Message(expected)));
        });
    }

    /// <summary>Errors of a shape are recorded as a list; on the wire they are one text.</summary>
    private string Message(JsonElement expected)
    {
        var message = expected.TryGetProperty("Message", out var whole)
            ? whole.GetString()!
            : $"{expected.GetProperty("Count")} validation error{(expected.GetProperty("Count").GetInt32() == 1 ? "" : "s")} detected: {string.Join("; ", expected.GetProperty("Errors").EnumerateArray().Select(error => error.GetString()))}";
        return LongText().Replace(RecordedLambda.Fill(message, Aws), match => new string('a', int.Parse(match.Groups[1].Value)));
    }

    [GeneratedRegex(@"<a:len\((\d+)\)>")]
    private static partial Regex LongText();
}
