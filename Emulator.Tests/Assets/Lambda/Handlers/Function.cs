using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Handlers;

public record Order(string Id, int Quantity);

public record Receipt(string Id, int Total);

/// <summary>Handlers in each form that Lambda knows.</summary>
public class Function : IDisposable
{
    private readonly string? _table = Environment.GetEnvironmentVariable("TABLE");
    private readonly string? _accessKey = Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID");
    private int _calls;

    public Function() => Console.WriteLine("constructed");

    public Receipt Price(Order order, ILambdaContext context)
    {
        context.Logger.LogInformation($"pricing {order.Id}");
        return new(order.Id, order.Quantity * 7);
    }

    public async Task<Receipt> PriceAsync(Order order)
    {
        await Task.Yield();
        return new(order.Id, order.Quantity * 8);
    }

    public async ValueTask<string> Upper(string text)
    {
        await Task.Yield();
        return text.ToUpperInvariant();
    }

    public Task<Stream> Echo(Stream input) => Task.FromResult(input);

    public string About(ILambdaContext context) =>
        $"{context.FunctionName} {context.FunctionVersion} {context.MemoryLimitInMB} {context.InvokedFunctionArn} {context.LogGroupName} {context.RemainingTime > TimeSpan.Zero} {context.ClientContext == null} {context.Identity == null} {context.TraceId.StartsWith("Root=1-")} {context.AwsRequestId.Length}";

    public void Nothing() { }

    public async Task NothingAsync() => await Task.Yield();

    public static int Static(int number) => -number;

    public int Count() => ++_calls;

    public string Throws() => throw new InvalidOperationException("Error: some_error_msg");

    public string Inherited() => Hidden();

    public string[] Variables() => [_table ?? "-", Environment.GetEnvironmentVariable("TABLE") ?? "-", _accessKey ?? "-", Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") ?? "-"];

    public async Task<string> WhoAmI()
    {
        using var sts = new AmazonSecurityTokenServiceClient();
        return (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn;
    }

    public string Talk(ILambdaContext context)
    {
        Console.WriteLine("to the console");
        Console.Write("in ");
        Console.Write("pieces\n");
        Console.WriteLine("two\nlines");
        Console.Error.WriteLine("to the error stream");
        context.Logger.Log("as it is\n");
        context.Logger.LogLine("a line");
        context.Logger.LogDebug("not worth it");
        context.Logger.LogWarning("{count} of {what}", 3, "them");
        context.Logger.Log("Error", "by level");
        context.Logger.Log(LogLevel.Critical, new FormatException("broken"), "with {what}", "an exception");
        return "";
    }

    public string Content() => File.ReadAllText(Path.Combine(Path.GetDirectoryName(typeof(Function).Assembly.Location)!, "greeting.txt"));

    [LambdaSerializer(typeof(ShoutingSerializer))]
    public string Serialized(string text) => text;

    public int Overloaded(int number) => number;

    public int Overloaded(string text) => text.Length;

    public T Generic<T>(T value) => value;

    public async void AsyncVoid() => await Task.Yield();

    public int TooMany(int one, int two, int three) => one + two + three;

    public int SecondNoContext(int one, int two) => one + two;

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("DISPOSED_FILE") is { } file) File.WriteAllText(file, "disposed");
        GC.SuppressFinalize(this);
    }

    private static string Hidden() => "hidden";
}

public class Derived : Function;

public abstract class Abstract
{
    public int Handle(int number) => number;
}

public class Failing
{
    public Failing() => throw new InvalidOperationException("no connection string");

    public int Handle(int number) => number;
}

public class ShoutingSerializer : ILambdaSerializer
{
    public T Deserialize<T>(Stream requestStream) => JsonSerializer.Deserialize<T>(requestStream)!;

    public void Serialize<T>(T response, Stream responseStream) => responseStream.Write(Encoding.UTF8.GetBytes($"\"{response}!\""));
}
