using Emulator.Identifiers;

namespace Emulator.Configuration;

/// <summary>The identifiers of what emulator.yaml declares. They follow from the names, so that a front end's settings survive a restart, and so that slices can name each other's resources.</summary>
internal static class DeclaredIds
{
    public static string UserPool(EmulatorConfig config, string name) =>
        $"{config.Region}_{StableId.Alphanumeric("user-pool", config.Account, config.Region, name, 9)}";

    public static string UserPoolClient(EmulatorConfig config, string pool, string client) =>
        StableId.LowerAlphanumeric("user-pool-client", config.Account, config.Region, $"{pool}/{client}", 26);

    public static string IdentityPool(EmulatorConfig config, string name) =>
        $"{config.Region}:{StableId.Uuid("identity-pool", config.Account, config.Region, name)}";

    public static string HttpApi(EmulatorConfig config, string name) =>
        StableId.LowerAlphanumeric("http-api", config.Account, config.Region, name, 10);

    public static string FunctionArn(EmulatorConfig config, string name) =>
        $"arn:aws:lambda:{config.Region}:{config.Account}:function:{name}";

    /// <summary>The ARN of a role given by its name in emulator.yaml or by its ARN.</summary>
    public static string RoleArn(EmulatorConfig config, string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn : $"arn:aws:iam::{config.Account}:role/{nameOrArn}";

    /// <summary>The issuer of a user pool's tokens.</summary>
    public static string UserPoolIssuer(string region, string poolId) => $"https://cognito-idp.{region}.amazonaws.com/{poolId}";
}
