using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Emulator.Tests.Clients;

/// <summary>A client of a service whose SDK the tests have not, as an SDK is one: awsJson 1.1 over HTTP, signed.</summary>
internal class AwsJsonClient(AwsEmulator aws, string service, string target) : IDisposable
{
    private readonly HttpClient _http = aws.CreateHttpClient();

    public async Task<JsonNode> CallAsync(string operation, JsonObject input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(input)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"{target}.{operation}");
        var now = aws.Clock.GetUtcNow();
        request.Headers.Add("X-Amz-Date", now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        // The key of an account that the emulator does not know: only its form is looked at.
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=000000000000/{now:yyyyMMdd}/us-east-1/{service}/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature={new string('0', 64)}");
        using var response = await _http.SendAsync(request);
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return response.IsSuccessStatusCode ? json : throw new AwsJsonError((string)json["__type"]!, (string?)json["Message"] ?? (string?)json["message"] ?? "");
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>An answer that is an error.</summary>
internal sealed class AwsJsonError(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
