using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Emulator.Configuration;
using Emulator.Lambda;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.DotNet;

[Source("https://docs.aws.amazon.com/lambda/latest/dg/csharp-handler.html")]
internal sealed class AssemblyFunctionTests : AssemblyFixture
{
    [TestCase("Price", """{"id":"a","quantity":6}""", """{"Id":"a","Total":42}""")]
    [TestCase("PriceAsync", """{"Id":"a","Quantity":6}""", """{"Id":"a","Total":48}""")]
    [TestCase("Upper", "\"grüße\"", "\"GRÜßE\"")]
    [TestCase("Echo", "[1 , 2]", "[1 , 2]")]
    [TestCase("Nothing", "{}", "")]
    [TestCase("NothingAsync", "{}", "")]
    [TestCase("Static", "7", "-7")]
    [TestCase("Serialized", "\"hush\"", "\"hush!\"")]
    [TestCase("Hidden", "{}", "\"hidden\"")]
    [TestCase("Content", "{}", "\"Good morning\"")]
    [TestCase("Int32 Overloaded(System.String)", "\"four\"", "4")]
    public async Task Handlers_of_every_form_are_bound(string method, string payload, string answer) =>
        Assert.That(await TextAsync(Serve(await HandlerAsync(method)), payload), Is.EqualTo(answer));

    [Test]
    public async Task A_handler_may_be_inherited() =>
        Assert.That(await TextAsync(Serve(await HandlerAsync("Inherited", "Handlers.Derived"))), Is.EqualTo("\"hidden\""));

    [Test]
    public async Task The_context_is_the_functions_own_interface() =>
        Assert.That(await TextAsync(Serve((await HandlerAsync("About")) with { MemorySizeMb = 512 })),
            Is.EqualTo($"\"f $LATEST 512 arn:aws:lambda:{Aws.Region}:{Aws.Account}:function:f /aws/lambda/f True True True True 36\""));

    [TestCase("Absent", "Unable to find method 'Absent' in type 'Handlers.Function' from assembly 'Handlers': Found no methods matching method name 'Absent'.")]
    [TestCase("AsyncVoid", "The method 'Void AsyncVoid()' cannot be used as a Lambda Handler because it is an 'async void' method. Handler methods cannot be 'async void'. Please specify a method that is not 'async void'.")]
    [TestCase("Generic", "The method 'T Generic[T](T)' cannot be used as a Lambda Handler because it is a generic method. Handler methods cannot be generic. Please specify a non-generic handler method.")]
    [TestCase("TooMany", "Method 'TooMany' of type 'Handlers.Function' is not supported: the method has more than 2 parameters.")]
    [TestCase("SecondNoContext", "Method 'SecondNoContext' of type 'Handlers.Function' is not supported: the method has 2 parameters, but the second parameter is not of type 'Amazon.Lambda.Core.ILambdaContext'.")]
    [TestCase("Overloaded", "The method 'Overloaded' in type 'Handlers.Function' appears to have a number of overloads. To call this method please specify a complete method signature. Possible candidates are:\nInt32 Overloaded(Int32)\nInt32 Overloaded(System.String).")]
    [Source("https://github.com/aws/aws-lambda-dotnet")]
    public async Task A_method_that_cannot_be_a_handler_is_told_in_the_words_of_the_dotnet_runtime(string method, string message) =>
        Assert.That(await ErrorAsync(Serve(await HandlerAsync(method))), Is.EqualTo(("LambdaValidationException", message)));

    [TestCase("Handlers::Handlers.Absent::Handle", "Unable to load type 'Handlers.Absent' from assembly 'Handlers'.")]
    [TestCase("Absent::Handlers.Function::Handle", "Could not find the specified handler assembly with the file name 'Absent, Culture=neutral, PublicKeyToken=null'. The assembly should be located in the root of your uploaded .zip file.")]
    [TestCase("Handlers::Handlers.Abstract::Handle", "The instance method 'Int32 Handle(Int32)' cannot be used as a Lambda Handler because its type 'Handlers.Abstract' is abstract. Please either use a static handler or specify a type that is not abstract.")]
    [TestCase("Handlers", "Invalid lambda function handler: 'Handlers'. The valid format is 'ASSEMBLY::TYPE::METHOD'.")]
    [TestCase("Handlers::::Handle", "Invalid lambda function handler: 'Handlers::::Handle', the type is missing. The valid format is 'ASSEMBLY::TYPE::METHOD'.")]
    [TestCase("", "Empty lambda function handler. The valid format is 'ASSEMBLY::TYPE::METHOD'.")]
    [Source("https://github.com/aws/aws-lambda-dotnet")]
    public async Task A_handler_that_is_not_there_is_told_in_the_words_of_the_dotnet_runtime(string handler, string message) =>
        Assert.That(await ErrorAsync(Serve(new FunctionConfig { Assembly = await HandlersAsync(), Handler = handler })), Is.EqualTo(("LambdaValidationException", message)));

    [Test]
    public async Task An_absent_assembly_is_named()
    {
        var absent = Path.Combine(Temporary, "absent.dll");
        Assert.That(await ErrorAsync(Serve(new FunctionConfig { Assembly = absent, Handler = "absent::T::M" })), Is.EqualTo(("Emulator.AssemblyNotFound", $"There is no assembly {absent}.")));
    }

    [Test]
    public async Task A_constructor_that_fails_is_answered_with_its_own_error()
    {
        var service = Serve(await HandlerAsync("Handle", "Handlers.Failing"));
        Assert.That(await ErrorAsync(service, "1"), Is.EqualTo(("InvalidOperationException", "no connection string")));
        Assert.That(service.Logs("f").Select(line => line.Text), Has.Some.Contains("\tfail\tSystem.InvalidOperationException: no connection string"));
    }

    [Test]
    public async Task A_handler_that_fails_shows_its_own_frames_only()
    {
        var outcome = await InvokeAsync(Serve(await HandlerAsync("Throws")));
        Assert.That(System.Text.Encoding.UTF8.GetString(outcome.Payload.Span), Does.Match(
            @"\A\{\n  ""errorType"": ""InvalidOperationException"",\n  ""errorMessage"": ""Error: some_error_msg"",\n  ""stackTrace"": \[\n    ""at Handlers\.Function\.Throws\(\) in .*Function\.cs:line \d+""\n  \]\n\}\n?\z"));
    }

    [Test]
    public async Task What_it_writes_to_the_console_is_in_its_log_as_the_dotnet_runtime_formats_it()
    {
        var service = Serve(await HandlerAsync("Talk"));
        await TextAsync(service);
        var lines = service.Logs("f").Select(line => System.Text.RegularExpressions.Regex.Replace(line.Text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t[0-9a-f-]{36}\t", "")).ToArray();
        Assert.That(lines[..1], Is.EqualTo(new[] { "info\tconstructed" }), "the constructor writes before START");
        Assert.That(lines[1], Does.StartWith("START RequestId: "));
        Assert.That(lines[2..^2], Is.EqualTo(new[]
        {
            "info\tto the console", "info\tin pieces", "info\ttwo\nlines", "fail\tto the error stream", "as it is", "info\ta line", "warn\t3 of them", "fail\tby level",
            "crit\twith an exception\nSystem.FormatException: broken",
        }));
        Assert.That(lines[^1], Does.Contain("Init Duration: "));
    }

    [Test]
    public async Task A_second_call_finds_the_same_object_and_is_no_cold_start()
    {
        var service = Serve(await HandlerAsync("Count"));
        Assert.That(await TextAsync(service), Is.EqualTo("1"));
        Assert.That(await TextAsync(service), Is.EqualTo("2"));
        Assert.That(service.Logs("f").Count(line => line.Text.Contains("Init Duration", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task The_code_is_described_by_its_size_and_hash()
    {
        var service = Serve(await HandlerAsync("Count"));
        await TextAsync(service);
        var digest = service.Functions(Aws.Account, Aws.Region).Single().Code.Digest;
        var bytes = await File.ReadAllBytesAsync(await HandlersAsync());
        Assert.That(digest, Is.EqualTo(new Emulator.Lambda.Functions.CodeDigest(bytes.Length, Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(bytes)))));
    }

    [Test]
    public async Task A_new_assembly_is_loaded_and_the_old_one_is_unloaded()
    {
        var folder = Path.Combine(Temporary, "app");
        CopyFolder(Path.GetDirectoryName(await HandlersAsync())!, folder);
        var disposed = Path.Combine(Temporary, "disposed");
        var service = Serve(new Dictionary<string, FunctionConfig>
        {
            ["reloaded"] = new() { Assembly = Path.Combine(folder, "Handlers.dll"), Handler = "Handlers::Handlers.Function::Content", Environment = new Dictionary<string, string> { ["DISPOSED_FILE"] = disposed } },
        }, watch: true);
        var old = await InvokeAndFindContextAsync(service);
        await File.WriteAllTextAsync(Path.Combine(folder, "greeting.txt"), "Good evening");
        await EventuallyAsync(async () => await TextAsync(service, "{}", "reloaded") == "\"Good evening\"", "the new version answers");
        await EventuallyAsync(() => Task.FromResult(IsGone(old)), "the old version is gone from memory");
        Assert.That(File.Exists(disposed), "the handler was disposed of");
    }

    [TestCase("Price", """{"Id":"a","Quantity":6}""")]
    [TestCase("PriceAsync", """{"Id":"a","Quantity":6}""")]
    [TestCase("Serialized", "\"a\"")]
    [TestCase("Talk", "{}")]
    [TestCase("WhoAmI", "{}")]
    public async Task Neither_json_nor_the_context_nor_the_aws_sdk_keeps_the_code_in_memory(string method, string payload)
    {
        var old = await UseAndStopAsync(method, payload);
        await EventuallyAsync(() => Task.FromResult(IsGone(old)), "the code is gone from memory");
    }

    private static bool IsGone(WeakReference code)
    {
        // System.Text.Json forgets the accessors of a type a second after their use, when it is used again for another.
        JsonSerializer.Serialize(new { code.TrackResurrection }, new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return !code.IsAlive;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> UseAndStopAsync(string method, string payload)
    {
        var service = Serve(new Dictionary<string, FunctionConfig> { ["reloaded"] = (await HandlerAsync(method)) with { Timeout = TimeSpan.FromMinutes(1) } });
        await TextAsync(service, payload, "reloaded");
        var context = FindContext();
        await service.DisposeAsync();
        return context;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> InvokeAndFindContextAsync(LambdaService service)
    {
        Assert.That(await TextAsync(service, "{}", "reloaded"), Is.EqualTo("\"Good morning\""));
        return FindContext();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference FindContext() =>
        new(AssemblyLoadContext.All.Single(context => context.Name == "function reloaded" && context.Assemblies.Any(assembly => assembly.Location.StartsWith(Temporary, StringComparison.Ordinal))));

    private static async Task EventuallyAsync(Func<Task<bool>> happened, string what)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await happened()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        Assert.Fail(what);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
