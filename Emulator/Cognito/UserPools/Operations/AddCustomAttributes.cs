using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Adds attributes to the schema of a pool.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddCustomAttributes.html</remarks>
internal static class AddCustomAttributes
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, AddCustomAttributesInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Present("customAttributes", input.CustomAttributes)
            .NoNulls("customAttributes", input.CustomAttributes)
            .Done();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            // Here a standard name too makes a custom attribute.
            var added = input.CustomAttributes!.Select(attribute => AttributeSchema.DeclareCustom(attribute)).ToList();
            foreach (var attribute in added)
            {
                if (pool.Schema.Any(own => own.Name == attribute.Name)) throw CognitoErrors.InvalidParameter($"{attribute.Name}: Existing attribute already has name {attribute.Name}.");
            }
            SchemaAttribute[] all = [.. pool.Schema, .. added];
            CheckNames(all);
            UserPoolStore.Put(write, pool with { Schema = all, LastModifiedDate = call.Now });
            return true;
        });
        return new();
    }

    /// <summary>Throws where a name stands twice, or the attributes are too many.</summary>
    public static void CheckNames(IReadOnlyList<SchemaAttribute> schema)
    {
        if (schema.GroupBy(attribute => attribute.Name).FirstOrDefault(group => group.Count() > 1) is { } twice) throw CognitoErrors.InvalidParameter($"Duplicate attribute name {twice.Key}.");
        if (schema.Count(attribute => attribute.Name!.Contains("custom:", StringComparison.Ordinal)) > CognitoLimits.CustomAttributes) throw CognitoErrors.LimitExceeded("The maximum number of custom attributes for the user pool has been reached.");
    }
}

internal sealed record AddCustomAttributesInput(string? UserPoolId, IReadOnlyList<SchemaAttribute>? CustomAttributes);
