using System.Net.Http.Json;
using System.Text.Json;
using Emulator;

namespace Notes.Tests;

/// <summary>What a user has when he is signed in.</summary>
public sealed record Tokens(string Access, string Refresh);

/// <summary>Cognito as the page calls it. With the package AWSSDK.CognitoIdentityProvider it would be <c>aws.CreateClient&lt;AmazonCognitoIdentityProviderClient&gt;()</c>.</summary>
internal sealed class UserPool(AwsEmulator aws)
{
    private readonly string _client = aws.Outputs.UserPoolClientId("notes", "web");
    private readonly Uri _endpoint = new($"https://cognito-idp.{aws.Region}.amazonaws.com/");

    public Task SignUpAsync(string email, string password) =>
        CallAsync("SignUp", new { ClientId = _client, Username = email, Password = password, UserAttributes = new[] { new { Name = "email", Value = email } } });

    public Task ConfirmAsync(string email, string code) =>
        CallAsync("ConfirmSignUp", new { ClientId = _client, Username = email, ConfirmationCode = code });

    public Task<Tokens> SignInAsync(string email, string password) =>
        InitiateAsync("USER_PASSWORD_AUTH", new() { ["USERNAME"] = email, ["PASSWORD"] = password });

    public async Task<Tokens> RefreshAsync(Tokens tokens)
    {
        var fresh = await InitiateAsync("REFRESH_TOKEN_AUTH", new() { ["REFRESH_TOKEN"] = tokens.Refresh });
        return tokens with { Access = fresh.Access };
    }

    private async Task<Tokens> InitiateAsync(string flow, Dictionary<string, string> parameters)
    {
        var answer = await CallAsync("InitiateAuth", new { ClientId = _client, AuthFlow = flow, AuthParameters = parameters });
        var result = answer.GetProperty("AuthenticationResult");
        return new(result.GetProperty("AccessToken").GetString()!, result.TryGetProperty("RefreshToken", out var refresh) ? refresh.GetString()! : "");
    }

    private async Task<JsonElement> CallAsync(string operation, object input)
    {
        using var http = aws.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = JsonContent.Create(input, new("application/x-amz-json-1.1"), JsonSerializerOptions.Default) };
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        using var response = await http.SendAsync(request);
        var output = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return response.IsSuccessStatusCode ? output : throw new UserPoolException(output.GetProperty("__type").GetString()!, output.GetProperty("message").GetString()!);
    }
}

/// <summary>Cognito's refusal: its name and text.</summary>
public sealed class UserPoolException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
