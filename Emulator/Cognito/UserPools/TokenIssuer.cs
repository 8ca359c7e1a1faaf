using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Emulator.Identifiers;

namespace Emulator.Cognito.UserPools;

/// <summary>Makes the tokens of a sign-in.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
/// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
/// </remarks>
internal static class TokenIssuer
{
    /// <summary>The scope of tokens that came from the API: their user may read and change its own data.</summary>
    public const string SelfServiceScope = "aws.cognito.signin.user.admin";

    public static string AccessToken(UserPool pool, UserPoolClient client, User user, IReadOnlyList<Group> groups, SignIn signIn, PoolSigners keys, IdSource ids, DateTimeOffset now) =>
        Jwt.Create(keys.AccessToken, json =>
        {
            json.WriteString("sub", user.Sub);
            WriteNames(json, "cognito:groups", groups.Select(group => group.GroupName));
            json.WriteString("iss", pool.Issuer);
            json.WriteString("client_id", client.ClientId);
            json.WriteString("origin_jti", signIn.OriginJti);
            json.WriteString("event_id", signIn.EventId);
            json.WriteString("token_use", "access");
            json.WriteString("scope", SelfServiceScope);
            json.WriteNumber("auth_time", signIn.AuthTime.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + client.AccessTokenLifetime).ToUnixTimeSeconds());
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteString("jti", ids.Uuid());
            json.WriteString("username", user.Username);
        });

    public static string IdToken(UserPool pool, UserPoolClient client, User user, IReadOnlyList<Group> groups, SignIn signIn, PoolSigners keys, IdSource ids, DateTimeOffset now) =>
        Jwt.Create(keys.IdToken, json =>
        {
            json.WriteString("sub", user.Sub);
            WriteNames(json, "cognito:groups", groups.Select(group => group.GroupName));
            if (PreferredRole(groups) is { } preferred) json.WriteString("cognito:preferred_role", preferred);
            json.WriteString("iss", pool.Issuer);
            json.WriteString("cognito:username", user.Username);
            json.WriteString("origin_jti", signIn.OriginJti);
            WriteNames(json, "cognito:roles", groups.Select(group => group.RoleArn).OfType<string>().Distinct());
            json.WriteString("aud", client.ClientId);
            json.WriteString("event_id", signIn.EventId);
            json.WriteString("token_use", "id");
            json.WriteNumber("auth_time", signIn.AuthTime.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + client.IdTokenLifetime).ToUnixTimeSeconds());
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteString("jti", ids.Uuid());
            foreach (var (name, value) in user.Attributes)
            {
                if (client.CanRead(name)) WriteAttribute(json, name, value);
            }
        });

    /// <summary>A refresh token. On AWS it is encrypted (its first part, the header of a JWE, is the same in all); here it is random.</summary>
    public static string RefreshToken(IdSource ids)
    {
        var header = Base64Url.EncodeToString("""{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"""u8);
        return string.Join('.', header, Base64Url.EncodeToString(ids.Bytes(256)), Base64Url.EncodeToString(ids.Bytes(12)), Base64Url.EncodeToString(ids.Bytes(640)), Base64Url.EncodeToString(ids.Bytes(16)));
    }

    /// <summary>The role of the group with the least precedence; none where two such groups have different roles.</summary>
    private static string? PreferredRole(IReadOnlyList<Group> groups)
    {
        var withRole = groups.Where(group => group.RoleArn is not null).ToList();
        if (withRole.Count == 0) return null;
        var first = withRole[0];
        return withRole.Where(group => group.Precedence == first.Precedence).Select(group => group.RoleArn).Distinct().Count() == 1 ? first.RoleArn : null;
    }

    private static void WriteNames(Utf8JsonWriter json, string claim, IEnumerable<string> names)
    {
        var started = false;
        foreach (var name in names)
        {
            if (!started) json.WriteStartArray(claim);
            started = true;
            json.WriteStringValue(name);
        }
        if (started) json.WriteEndArray();
    }

    private static void WriteAttribute(Utf8JsonWriter json, string name, string value)
    {
        switch (name)
        {
            case "email_verified" or "phone_number_verified":
                json.WriteBoolean(name, value == "true");
                break;
            case "updated_at" when long.TryParse(value, CultureInfo.InvariantCulture, out var seconds):
                json.WriteNumber(name, seconds);
                break;
            // The address claim of OpenID Connect is an object.
            case "address":
                json.WriteStartObject(name);
                json.WriteString("formatted", value);
                json.WriteEndObject();
                break;
            default:
                json.WriteString(name, value);
                break;
        }
    }
}
