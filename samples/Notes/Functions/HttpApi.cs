namespace Notes;

/// <summary>What this function reads of an HTTP API's event, format 2.0.</summary>
/// <remarks>https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html</remarks>
public sealed record HttpApiRequest(string RouteKey, IReadOnlyDictionary<string, string>? PathParameters, string? Body, bool IsBase64Encoded, RequestContext RequestContext)
{
    /// <summary>The user, as the access token names him. The authorizer has verified the token: who gets here is signed in.</summary>
    internal string Owner => RequestContext.Authorizer!.Jwt.Claims["sub"];
}

/// <summary>What API Gateway knows of the request beyond HTTP.</summary>
public sealed record RequestContext(string RequestId, Authorizer? Authorizer);

/// <summary>What the authorizer found.</summary>
public sealed record Authorizer(JwtClaims Jwt);

/// <summary>The claims of the token.</summary>
public sealed record JwtClaims(IReadOnlyDictionary<string, string> Claims);

/// <summary>The answer in the form that API Gateway expects.</summary>
public sealed record HttpApiResponse(int StatusCode, IReadOnlyDictionary<string, string> Headers, string? Body);
