using System.Buffers;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.SigV4;
using Emulator.Storage;
using Emulator.Tracing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Emulator.Hosting;

/// <summary>The whole way of a request, from Kestrel or the in-memory transport to the operation and back.</summary>
internal sealed class RequestPipeline(EmulatorHost host)
{
    public async Task HandleAsync(HttpContext http)
    {
        if (!host.Ready.IsCompletedSuccessfully) await host.Ready;
        var route = ServiceRouter.Resolve(http.Request);                        // which service; never throws
        var trace = new RequestTrace(host.Clock.GetUtcNow(), route.Service ?? route.Endpoint!);
        try
        {
            if (route.Service is null) await AnswerEndpointAsync(http, route, trace);
            else await AnswerApiAsync(http, route, trace);
        }
        catch (Exception error) when (http.RequestAborted.IsCancellationRequested && error is OperationCanceledException or IOException)
        {
            trace.Failed(499, "ClientClosedRequest"); // nobody is there to be answered
        }
        catch (BadHttpRequestException slow) when (slow.StatusCode == StatusCodes.Status408RequestTimeout && trace.Protocol is RestXmlProtocol)
        {
            await FailAsync(http, route, trace, Errors.RequestTimeout());
        }
        catch (BadHttpRequestException broken)
        {
            trace.Failed(broken.StatusCode, "BadRequest"); // the transport answers, or the client has gone in the midst of its body
            if (!http.Response.HasStarted) http.Response.StatusCode = broken.StatusCode;
        }
        catch (AwsException late) when (http.Response.HasStarted)
        {
            trace.Failed(late.StatusCode, late.Code); // what was promised cannot be kept: another server broke off
            http.Abort();
        }
        catch (Exception full) when (DiskFull.Is(full))
        {
            host.Log($"{trace.RequestId} {trace.Service} {trace.Operation}: {full.Message}");
            await FailAsync(http, route, trace, Errors.DiskFull());
        }
        catch (Exception bug)
        {
            host.Log($"{trace.RequestId} {trace.Service} {trace.Operation}: {bug}");
            await FailAsync(http, route, trace, Errors.Internal(trace.RequestId));
        }
        finally
        {
            // The control endpoint reads the journal; what it is asked is not what happened in the emulated world.
            if (route.Endpoint is not ("control" or "console")) host.Journal.Add(trace.ToEntry());
        }
    }

    /// <summary>Answers what the operation did not foresee; who has part of an answer already sees the connection end.</summary>
    private async Task FailAsync(HttpContext http, Route route, RequestTrace trace, AwsException error)
    {
        trace.Failed(error.StatusCode, error.Code);
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        var request = trace.Request ?? Describe(http, route);
        var reply = trace.Protocol.Error(error, request, trace.RequestId);
        trace.Protocol.Complete(reply, request, trace.RequestId);
        await WriteAsync(http, reply, trace);
    }

    private async Task AnswerApiAsync(HttpContext http, Route route, RequestTrace trace)
    {
        var request = Describe(http, route);
        trace.Request = request;
        if (!host.Endpoints.TryGetValue(route.Service!, out var endpoint)) endpoint = EmulatorHost.UnknownService(route.Service!, request);
        trace.Protocol = endpoint.Protocol;
        trace.RequestId = endpoint.Protocol.NewRequestId(host.Ids);
        if (ApiCors.IsPreflight(request) && endpoint.SigningName != "s3")
        {
            await WriteAsync(http, ApiCors.Preflight(request).Header("x-amzn-RequestId", trace.RequestId), trace);
            return;
        }
        Reply reply;
        try
        {
            if (endpoint.Protocol.BuffersBody) request = request.WithContent(await ReadBodyAsync(http, endpoint.BodyLimitBytes));
            trace.Request = request;
            reply = endpoint.Protocol.AnswerPlainly(request) ?? await ExecuteAsync(http, route, endpoint, request, trace);
        }
        catch (AwsException error)
        {
            trace.Refused(error);
            reply = endpoint.Protocol.Error(error, request, trace.RequestId);
        }
        endpoint.Protocol.Complete(reply, request, trace.RequestId);
        if (endpoint.SigningName != "s3") ApiCors.Allow(reply, request);
        endpoint.AddAnswerHeaders(request, trace.Caller, reply);
        await WriteAsync(http, reply, trace);
    }

    private async ValueTask<Reply> ExecuteAsync(HttpContext http, Route route, ServiceEndpoint endpoint, RestRequest request, RequestTrace trace)
    {
        var operation = endpoint.Find(request);                                 // which operation, or 501 by name
        trace.Operation = operation.Name;
        var authentication = Authenticate(operation, endpoint, request, route); // who
        trace.Caller = authentication.Caller;
        endpoint.Admit(operation, request, route.HostRegion, authentication.SignedRegion);
        if (!endpoint.Protocol.BuffersBody) request = request.WithBody(SigV4Verifier.Decode(http.Request.Body, request, authentication), SigV4Verifier.DecodedLength(request, authentication));
        var call = NewCall(http, request, authentication, trace);
        request = endpoint.Protocol.Decoded(request, endpoint.BodyLimitBytes);
        var prepared = endpoint.Prepare(operation, call, request);              // its decoded input
        Authorize(prepared, call, endpoint.AccessRules, request, trace);        // may they
        return await prepared.ExecuteAsync();
    }

    private async Task AnswerEndpointAsync(HttpContext http, Route route, RequestTrace trace)
    {
        var request = Describe(http, route);
        trace.Request = request;
        trace.RequestId = host.Ids.Uuid().ToString();
        trace.Operation = request.Method;
        Reply reply;
        try
        {
            var endpoint = host.PlainEndpoints.GetValueOrDefault(route.Endpoint!) ?? throw Errors.NotImplemented(route.Endpoint!);
            reply = await endpoint.AnswerAsync(request, route.Target, NewCall(http, request, Authentication.Anonymous(route.Region ?? host.Config.Region), trace));
        }
        catch (AwsException error)
        {
            trace.Refused(error);
            reply = trace.Protocol.Error(error, request, trace.RequestId);
        }
        await WriteAsync(http, reply, trace);
    }

    private Authentication Authenticate(Operation operation, ServiceEndpoint endpoint, RestRequest request, Route route)
    {
        var region = route.Region ?? host.Config.Region;
        if (operation.Access == OperationAccess.Open) return Authentication.Anonymous(region);
        var dialect = DialectOf(endpoint.Protocol);
        var authentication = host.SigV4.Authenticate(request, endpoint.SigningName, region, dialect);
        if (authentication.Caller.Kind == CallerKind.Anonymous && operation.Access == OperationAccess.Signed) throw SigV4Errors.MissingToken(dialect, endpoint.SigningName);
        return authentication;
    }

    private void Authorize(PreparedCall prepared, Call call, IAccessRules? rules, RestRequest request, RequestTrace trace)
    {
        var permissions = prepared.Permissions;
        trace.Permissions = permissions;
        if (permissions.Count == 0) return;
        var decision = host.Authorizer.Authorize(call.Caller, permissions, new RequestConditions(request, call.Region));
        if (decision.IsAllowed || rules?.Allows(request, call, decision) is true)
        {
            trace.Decision = "Allowed";
            return;
        }
        trace.Explanation = string.Join(' ', [decision.Explanation, .. decision.Suggestions.Select(suggestion => $"It would be allowed by adding to {suggestion.Where}: {suggestion.Statement}")]);
        trace.Decision = decision.IsRefused ? "Denied" : "WouldDeny";
        if (decision.IsRefused) throw rules?.RefusalOf(request, call, decision) ?? IamErrors.AccessDenied(decision);
        host.Log($"iam: audit: {trace.Explanation}");
    }

    private static AuthDialect DialectOf(Protocol protocol) => protocol switch
    {
        RestXmlProtocol => AuthDialect.S3,
        AwsQueryProtocol => AuthDialect.Query,
        RestJsonProtocol => AuthDialect.RestJson,
        _ => AuthDialect.Json,
    };

    private Call NewCall(HttpContext http, RestRequest request, Authentication authentication, RequestTrace trace) => new()
    {
        Caller = authentication.Caller,
        Account = authentication.Caller.Account.Length > 0 ? authentication.Caller.Account : host.Config.Account,
        Region = authentication.Region,
        Now = trace.Time,
        RequestId = trace.RequestId,
        Scheme = request.Scheme,
        Host = request.Host,
        Conditions = new RequestConditions(request, authentication.Region),
        Cancelled = http.RequestAborted,
    };

    private static RestRequest Describe(HttpContext http, Route route)
    {
        var (path, query) = ServiceRouter.RawTarget(http.Request);
        return new RestRequest
        {
            Method = http.Request.Method,
            RawPath = route.Path,
            SignedPath = path,
            RawQuery = query,
            Query = Protocols.QueryString.Parse(query),
            Headers = http.Request.Headers,
            Host = http.Request.Host.Value ?? "",
            // A port speaks clear text; in memory the scheme is what the client wrote.
            Scheme = http.Connection.RemoteIpAddress is null ? http.Request.Scheme : "http",
            SourceIp = http.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1",
            Body = http.Request.Body,
            ContentLength = http.Request.ContentLength,
        };
    }

    /// <summary>The whole body, in one piece.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext http, long limitBytes)
    {
        if (http.Request.ContentLength is 0) return default;
        if (http.Request.ContentLength > limitBytes) throw Errors.BodyTooLarge();
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > limitBytes) throw Errors.BodyTooLarge();
            if (read.IsCompleted)
            {
                var content = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return content;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private async Task WriteAsync(HttpContext http, Reply reply, RequestTrace trace)
    {
        trace.StatusCode = reply.StatusCode;
        var response = http.Response;
        response.StatusCode = reply.StatusCode;
        // SDKs measure their clock against this header; where the virtual clock is elsewhere, the transport's own would mislead them.
        // Not in memory: there the host names are AWS's, and the SDK for .NET keeps what it learns of one for every emulator of the process.
        if (host.Clock.IsChanged && http.Connection.RemoteIpAddress is not null) response.Headers.Date = trace.Time.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (reply.ContentType is not null) response.ContentType = reply.ContentType;
        // Not Append, which drops a header without a value.
        foreach (var (name, value) in reply.Headers) response.Headers[name] = StringValues.Concat(response.Headers[name], value);
        if (IsAnsweredInPlaceOf100(http.Request, reply)) response.Headers.Connection = "close";
        if (reply.StreamContent is { } write)
        {
            response.ContentLength = reply.ContentLength;
            await write(response.Body, http.RequestAborted);
            return;
        }
        var bodyless = http.Request.Method == "HEAD" || reply.StatusCode is 204 or 304;
        if (reply.StatusCode is not (204 or 304)) response.ContentLength = reply.ContentLength ?? reply.Content.Length;
        if (!bodyless && reply.Content.Length > 0) await response.BodyWriter.WriteAsync(reply.Content, http.RequestAborted);
    }

    /// <summary>A client that waits for 100-continue and is refused does not send its body: what follows on the connection could not be told from it.</summary>
    /// <remarks>
    /// Nor does it get a 100 where there is no body to wait for, and then botocore (which sends empty files so) reads the next answer on the connection amiss
    /// and waits for its end: https://github.com/boto/botocore/blob/develop/botocore/awsrequest.py keeps the class of the first answer.
    /// </remarks>
    private static bool IsAnsweredInPlaceOf100(HttpRequest request, Reply reply) =>
        request.Headers.Expect.Count > 0 && HttpProtocol.IsHttp11(request.Protocol) && (reply.StatusCode >= 400 || request.ContentLength is 0);
}
