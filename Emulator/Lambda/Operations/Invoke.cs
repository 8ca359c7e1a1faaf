using Emulator.Lambda.Functions;
using Emulator.Lambda.Invocations;
using Emulator.Protocols;

namespace Emulator.Lambda.Operations;

/// <summary>Calls a function and waits for its answer, or queues the event, or only looks whether it could.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html</remarks>
internal static class Invoke
{
    public static InvokeInput Bind(RestRequest request)
    {
        if (request.Header("X-Amz-Durable-Execution-Name") is not null) throw Errors.NotImplemented("Invoke", "DurableExecutionName");
        if (request.Header("X-Amz-Tenant-Id") is not null) throw Errors.NotImplemented("Invoke", "TenantId");
        var type = request.Header("X-Amz-Invocation-Type") ?? "RequestResponse";
        var logType = request.Header("X-Amz-Log-Type") ?? "None";
        var problems = new List<string>();
        if (type is not ("Event" or "RequestResponse" or "DryRun")) problems.Add(NotInSet(type, "invocationType", "Event, RequestResponse, DryRun"));
        if (logType is not ("None" or "Tail")) problems.Add(NotInSet(logType, "logType", "None, Tail"));
        if (problems.Count > 0) throw LambdaErrors.Validation(problems);
        var name = FunctionName.Parse(request.Labels["FunctionName"], request.QueryValue("Qualifier"));
        return new(name, type, logType == "Tail", request.Header("X-Amz-Client-Context"), request.Header("X-Amzn-Trace-Id"), request.Content);
    }

    public static async ValueTask<InvokeOutput> ExecuteAsync(LambdaService service, Call call, InvokeInput input)
    {
        LambdaService.CheckSize(input.Payload, asynchronous: input.InvocationType == "Event");
        // Observed 2025-11-24: here an absent function is named with its version, where GetFunction names it without.
        var name = input.Name;
        var function = service.Get(call.Account, call.Region, name, $"{name.Arn(call.Account, call.Region)}:{name.Qualifier ?? FunctionName.Latest}");
        if (JsonPayload.Problem(input.Payload.Span) is { } problem && !input.Payload.IsEmpty) throw LambdaErrors.InvalidJson(problem);
        var invocation = new Invocation(call.RequestId, LambdaService.EventOf(input.Payload), name.QualifiedArn(call.Account, call.Region), input.TraceId ?? service.NewTraceId())
        {
            ClientContext = input.InvocationType == "RequestResponse" ? LambdaClientContext.Parse(input.ClientContext) : null,
            Identity = IdentityOf(call),
            Cause = call.RequestId,
            Tail = input.Tail,
        };
        switch (input.InvocationType)
        {
            case "DryRun":
                return new(204, null, invocation.TraceId);
            case "Event":
                service.Queue.Add(function.Name, invocation);
                return new(202, null, invocation.TraceId);
            default:
                return new(200, await service.Invoker.InvokeAsync(function, invocation), invocation.TraceId);
        }
    }

    // Observed 2023 to 2025: the answers to Event and DryRun have no body and do not tell the version.
    public static Reply Write(InvokeOutput output)
    {
        var reply = new Reply { StatusCode = output.StatusCode }.Header("X-Amzn-Trace-Id", output.TraceId);
        if (output.Result is not { } result) return reply;
        reply.ContentType = "application/json";
        reply.Content = result.Payload;
        return reply
            .Header("X-Amz-Executed-Version", FunctionName.Latest)
            .Header("X-Amz-Function-Error", result.FunctionError)
            .Header("X-Amz-Log-Result", result.LogTail);
    }

    private static LambdaCognitoIdentity? IdentityOf(Call call)
    {
        var context = call.Caller.SessionContext;
        return context.TryGetValue("cognito-identity.amazonaws.com:sub", out var identity)
            ? new(identity, context.GetValueOrDefault("cognito-identity.amazonaws.com:aud"))
            : null;
    }

    private static string NotInSet(string value, string member, string values) =>
        $"Value '{value}' at '{member}' failed to satisfy constraint: Member must satisfy enum value set: [{values}]";
}

internal sealed record InvokeInput(FunctionName Name, string InvocationType, bool Tail, string? ClientContext, string? TraceId, ReadOnlyMemory<byte> Payload);

/// <param name="Result">null where the function was not waited for.</param>
internal sealed record InvokeOutput(int StatusCode, InvocationResult? Result, string TraceId);
