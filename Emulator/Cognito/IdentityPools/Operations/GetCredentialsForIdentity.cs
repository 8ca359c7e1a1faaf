using System.Text.Json;
using Emulator.Protocols;

namespace Emulator.Cognito.IdentityPools.Operations;

/// <summary>Gives an identity the credentials of its role.</summary>
/// <remarks>https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html</remarks>
internal static class GetCredentialsForIdentity
{
    public static async ValueTask<GetCredentialsForIdentityOutput> ExecuteAsync(CognitoIdentityService service, Call call, GetCredentialsForIdentityInput input)
    {
        new ShapeCheck()
            .Required("identityId", input.IdentityId, IdentityShapes.IdentityId)
            .Range("logins.size", input.Logins?.Count, 0, CognitoIdentityLimits.Logins)
            .Optional("customRoleArn", input.CustomRoleArn, IdentityShapes.Arn)
            .Done();
        IdentityPool pool;
        Identity identity;
        using (var snapshot = service.Store.Snapshot())
        {
            identity = IdentityStore.Get(snapshot, input.IdentityId);
            pool = IdentityStore.GetPool(snapshot, identity.IdentityPoolId);
        }
        var logins = service.VerifyLogins(pool, input.Logins, call.Now);
        if (logins.Count == 0)
        {
            if (identity.Logins.Count > 0) throw CognitoIdentityErrors.AccessForbidden(identity.Id);
            if (pool.AllowUnauthenticatedIdentities != true) throw CognitoIdentityErrors.UnauthenticatedNotSupported();
        }
        else
        {
            await LinkAsync(service, pool, identity, logins, call.Now);
        }
        var role = RoleOf(pool, identity, logins, input.CustomRoleArn);
        var session = await service.Credentials.IssueAsync(new(role, "CognitoIdentityCredentials", CognitoIdentityLimits.CredentialsValidity)
        {
            SessionContext = new Dictionary<string, string>
            {
                ["cognito-identity.amazonaws.com:sub"] = identity.Id,
                ["cognito-identity.amazonaws.com:aud"] = pool.Id,
                ["cognito-identity.amazonaws.com:amr"] = logins.Count > 0 ? "authenticated" : "unauthenticated",
            },
        });
        return new(identity.Id, new(session.AccessKeyId, session.SecretAccessKey, session.SessionToken, session.Expiration.ToEpochSeconds()));
    }

    /// <summary>Throws where none of the logins is this identity's; an identity that was nobody's yet becomes theirs.</summary>
    private static async ValueTask LinkAsync(CognitoIdentityService service, IdentityPool pool, Identity identity, Dictionary<string, VerifiedLogin> logins, DateTimeOffset now) =>
        await service.Store.WriteAsync(write =>
        {
            var current = IdentityStore.Get(write, identity.Id);
            var owners = logins.Select(login => IdentityStore.FindByLogin(write, pool, login.Key, login.Value.Sub)).OfType<Identity>().ToList();
            var isOwn = owners.Any(owner => owner.Id == current.Id);
            if (owners.Any(owner => owner.Id != current.Id) || (!isOwn && current.Logins.Count > 0)) throw CognitoIdentityErrors.LoginsDoNotMatch();
            return GetId.Link(write, pool, current, logins, isNew: false, now);
        });

    private static string RoleOf(IdentityPool pool, Identity identity, Dictionary<string, VerifiedLogin> logins, string? customRole)
    {
        if (logins.Count == 0) return pool.Roles.GetValueOrDefault("unauthenticated") ?? throw CognitoIdentityErrors.InvalidConfiguration();
        var (provider, login) = logins.First();
        var mapping = pool.RoleMappings?.GetValueOrDefault($"{provider}:{login.ClientId}");
        if (customRole is not null)
        {
            return RolesOf(login.Claims).Contains(customRole) ? customRole : throw CognitoIdentityErrors.AccessForbidden(identity.Id);
        }
        if (mapping is not null)
        {
            var mapped = mapping.Type == "Token" ? RoleOfToken(login.Claims) : mapping.RulesConfiguration?.Rules?.FirstOrDefault(rule => rule.Matches(login.Claims))?.RoleArn;
            if (mapped is not null) return mapped;
            if (mapping.AmbiguousRoleResolution == "Deny") throw CognitoIdentityErrors.AccessForbidden(identity.Id);
        }
        return pool.Roles.GetValueOrDefault("authenticated") ?? throw CognitoIdentityErrors.InvalidConfiguration();
    }

    /// <summary>The preferred role, else the only one; where there are several without preference, none.</summary>
    private static string? RoleOfToken(JsonElement claims) =>
        claims.Text("cognito:preferred_role") ?? (RolesOf(claims) is [var only] ? only : null);

    private static List<string> RolesOf(JsonElement claims) =>
        claims.TryGetProperty("cognito:roles", out var roles) && roles.ValueKind == JsonValueKind.Array ? [.. roles.EnumerateArray().Select(role => role.ToString())] : [];
}

internal sealed record GetCredentialsForIdentityInput(string? IdentityId, Dictionary<string, string>? Logins, string? CustomRoleArn);

internal sealed record GetCredentialsForIdentityOutput(string IdentityId, IdentityCredentials Credentials);

internal sealed record IdentityCredentials(string AccessKeyId, string SecretKey, string SessionToken, double Expiration);
