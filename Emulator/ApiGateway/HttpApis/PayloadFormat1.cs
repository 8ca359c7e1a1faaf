using System.Buffers;
using System.Text.Json;
using Emulator.Protocols;

namespace Emulator.ApiGateway.HttpApis;

/// <summary>The event of payload format 1.0: that of REST APIs.</summary>
/// <remarks>https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html</remarks>
internal static class PayloadFormat1
{
    public static ReadOnlyMemory<byte> Write(RestRequest request, ApiCall call, RouteMatch match, JsonElement? claims, ReadOnlyMemory<byte>? body)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(buffer, AwsJson.WriterOptions);
        var resource = match.Route.RouteKey[(match.Route.RouteKey.IndexOf(' ') + 1)..];
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteString("resource", resource);
        json.WriteString("path", call.PathWithStage);
        json.WriteString("httpMethod", request.Method);
        WriteHeaders(json, request, call);
        WriteQuery(json, request);
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", call.Api.Account);
        json.WriteString("apiId", call.Api.ApiId);
        json.WriteStartObject("authorizer");
        if (claims is { } found)
        {
            PayloadFormat2.WriteClaims(json, found, match.Route);
        }
        json.WriteEndObject();
        json.WriteString("domainName", request.Host);
        json.WriteString("domainPrefix", request.Host.Split('.', ':')[0]);
        json.WriteString("extendedRequestId", call.RequestId);
        json.WriteString("httpMethod", request.Method);
        WriteIdentity(json, request);
        json.WriteString("path", call.PathWithStage);
        json.WriteString("protocol", "HTTP/1.1");
        json.WriteString("requestId", call.RequestId);
        json.WriteString("requestTime", PayloadFormat2.EventTime(call.Call.Now));
        json.WriteNumber("requestTimeEpoch", call.Call.Now.ToUnixTimeMilliseconds());
        json.WriteString("resourceId", match.Route.RouteKey);
        json.WriteString("resourcePath", resource);
        json.WriteString("stage", call.Stage.StageName);
        json.WriteEndObject();
        if (match.PathParameters is null) json.WriteNull("pathParameters");
        else PayloadFormat2.WriteMap(json, "pathParameters", match.PathParameters);
        if (call.Stage.StageVariables.Count == 0) json.WriteNull("stageVariables");
        else PayloadFormat2.WriteMap(json, "stageVariables", call.Stage.StageVariables);
        PayloadFormat2.WriteBody(json, request, body ?? default, nullWhenEmpty: true);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Every header twice: its last value, and all its values.</summary>
    private static void WriteHeaders(Utf8JsonWriter json, RestRequest request, ApiCall call)
    {
        var headers = EventHeaders.Of(request, call.RequestId).ToList();
        json.WriteStartObject("headers");
        foreach (var (name, value) in headers) json.WriteString(name, request.Headers.TryGetValue(name, out var values) && values.Count > 1 ? values[^1] : value);
        json.WriteEndObject();
        json.WriteStartObject("multiValueHeaders");
        foreach (var (name, value) in headers)
        {
            json.WriteStartArray(name);
            if (request.Headers.TryGetValue(name, out var values) && values.Count > 1)
            {
                foreach (var each in values) json.WriteStringValue(each);
            }
            else
            {
                json.WriteStringValue(value);
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteQuery(Utf8JsonWriter json, RestRequest request)
    {
        if (request.Query.Count == 0)
        {
            json.WriteNull("queryStringParameters");
            json.WriteNull("multiValueQueryStringParameters");
            return;
        }
        json.WriteStartObject("queryStringParameters");
        foreach (var group in request.Query.GroupBy(parameter => parameter.Key)) json.WriteString(group.Key, group.Last().Value);
        json.WriteEndObject();
        json.WriteStartObject("multiValueQueryStringParameters");
        foreach (var group in request.Query.GroupBy(parameter => parameter.Key))
        {
            json.WriteStartArray(group.Key);
            foreach (var (_, value) in group) json.WriteStringValue(value);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, RestRequest request)
    {
        json.WriteStartObject("identity");
        foreach (var name in (ReadOnlySpan<string>)["accessKey", "accountId", "caller", "cognitoAmr", "cognitoAuthenticationProvider", "cognitoAuthenticationType", "cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId"]) json.WriteNull(name);
        json.WriteString("sourceIp", request.SourceIp);
        json.WriteNull("user");
        json.WriteString("userAgent", request.Header("User-Agent") ?? "");
        json.WriteNull("userArn");
        json.WriteEndObject();
    }
}
