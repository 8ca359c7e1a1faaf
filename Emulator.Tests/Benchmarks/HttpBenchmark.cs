using System.Text;

namespace Emulator.Tests.Benchmarks;

/// <summary>Requests a second of the emulator over HTTP, beside an empty Kestrel endpoint in the same run.</summary>
internal static class HttpBenchmark
{
    private const int Connections = 16;
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(string[] arguments)
    {
        var inMemory = !arguments.Contains("sqlite");
        await using var empty = await ServerProcess.EmptyAsync();
        await using var emulator = await ServerProcess.EmulatorAsync(inMemory ? ["--in-memory"] : []);
        await PrepareAsync(emulator.Port);
        Console.WriteLine($"{(inMemory ? "in memory" : "SQLite")}, {Connections} connections, {Rounds} rounds of {Round.TotalSeconds} s in turn, {Environment.ProcessorCount} cores");

        await LoadGenerator.RunAsync(empty.Port, Connections, Round, _ => Baseline);
        foreach (var (name, request) in Cases())
        {
            await LoadGenerator.RunAsync(emulator.Port, Connections, Round, request); // warm up
            var ratios = new List<double>();
            var rates = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                var reference = await LoadGenerator.RunAsync(empty.Port, Connections, Round, _ => Baseline);
                var rate = await LoadGenerator.RunAsync(emulator.Port, Connections, Round, request);
                rates.Add(rate);
                ratios.Add(rate / reference);
            }
            Console.WriteLine($"{name,-32} {Median(rates),9:N0} a second, {Median(ratios),6:P1} of the empty endpoint ({ratios.Min():P1} to {ratios.Max():P1})");
        }
    }

    /// <summary>What the empty endpoint is asked.</summary>
    public static byte[] Baseline { get; } = Http("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json", "{}");

    /// <summary>The requests that are measured, by the number of the connection.</summary>
    public static (string Name, Func<int, byte[]> Request)[] Cases()
    {
        var payload = new string('x', 370);
        return
        [
            ("GetItem, 400 bytes", _ => Call("GetItem", """{"TableName":"Bench","Key":{"id":{"S":"item-050"}}}""")),
            ("PutItem, 400 bytes", index => Call("PutItem", $$$"""{"TableName":"Bench","Item":{"id":{"S":"put-{{{index}}}"},"text":{"S":"{{{payload}}}"} } }""")),
            ("Query, 100 items of 400 bytes", _ => Call("Query", """{"TableName":"Pages","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"page"} },"Limit":100}""")),
            ("GetObject, 1 KiB", _ => Object("GET", "object", "")),
            ("PutObject, 1 KiB", index => Object("PUT", $"put-{index}", new string('x', 1024))),
        ];
    }

    /// <summary>The tables, items, bucket and object of the requests.</summary>
    public static async Task PrepareAsync(int port)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await SendAsync(http, "CreateTable", """{"TableName":"Bench","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}""");
        await SendAsync(http, "CreateTable", """{"TableName":"Pages","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]}""");
        await SendAsync(http, Put("/bench", ""));
        await SendAsync(http, Put("/bench/object", new string('x', 1024)));
        var text = new string('x', 370);
        for (var i = 0; i < 100; i++)
        {
            await SendAsync(http, "PutItem", $$$"""{"TableName":"Bench","Item":{"id":{"S":"item-{{{i:000}}}"},"text":{"S":"{{{text}}}"} } }""");
            await SendAsync(http, "PutItem", $$$"""{"TableName":"Pages","Item":{"pk":{"S":"page"},"sk":{"N":"{{{i}}}"},"text":{"S":"{{{text}}}"} } }""");
        }
    }

    private static HttpRequestMessage Put(string path, string body) => new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(body) }.Signed("s3");

    private static async Task SendAsync(HttpClient http, string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        await SendAsync(http, request.Signed("dynamodb"));
    }

    private static async Task SendAsync(HttpClient http, HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
    }

    private static byte[] Call(string operation, string body) =>
        Http($"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: DynamoDB_20120810.{operation}\r\nX-Amz-Date: {UnknownKey.Date}\r\nAuthorization: {UnknownKey.Authorization("dynamodb")}", body);

    private static byte[] Object(string method, string key, string body) =>
        Http($"{method} /bench/{key} HTTP/1.1\r\nHost: localhost\r\nX-Amz-Date: {UnknownKey.Date}\r\nx-amz-content-sha256: UNSIGNED-PAYLOAD\r\nAuthorization: {UnknownKey.Authorization("s3")}", body);

    private static byte[] Http(string head, string body) => Encoding.UTF8.GetBytes($"{head}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
