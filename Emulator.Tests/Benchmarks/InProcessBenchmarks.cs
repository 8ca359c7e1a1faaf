using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BenchmarkDotNet.Attributes;

namespace Emulator.Tests.Benchmarks;

/// <summary>What a fixture pays: a further start, a fork of a large world, a call through the transport without a port beside the same call through a socket, a route to a delegate.</summary>
[MemoryDiagnoser]
public class InProcessBenchmarks : IAsyncDisposable
{
    private const string Yaml = """
        lambda: { functions: { answer: {} } }
        apigateway: { httpApis: { api: { routes: { "GET /answer": answer } } } }
        """;

    private AwsEmulator _aws = null!;
    private HttpClient _memory = null!;
    private HttpClient _socket = null!;
    private AmazonDynamoDBClient _sdk = null!;
    private string _route = "";

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _aws = await AwsEmulator.StartAsync(options =>
        {
            options.Configuration = Yaml;
            options.Functions = functions => functions.Register("answer", (_, _) => Task.FromResult<Stream>(new MemoryStream("""{"statusCode":200,"body":"ok"}"""u8.ToArray())));
        });
        _sdk = _aws.CreateClient<AmazonDynamoDBClient>();
        await _sdk.CreateTableAsync(new CreateTableRequest("Bench", [new KeySchemaElement("id", KeyType.HASH)], [new AttributeDefinition("id", ScalarAttributeType.S)], null) { BillingMode = BillingMode.PAY_PER_REQUEST });
        for (var i = 0; i < 10_000; i++) await _sdk.PutItemAsync("Bench", new() { ["id"] = new($"{i}"), ["text"] = new(new string('x', 370)) });
        var address = await _aws.ListenAsync();
        _memory = new HttpClient(_aws.Handler) { BaseAddress = new Uri("http://localhost/") };
        _socket = new HttpClient { BaseAddress = address };
        _route = _aws.Outputs.HttpApiUrl("api") + "/answer";
    }

    [Benchmark]
    public async Task SecondStart()
    {
        await using var aws = await AwsEmulator.StartAsync();
    }

    [Benchmark]
    public async Task Fork()
    {
        await using var fork = _aws.Fork();
    }

    [Benchmark(Baseline = true)]
    public Task<byte[]> GetItemThroughSocket() => GetItemAsync(_socket);

    [Benchmark]
    public Task<byte[]> GetItemInMemory() => GetItemAsync(_memory);

    [Benchmark]
    public Task<GetItemResponse> GetItemBySdkInMemory() => _sdk.GetItemAsync("Bench", new() { ["id"] = new("5000") });

    [Benchmark]
    public Task<string> RouteToDelegateInMemory() => _memory.GetStringAsync(_route);

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _socket.Dispose();
        _memory.Dispose();
        _sdk.Dispose();
        await _aws.DisposeAsync();
    }

    private async Task<byte[]> GetItemAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("""{"TableName":"Bench","Key":{"id":{"S":"5000"}}}""", Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "DynamoDB_20120810.GetItem");
        using var response = await http.SendAsync(request.Signed("dynamodb"));
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }
}
