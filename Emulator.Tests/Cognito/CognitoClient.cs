using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Emulator.Tests.Cognito;

/// <summary>A client of Cognito's two APIs as a front end has one: awsJson 1.1 over HTTP, signed or not.</summary>
internal sealed class CognitoClient(HttpClient http, string target, string service, EmulatorClock clock)
{
    public static CognitoClient UserPools(AwsEmulator aws) => new(aws.CreateHttpClient(), "AWSCognitoIdentityProviderService", "cognito-idp", aws.Clock);

    public static CognitoClient IdentityPools(AwsEmulator aws) => new(aws.CreateHttpClient(), "AWSCognitoIdentityService", "cognito-identity", aws.Clock);

    /// <summary>A call without a signature, as browsers send it.</summary>
    public Task<JsonElement> OpenAsync(string operation, object input) => SendAsync(operation, JsonSerializer.Serialize(input), signed: false);

    /// <summary>A call signed by the default account.</summary>
    public Task<JsonElement> SignedAsync(string operation, object input) => SendAsync(operation, JsonSerializer.Serialize(input), signed: true);

    public async Task<JsonElement> SendAsync(string operation, string body, bool signed, string account = "000000000000", string region = "us-east-1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"{target}.{operation}");
        if (signed)
        {
            var now = clock.GetUtcNow();
            request.Headers.Add("X-Amz-Date", now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
            // The key of an account that the emulator does not know: only its form is looked at.
            request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={account}/{now:yyyyMMdd}/{region}/{service}/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature={new string('0', 64)}");
        }
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var json = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
        if (response.IsSuccessStatusCode) return json;
        throw new CognitoError((int)response.StatusCode, json.GetProperty("__type").GetString()!, json.TryGetProperty("message", out var message) ? message.GetString()! : "");
    }
}

/// <summary>An answer that is an error.</summary>
internal sealed class CognitoError(int statusCode, string code, string message) : Exception(message)
{
    public int StatusCode { get; } = statusCode;

    public string Code { get; } = code;
}
