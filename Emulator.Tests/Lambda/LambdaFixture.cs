using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Lambda;

/// <summary>An emulator and Lambda's API over its wire. There is no SDK for Lambda here: requests are what the SDKs send.</summary>
internal abstract class LambdaFixture
{
    private HttpClient _http = null!;

    protected AwsEmulator Aws { get; private set; } = null!;

    protected virtual string? Configuration => null;

    [SetUp]
    public async Task Start()
    {
        Aws = await AwsEmulator.StartAsync(options => options.Configuration = Configuration);
        _http = Aws.CreateHttpClient();
    }

    [TearDown]
    public async Task Stop()
    {
        _http.Dispose();
        await Aws.DisposeAsync();
    }

    protected string ArnOf(string function) => $"arn:aws:lambda:{Aws.Region}:{Aws.Account}:function:{function}";

    protected Task<LambdaAnswer> InvokeAsync(string function, string payload = "", string? type = null, string? logType = null, string? qualifier = null, string? clientContext = null) =>
        InvokeAsync(function, Encoding.UTF8.GetBytes(payload), type, logType, qualifier, clientContext);

    protected Task<LambdaAnswer> InvokeAsync(string function, byte[] payload, string? type = null, string? logType = null, string? qualifier = null, string? clientContext = null)
    {
        var path = $"/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations{(qualifier is null ? "" : $"?Qualifier={Uri.EscapeDataString(qualifier)}")}";
        var headers = new Dictionary<string, string?> { ["X-Amz-Invocation-Type"] = type, ["X-Amz-Log-Type"] = logType, ["X-Amz-Client-Context"] = clientContext };
        return SendAsync(HttpMethod.Post, path, payload, headers);
    }

    protected Task<LambdaAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, []);

    protected async Task<LambdaAnswer> SendAsync(HttpMethod method, string path, byte[]? body, Dictionary<string, string?> headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0") } };
        foreach (var (name, value) in headers.Where(header => header.Value is not null)) request.Headers.Add(name, value);
        var now = Aws.Clock.GetUtcNow();
        request.Headers.Add("X-Amz-Date", now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential={Aws.Account}/{now:yyyyMMdd}/{Aws.Region}/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}");
        using var response = await _http.SendAsync(request);
        return new LambdaAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Waits for what happens in the background, without a fixed time.</summary>
    protected static async Task EventuallyAsync(Func<bool> happened, string what)
    {
        for (var i = 0; i < 3000 && !happened(); i++) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        Assert.That(happened(), what);
    }
}

/// <summary>What came back.</summary>
internal sealed record LambdaAnswer(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? FunctionError => Headers.GetValueOrDefault("X-Amz-Function-Error");

    public string? ErrorType => Headers.GetValueOrDefault("x-amzn-ErrorType");

    public string LogTail => Encoding.UTF8.GetString(Convert.FromBase64String(Headers["X-Amz-Log-Result"]));

    public string? this[string member] => Json.TryGetProperty(member, out var value) ? value.ToString() : null;
}
