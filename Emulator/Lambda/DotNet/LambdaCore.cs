using System.Reflection;
using System.Text;

namespace Emulator.Lambda.DotNet;

/// <summary>The interfaces of Amazon.Lambda.Core, each function's own copy of them, answered by name.</summary>
internal sealed class LambdaCore(InterfaceProxies proxies)
{
    public const string ContextName = "Amazon.Lambda.Core.ILambdaContext";

    /// <summary>An <c>ILambdaContext</c> of the function's own Amazon.Lambda.Core.</summary>
    public object Context(Type type, LambdaContext context) => proxies.Make(type, (method, _) => method.Name switch
    {
        "get_AwsRequestId" => context.AwsRequestId,
        "get_FunctionName" => context.FunctionName,
        "get_FunctionVersion" => context.FunctionVersion,
        "get_InvokedFunctionArn" => context.InvokedFunctionArn,
        "get_LogGroupName" => context.LogGroupName,
        "get_LogStreamName" => context.LogStreamName,
        "get_MemoryLimitInMB" => context.MemoryLimitInMB,
        "get_RemainingTime" => context.RemainingTime,
        "get_TraceId" => context.TraceId,
        "get_TenantId" => null,
        "get_Logger" => Logger(method.ReturnType, context),
        "get_ClientContext" => context.ClientContext is { } client ? ClientContext(method.ReturnType, client) : null,
        "get_Identity" => context.Identity is { } identity ? Identity(method.ReturnType, identity) : null,
        _ => throw Unknown(method),
    });

    private object ClientContext(Type type, LambdaClientContext context) => proxies.Make(type, (method, _) => method.Name switch
    {
        "get_Custom" => Copy(context.Custom),
        "get_Environment" => Copy(context.Environment),
        "get_Client" => context.Client is { } client ? Client(method.ReturnType, client) : null,
        _ => throw Unknown(method),
    });

    private object Client(Type type, LambdaClientApplication client) => proxies.Make(type, (method, _) => method.Name switch
    {
        "get_InstallationId" => client.InstallationId,
        "get_AppTitle" => client.AppTitle,
        "get_AppVersionName" => client.AppVersionName,
        "get_AppVersionCode" => client.AppVersionCode,
        "get_AppPackageName" => client.AppPackageName,
        _ => throw Unknown(method),
    });

    private object Identity(Type type, LambdaCognitoIdentity identity) => proxies.Make(type, (method, _) => method.Name switch
    {
        "get_IdentityId" => identity.IdentityId,
        "get_IdentityPoolId" => identity.IdentityPoolId,
        _ => throw Unknown(method),
    });

    /// <summary>All of <c>ILambdaLogger</c>: Log, LogLine, LogInformation and the rest, with or without a level, an exception and arguments for the message.</summary>
    private object Logger(Type type, LambdaContext context) => proxies.Make(type, (method, arguments) =>
    {
        if (method.Name == "Log" && arguments is [string plain])
        {
            context.Log.Raw(plain.TrimEnd('\r', '\n'));
            return null;
        }
        var values = arguments.ToList();
        var level = method.Name is "Log" ? Take(values) : method.Name is "LogLine" ? "Information" : method.Name["Log".Length..];
        var exception = values.FirstOrDefault() as Exception;
        if (exception is not null) values.RemoveAt(0);
        var message = Fill(Take(values), values.FirstOrDefault() as object?[] ?? []);
        if (exception is not null) message = message.Length > 0 ? $"{message}\n{exception}" : exception.ToString();
        if (IsEnabled(level, context)) context.Log.Write(Label(level), message);
        return null;
    });

    /// <summary>Whether a level is written: from Information on, or what AWS_LAMBDA_HANDLER_LOG_LEVEL says.</summary>
    private static bool IsEnabled(string level, LambdaContext context)
    {
        string[] levels = ["trace", "debug", "information", "warning", "error", "critical"];
        var minimum = Array.IndexOf(levels, context.Environment.GetValueOrDefault("AWS_LAMBDA_HANDLER_LOG_LEVEL", "information").ToLowerInvariant());
        var own = Array.IndexOf(levels, level.ToLowerInvariant());
        return own < 0 || own >= (minimum < 0 ? 2 : minimum);
    }

    private static string Label(string level) => level.ToLowerInvariant() switch
    {
        "trace" => "trce",
        "debug" => "dbug",
        "information" => "info",
        "warning" => "warn",
        "error" => "fail",
        "critical" => "crit",
        _ => level,
    };

    private static string Take(List<object?> values)
    {
        if (values.Count == 0) return "";
        var text = values[0]?.ToString() ?? "";
        values.RemoveAt(0);
        return text;
    }

    /// <summary>Puts the arguments in the places of <c>{name}</c>, in order.</summary>
    private static string Fill(string template, object?[] arguments)
    {
        if (arguments.Length == 0) return template;
        var text = new StringBuilder();
        var rest = template.AsSpan();
        foreach (var argument in arguments)
        {
            var open = rest.IndexOf('{');
            var close = open < 0 ? -1 : rest[open..].IndexOf('}');
            if (close < 0) break;
            text.Append(rest[..open]).Append(argument);
            rest = rest[(open + close + 1)..];
        }
        return text.Append(rest).ToString();
    }

    private static Dictionary<string, string> Copy(IReadOnlyDictionary<string, string>? values) => values is null ? [] : new(values);

    private static NotSupportedException Unknown(MethodInfo method) =>
        new($"The emulator does not know {method.DeclaringType?.FullName}.{method.Name} of this version of Amazon.Lambda.Core.");
}
