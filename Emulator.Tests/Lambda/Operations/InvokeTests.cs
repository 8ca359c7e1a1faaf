using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.Operations;

[Source("https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html")]
internal sealed class InvokeTests : LambdaFixture
{
    private sealed record Greeting(string Name, int Times);

    [Test]
    public async Task An_event_goes_in_as_json_and_the_result_comes_out_as_json()
    {
        Aws.Functions.Register("greet", (Greeting greeting) => new { Text = string.Concat(Enumerable.Repeat($"Hello {greeting.Name}! ", greeting.Times)), Nothing = (string?)null });
        var answer = await InvokeAsync("greet", """{"name":"Ada","TIMES":2}""");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That(answer.Text, Is.EqualTo("""{"Text":"Hello Ada! Hello Ada! "}"""));
            Assert.That(answer.Headers["X-Amz-Executed-Version"], Is.EqualTo("$LATEST"));
            Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json"));
            Assert.That(answer.FunctionError, Is.Null);
            Assert.That(answer.Headers, Does.Not.ContainKey("X-Amz-Log-Result"));
        });
    }

    [Test]
    [Observed("2025-11-24, TestRequestIdHandling::test_request_id_invoke")]
    public async Task The_request_id_of_the_call_is_the_one_in_the_context_and_in_the_log()
    {
        Aws.Functions.Register("id", (JsonElement _, LambdaContext context) => context.AwsRequestId);
        var answer = await InvokeAsync("id", "{}");
        var id = answer.Headers["x-amzn-RequestId"];
        Assert.That(answer.Text, Is.EqualTo($"\"{id}\""));
        Assert.That(Aws.Functions.Logs("id")[0].Text, Is.EqualTo($"START RequestId: {id} Version: $LATEST"));
    }

    [Test]
    [Observed("2025-11-24, TestLambdaFeatures::test_invocation_with_logs")]
    public async Task The_log_begins_with_start_and_ends_with_end_and_report_and_its_tail_comes_back()
    {
        Aws.Functions.Register("log", (JsonElement _, LambdaContext context) => { context.Logger.LogLine("at work"); return 1; });
        var answer = await InvokeAsync("log", "{}", logType: "Tail");
        var id = answer.Headers["x-amzn-RequestId"];
        Assert.That(answer.LogTail, Does.Match(
            $@"\ASTART RequestId: {id} Version: \$LATEST\n" +
            $@"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z\t{id}\tinfo\tat work\n" +
            $@"END RequestId: {id}\n" +
            $@"REPORT RequestId: {id}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\t\n\z"));
    }

    [Test]
    public async Task Only_the_last_four_kilobytes_of_the_log_come_back()
    {
        Aws.Functions.Register("log", (JsonElement _, LambdaContext context) => { for (var i = 0; i < 200; i++) context.Logger.LogLine($"line {i} {new string('x', 50)}"); return 1; });
        var answer = await InvokeAsync("log", "{}", logType: "Tail");
        Assert.That(Convert.FromBase64String(answer.Headers["X-Amz-Log-Result"]), Has.Length.EqualTo(4096));
        Assert.That(answer.LogTail, Does.Contain("line 199").And.EndWith("MB\t\n").And.Not.Contain("line 100 "));
    }

    [Test]
    [Observed("2026-01-12, TestLambdaRuntimesCommon::test_uncaught_exception_invoke[dotnet10]")]
    public async Task An_exception_is_answered_as_the_dotnet_runtime_writes_it()
    {
        Aws.Functions.Register("fail", async Task<int> (JsonElement _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException("Error: some_error_msg", new FormatException("inside"));
        });
        var answer = await InvokeAsync("fail", "{}", logType: "Tail");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That(answer.FunctionError, Is.EqualTo("Unhandled"));
            Assert.That(answer.Json.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "errorType", "errorMessage", "stackTrace", "cause" }));
            Assert.That(answer["errorType"], Is.EqualTo("InvalidOperationException"));
            Assert.That(answer["errorMessage"], Is.EqualTo("Error: some_error_msg"));
            Assert.That(answer.Json.GetProperty("cause").GetProperty("errorType").GetString(), Is.EqualTo("FormatException"));
            var frames = answer.Json.GetProperty("stackTrace").EnumerateArray().Select(frame => frame.GetString()).ToArray();
            Assert.That(frames, Has.Length.EqualTo(1).And.All.StartsWith("at Emulator.Tests.Lambda.Operations.InvokeTests."), "the function's frames, not the emulator's");
            Assert.That(answer.LogTail, Does.Contain("\tfail\tSystem.InvalidOperationException: Error: some_error_msg"));
        });
    }

    [Test]
    [Observed("2025-11-25, TestLambdaBehavior::test_lambda_invoke_with_timeout")]
    public async Task A_function_that_takes_too_long_is_given_up_although_it_does_not_listen()
    {
        using var held = new ManualResetEventSlim();
        var cancelled = new TaskCompletionSource();
        Aws.Functions.Register("slow", (JsonElement _, LambdaContext context) =>
        {
            context.CancellationToken.Register(cancelled.SetResult);
            held.Wait(CancellationToken.None);
            context.Logger.LogLine("too late");
            return 1;
        }, new FunctionOptions { Timeout = TimeSpan.FromMilliseconds(250) });
        var answer = await InvokeAsync("slow", "{}", logType: "Tail");
        var id = answer.Headers["x-amzn-RequestId"];
        await cancelled.Task;
        held.Set();
        Assert.Multiple(() =>
        {
            Assert.That(answer.FunctionError, Is.EqualTo("Unhandled"));
            Assert.That(answer.Text, Is.EqualTo($$"""{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: {{id}} Error: Task timed out after 0.25 seconds"}"""));
            Assert.That(answer.LogTail, Does.Contain($"Z {id} Task timed out after 0.25 seconds\n").And.Contain("Duration: 250.00 ms\tBilled Duration: 250 ms").And.Contain("Status: timeout"));
            Assert.That(Aws.Functions.Logs("slow").Select(line => line.Text), Has.None.Contains("too late"));
        });
    }

    [Test]
    public async Task A_frozen_clock_does_not_keep_a_function_from_its_timeout()
    {
        Aws.Clock.Freeze();
        Aws.Functions.Register("hang", (JsonElement _) => new TaskCompletionSource<int>().Task, new FunctionOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        Assert.That((await InvokeAsync("hang", "{}"))["errorType"], Is.EqualTo("Sandbox.Timedout"));
    }

    [TestCase("hello")]
    [Observed("2025-11-24, TestLambdaFeatures::test_invocation_type_event and test_invocation_type_dry_run")]
    public async Task A_dry_run_answers_204_and_does_not_run(string name)
    {
        var ran = false;
        Aws.Functions.Register(name, (JsonElement _) => ran = true);
        var answer = await InvokeAsync(name, "{}", type: "DryRun");
        Assert.That((answer.Status, answer.Text, ran, answer.Headers.ContainsKey("X-Amz-Executed-Version")), Is.EqualTo((204, "", false, false)));
    }

    [Test]
    [Observed("2025-11-24, TestLambdaFeatures::test_invocation_type_event")]
    public async Task An_event_is_answered_with_202_at_once_and_run_later()
    {
        var gate = new TaskCompletionSource();
        var seen = new List<string>();
        Aws.Functions.Register("later", async (JsonElement input) => { await gate.Task; lock (seen) seen.Add(input.GetRawText()); });
        var answer = await InvokeAsync("later", """{"n":1}""", type: "Event");
        Assert.That((answer.Status, answer.Text, seen.Count, answer.Headers.ContainsKey("X-Amz-Executed-Version")), Is.EqualTo((202, "", 0, false)));
        gate.SetResult();
        await Aws.Functions.WhenIdleAsync();
        Assert.That(seen, Is.EqualTo(new[] { """{"n":1}""" }));
    }

    [Test]
    [Observed("2025-11-24, TestLambdaFeatures::test_invoke_exceptions: with the version, and Type beside Message")]
    public async Task An_absent_function_is_named_with_its_version()
    {
        var answer = await InvokeAsync("doesnotexist", "{}");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(404));
            Assert.That(answer.ErrorType, Is.EqualTo("ResourceNotFoundException"));
            Assert.That(answer.Text, Is.EqualTo($$"""{"Type":"User","Message":"Function not found: {{ArnOf("doesnotexist")}}:$LATEST"}"""));
        });
    }

    [Test]
    [Observed("2025-11-25, TestLambdaFunction::test_get_function_wrong_region[invoke]")]
    public async Task A_function_of_another_region_is_not_reachable() =>
        Assert.That((await InvokeAsync($"arn:aws:lambda:ap-southeast-1:{Aws.Account}:function:f", "{}"))["Message"],
            Is.EqualTo("Functions from 'ap-southeast-1' are not reachable in this region ('us-east-1')"));

    [Test]
    public async Task Name_partial_arn_and_arn_all_find_it_and_the_context_tells_the_qualifier([Values("f", "{account}:function:f", "function:f", "{arn}", "f:$LATEST", "{arn}:$LATEST")] string form)
    {
        Aws.Functions.Register("f", (JsonElement _, LambdaContext context) => context.InvokedFunctionArn);
        var name = form.Replace("{account}", Aws.Account).Replace("{arn}", ArnOf("f"));
        var answer = await InvokeAsync(name, "{}");
        Assert.That(answer.Json.GetString(), Is.EqualTo(form.EndsWith("$LATEST", StringComparison.Ordinal) ? $"{ArnOf("f")}:$LATEST" : ArnOf("f")));
    }

    [TestCase("n\u0001r\u0002", 0x87, "Invalid UTF-8 start byte 0x87", 3)]
    [TestCase("\u0001\u0002,j", 0x99, "Unexpected character ((CTRL-CHAR, code 153)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 1)]
    [Observed("2025-11-24, TestLambdaErrors::test_lambda_invoke_payload_encoding_error")]
    public async Task An_event_that_is_not_json_is_refused_in_the_words_of_jackson(string text, byte first, string problem, int column)
    {
        Aws.Functions.Register("f", (JsonElement _) => 1);
        var payload = text.Select(letter => letter == '\u0001' ? first : letter == '\u0002' ? (byte)0xEB : (byte)letter).ToArray();
        var answer = await InvokeAsync("f", payload);
        Assert.Multiple(() =>
        {
            Assert.That((answer.Status, answer.ErrorType, answer["Type"]), Is.EqualTo((400, "InvalidRequestContentException", "User")));
            Assert.That(answer["message"], Is.EqualTo($"Could not parse request body into json: Could not parse payload into json: {problem}\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: {column}]"));
        });
    }

    [Test]
    [Source("https://github.com/aws/aws-lambda-dotnet/pull/834")]
    public async Task An_empty_event_is_an_empty_object()
    {
        Aws.Functions.Register("echo", (JsonElement input) => input);
        Assert.That((await InvokeAsync("echo", "")).Text, Is.EqualTo("{}"));
    }

    [Test]
    [Observed("2025-11-24, TestLambdaBaseFeatures::test_lambda_too_large_response")]
    public async Task An_answer_beyond_six_megabytes_is_an_error_of_the_function()
    {
        Aws.Functions.Register("large", (int size) => new string('x', size - 2));
        Assert.That((await InvokeAsync("large", "6291556")).Body, Has.Length.EqualTo(6291556));
        var answer = await InvokeAsync("large", "6291557");
        Assert.That(answer.FunctionError, Is.EqualTo("Unhandled"));
        Assert.That(answer.Text, Is.EqualTo("""{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}"""));
    }

    [Test]
    [Observed("2024-12, https://github.com/pelmers/streetwarp-web/issues/14")]
    public async Task An_event_beyond_six_megabytes_is_refused()
    {
        Aws.Functions.Register("f", (string text) => text.Length);
        Assert.That((await InvokeAsync("f", $"\"{new string('x', 6291454)}\"")).Text, Is.EqualTo("6291454"));
        var answer = await InvokeAsync("f", $"\"{new string('x', 6291455)}\"");
        Assert.That((answer.Status, answer.ErrorType, answer["message"]), Is.EqualTo((413, "RequestEntityTooLargeException", "Request must be smaller than 6291456 bytes for the InvokeFunction operation")));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html")]
    public async Task An_asynchronous_event_beyond_one_megabyte_is_refused()
    {
        Aws.Functions.Register("f", (string text) => text.Length);
        Assert.That((await InvokeAsync("f", $"\"{new string('x', 1048574)}\"", type: "Event")).Status, Is.EqualTo(202));
        var answer = await InvokeAsync("f", $"\"{new string('x', 1048575)}\"", type: "Event");
        Assert.That((answer.Status, answer["message"]), Is.EqualTo((413, "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)")));
    }

    [Test]
    public async Task The_client_context_reaches_the_function()
    {
        Aws.Functions.Register("f", (JsonElement _, LambdaContext context) => $"{context.ClientContext!.Client!.AppTitle} {context.ClientContext.Custom!["k"]}");
        var header = Convert.ToBase64String("""{"client":{"app_title":"Notes"},"custom":{"k":"v"},"env":{}}"""u8);
        Assert.That((await InvokeAsync("f", "{}", clientContext: header)).Json.GetString(), Is.EqualTo("Notes v"));
        Assert.That((await InvokeAsync("f", "{}", clientContext: "no base 64"))["message"], Is.EqualTo("Client context must be a valid Base64-encoded JSON object."));
    }

    [Test]
    public async Task What_is_not_built_is_refused_by_name()
    {
        Aws.Functions.Register("f", (JsonElement _) => 1);
        var answer = await SendAsync(HttpMethod.Post, "/2015-03-31/functions/f/invocations", "{}"u8.ToArray(), new() { ["X-Amz-Tenant-Id"] = "t" });
        Assert.That((answer.Status, answer.ErrorType), Is.EqualTo((501, "NotImplemented")));
        Assert.That(answer.Text, Does.Contain("TenantId"));
    }

    [Test]
    public async Task A_hundred_calls_at_once_each_get_their_own_answer()
    {
        Aws.Functions.Register("twice", async (int number) => { await Task.Yield(); return number * 2; });
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => InvokeAsync("twice", number.ToString())));
        Assert.That(answers.Select(answer => answer.Text), Is.EqualTo(Enumerable.Range(0, 100).Select(number => (number * 2).ToString())));
    }

    [Test]
    public async Task An_event_that_does_not_fit_the_type_is_the_functions_error()
    {
        Aws.Functions.Register("f", (Greeting greeting) => greeting.Name);
        var answer = await InvokeAsync("f", """{"Times":"often"}""");
        Assert.That((answer.FunctionError, answer["errorType"]), Is.EqualTo(("Unhandled", "JsonSerializerException")));
        Assert.That(answer["errorMessage"], Does.StartWith("Error converting the Lambda event JSON payload to type Emulator.Tests.Lambda.Operations.InvokeTests+Greeting: "));
    }

    [Test]
    public async Task Raw_streams_pass_as_they_are()
    {
        Aws.Functions.Register("raw", async (Stream input, LambdaContext context) =>
        {
            using var reader = new StreamReader(input);
            return (Stream)new MemoryStream(Encoding.UTF8.GetBytes(await reader.ReadToEndAsync() + " 한글"));
        });
        Assert.That((await InvokeAsync("raw", "[1, 2]")).Text, Is.EqualTo("[1, 2] 한글"));
    }
}
