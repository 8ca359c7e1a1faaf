using Emulator.Protocols;

namespace Emulator.Cognito.IdentityPools.Operations;

/// <summary>The roles that the identities of a pool get.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_SetIdentityPoolRoles.html
/// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetIdentityPoolRoles.html
/// </remarks>
internal static class IdentityPoolRoles
{
    public static async ValueTask<EmptyOutput> SetAsync(CognitoIdentityService service, Call call, SetIdentityPoolRolesInput input)
    {
        var check = new ShapeCheck().Required("identityPoolId", input.IdentityPoolId, IdentityShapes.PoolId).Present("roles", input.Roles);
        foreach (var (name, arn) in input.Roles ?? [])
        {
            check.OneOf("roles.key", name, "authenticated", "unauthenticated");
            check.Required("roles.value", arn, IdentityShapes.Arn);
        }
        foreach (var (_, mapping) in input.RoleMappings ?? [])
        {
            check.Present("roleMappings.value", mapping);
            if (mapping is null) continue;
            check.Present("roleMappings.type", mapping.Type).OneOf("roleMappings.type", mapping.Type, "Token", "Rules");
            check.OneOf("roleMappings.ambiguousRoleResolution", mapping.AmbiguousRoleResolution, "AuthenticatedRole", "Deny");
            check.NoNulls("roleMappings.rulesConfiguration.rules", mapping.RulesConfiguration?.Rules);
        }
        check.Done();
        await service.Store.WriteAsync(write =>
        {
            var pool = IdentityStore.GetPool(write, call, input.IdentityPoolId);
            IdentityStore.PutPool(write, pool with { Roles = input.Roles!, RoleMappings = input.RoleMappings });
            return true;
        });
        return new();
    }

    public static GetIdentityPoolRolesOutput Get(CognitoIdentityService service, Call call, IdentityPoolIdInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        var pool = IdentityStore.GetPool(snapshot, call, input.IdentityPoolId);
        return new(pool.Id, pool.Roles, pool.RoleMappings);
    }
}

internal sealed record SetIdentityPoolRolesInput(string? IdentityPoolId, Dictionary<string, string>? Roles, Dictionary<string, RoleMapping>? RoleMappings);

internal sealed record GetIdentityPoolRolesOutput(string IdentityPoolId, Dictionary<string, string> Roles, Dictionary<string, RoleMapping>? RoleMappings);
