using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>The MFA settings of a pool. They are read and, as long as they are off, set; MFA itself is refused by name.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolMfaConfig.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html
/// </remarks>
internal static class UserPoolMfaConfig
{
    public static UserPoolMfaConfigOutput Get(CognitoUserPoolService service, Call call, UserPoolIdInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        return new(UserPoolStore.Get(snapshot, call, input.UserPoolId).MfaConfiguration ?? "OFF");
    }

    public static UserPoolMfaConfigOutput Set(CognitoUserPoolService service, Call call, SetUserPoolMfaConfigInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .OneOf("mfaConfiguration", input.MfaConfiguration, "OFF", "ON", "OPTIONAL")
            .Done();
        if (input.MfaConfiguration is not (null or "OFF")) throw Errors.NotImplemented("SetUserPoolMfaConfig", "MfaConfiguration");
        using var snapshot = service.Store.Snapshot();
        return new(UserPoolStore.Get(snapshot, call, input.UserPoolId).MfaConfiguration ?? "OFF");
    }
}

internal sealed record SetUserPoolMfaConfigInput(string? UserPoolId, string? MfaConfiguration);

internal sealed record UserPoolMfaConfigOutput(string MfaConfiguration);
