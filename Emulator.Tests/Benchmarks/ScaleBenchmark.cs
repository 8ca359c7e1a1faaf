using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace Emulator.Tests.Benchmarks;

/// <summary>A million items of 400 bytes, in memory or in SQLite: how fast they are put and scanned in parallel, the memory that they take, and Query of a page of 100 items beside the same at 1,000 items.</summary>
internal static class ScaleBenchmark
{
    private const int PageItems = 100;
    private const int Rounds = 2_000;

    public static async Task RunAsync(string[] arguments)
    {
        var folder = arguments.Contains("sqlite") ? Directory.CreateTempSubdirectory("emulator-scale-").FullName : null;
        try
        {
            await RunAsync(folder);
        }
        finally
        {
            if (folder is not null) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string? folder)
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder);
        using var http = new HttpClient(aws.Handler) { BaseAddress = new Uri("http://localhost/") };
        await FillAsync(http, "Small", 1_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var whole = Process.GetCurrentProcess().WorkingSet64;
        var clock = Stopwatch.StartNew();
        await FillAsync(http, "Large", 1_000_000);
        Console.WriteLine($"BatchWriteItem of 25 {(folder is null ? "in memory" : "in SQLite")}: {1_000_000 / clock.Elapsed.TotalSeconds:N0} items a second, one writer");
        Console.WriteLine($"1,000,000 items of 400 bytes: {(GC.GetTotalMemory(forceFullCollection: true) - before) >> 20} MiB of managed memory, {(Process.GetCurrentProcess().WorkingSet64 - whole) >> 20} MiB of the process's");
        await ScanAsync(http);

        await MeasureAsync(http, "Small", 10);
        await MeasureAsync(http, "Large", 10_000);
        List<double> small = [], large = [];
        for (var i = 0; i < 5; i++)
        {
            small.Add(await MeasureAsync(http, "Small", 10));
            large.Add(await MeasureAsync(http, "Large", 10_000));
        }
        Console.WriteLine($"Query of {PageItems} items: {small.Order().ElementAt(2):N0} us of 1,000, {large.Order().ElementAt(2):N0} us of 1,000,000: {large.Zip(small, (many, few) => many / few).Order().ElementAt(2):N2} x");
    }

    private static async Task ScanAsync(HttpClient http)
    {
        var segments = 2 * Environment.ProcessorCount;
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, segments).Select(segment => Task.Run(() => ScanAsync(http, segment, segments))));
        Console.WriteLine($"Scan of {counts.Sum():N0} items in {segments} segments: {clock.Elapsed.TotalSeconds:N2} s");
    }

    /// <summary>Reads a segment to its end; of each answer only the count and the key to go on with are looked at.</summary>
    private static async Task<long> ScanAsync(HttpClient http, int segment, int segments)
    {
        var count = 0L;
        var start = "";
        do
        {
            var answer = await SendAsync(http, "Scan", $"{{\"TableName\":\"Large\",\"Segment\":{segment},\"TotalSegments\":{segments}{start}}}");
            var tail = answer.AsSpan(answer.AsSpan().LastIndexOf("\"Count\":"u8));
            if (!Utf8Parser.TryParse(tail["\"Count\":".Length..], out long items, out _)) throw new InvalidDataException("An answer without Count.");
            count += items;
            var key = tail.IndexOf("\"LastEvaluatedKey\":"u8);
            start = key < 0 ? "" : ",\"ExclusiveStartKey\":" + Encoding.UTF8.GetString(tail[(key + "\"LastEvaluatedKey\":".Length)..^1]);
        }
        while (start.Length > 0);
        return count;
    }

    private static async Task FillAsync(HttpClient http, string table, int items)
    {
        await SendAsync(http, "CreateTable", $$"""{"TableName":"{{table}}","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]}""");
        var text = new string('x', 370);
        var body = new StringBuilder();
        for (var i = 0; i < items; i += 25)
        {
            body.Clear().Append("{\"RequestItems\":{\"").Append(table).Append("\":[");
            for (var j = i; j < i + 25; j++)
            {
                if (j > i) body.Append(',');
                body.Append("{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"p").Append(j / PageItems).Append("\"},\"sk\":{\"N\":\"").Append(j % PageItems).Append("\"},\"text\":{\"S\":\"").Append(text).Append("\"}}}}");
            }
            await SendAsync(http, "BatchWriteItem", body.Append("]}}").ToString());
        }
    }

    /// <summary>The median of a Query's time in microseconds.</summary>
    private static async Task<double> MeasureAsync(HttpClient http, string table, int partitions)
    {
        var random = new Random(7);
        var times = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var query = $$$"""{"TableName":"{{{table}}}","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"p{{{random.Next(partitions)}}}"} } }""";
            var start = Stopwatch.GetTimestamp();
            await SendAsync(http, "Query", query);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        Array.Sort(times);
        return times[Rounds / 2];
    }

    private static async Task<byte[]> SendAsync(HttpClient http, string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        using var response = await http.SendAsync(request.Signed("dynamodb"));
        var answer = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
    }
}
