namespace Emulator.ApiGateway;

/// <summary>The limits of HTTP APIs.</summary>
/// <remarks>https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html</remarks>
internal static class ApiGatewayLimits
{
    /// <summary>The longest body of a request.</summary>
    public const int PayloadBytes = 10 * 1024 * 1024;

    /// <summary>How long an integration may take.</summary>
    public static TimeSpan IntegrationTimeout { get; } = TimeSpan.FromSeconds(30);
}
