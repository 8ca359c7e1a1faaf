using Emulator.Protocols;

namespace Emulator.ApiGateway;

/// <summary>The errors of API Gateway (version 2), one member for each text.</summary>
internal static class ApiGatewayErrors
{
    // Observed: https://github.com/aws/aws-sam-cli/issues/7030
    public static AwsException ApiNotFound(string account, string apiId) => NotFound($"Invalid API identifier specified {account}:{apiId}", "Api");

    public static AwsException RouteNotFound(string routeId) => NotFound($"Unable to find Route by key {routeId}", "Route");

    public static AwsException StageNotFound(string stage) => NotFound($"Unable to find Stage by key {stage}", "Stage");

    public static AwsException IntegrationNotFound(string id) => NotFound($"Unable to find Integration by key {id}", "Integration");

    public static AwsException AuthorizerNotFound(string id) => NotFound($"Unable to find Authorizer by key {id}", "Authorizer");

    public static AwsException InvalidPage(string name) => new("BadRequestException", $"Invalid {name} specified");

    private static AwsException NotFound(string message, string resourceType) =>
        new("NotFoundException", message, 404) { Members = [new("message", message), new("resourceType", resourceType)] };
}
