using System.Buffers;
using System.Text.Json;
using Emulator.Protocols;

namespace Emulator.Cognito.UserPools;

/// <summary>The public documents of a pool: its keys, and where an OpenID Connect client finds them.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html#cognito-user-pools-well-known</remarks>
internal sealed class UserPoolWellKnown(CognitoUserPoolService service) : IHttpEndpoint
{
    public async ValueTask<Reply> AnswerAsync(RestRequest request, string target, Call call)
    {
        UserPool? pool;
        using (var snapshot = service.Store.Snapshot()) pool = UserPoolStore.Find(snapshot, target);
        if (pool is null) throw new AwsException("ResourceNotFoundException", $"User pool {target} does not exist.", 404);
        if (request.RawPath.EndsWith("/.well-known/jwks.json", StringComparison.Ordinal)) return Document(Jwks(await service.Keys.GetAsync(pool.Id)));
        if (request.RawPath.EndsWith("/.well-known/openid-configuration", StringComparison.Ordinal)) return Document(OpenIdConfiguration(pool, call.BaseUrl));
        throw new AwsException("ResourceNotFoundException", "Not Found", 404);
    }

    private static Action<Utf8JsonWriter> Jwks(PoolSigners keys) => json =>
    {
        json.WriteStartArray("keys");
        foreach (var key in new[] { keys.IdToken, keys.AccessToken })
        {
            json.WriteStartObject();
            json.WriteString("alg", "RS256");
            json.WriteString("e", key.Exponent);
            json.WriteString("kid", key.Kid);
            json.WriteString("kty", "RSA");
            json.WriteString("n", key.Modulus);
            json.WriteString("use", "sig");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    };

    /// <summary>The issuer is AWS's, as in the tokens; the keys are where the client came from, since it may not leave the machine.</summary>
    private static Action<Utf8JsonWriter> OpenIdConfiguration(UserPool pool, string baseUrl) => json =>
    {
        Strings(json, "id_token_signing_alg_values_supported", "RS256");
        json.WriteString("issuer", pool.Issuer);
        json.WriteString("jwks_uri", $"{baseUrl}/{pool.Id}/.well-known/jwks.json");
        Strings(json, "response_types_supported", "code", "token");
        Strings(json, "scopes_supported", "openid", "email", "phone", "profile");
        Strings(json, "subject_types_supported", "public");
        Strings(json, "token_endpoint_auth_methods_supported", "client_secret_basic", "client_secret_post");
    };

    private static void Strings(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static Reply Document(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, AwsJson.WriterOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return new Reply { ContentType = "application/json", Content = buffer.WrittenMemory }.Header("Access-Control-Allow-Origin", "*");
    }
}
