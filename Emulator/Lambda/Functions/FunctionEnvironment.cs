using System.Globalization;
using Emulator.Integration;

namespace Emulator.Lambda.Functions;

/// <summary>The environment variables that a function sees.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime</remarks>
internal static class FunctionEnvironment
{
    public const string TraceId = "_X_AMZN_TRACE_ID";

    public static Dictionary<string, string> Of(Function function, SessionCredentials session, Uri? endpoint)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TZ"] = ":UTC",
            ["LANG"] = "en_US.UTF-8",
            ["AWS_XRAY_CONTEXT_MISSING"] = "LOG_ERROR",
        };
        if (endpoint is not null) variables["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/');
        foreach (var (name, value) in function.Settings.Environment) variables[name] = value;

        // These are reserved: a function's own settings do not replace them.
        variables["AWS_REGION"] = function.Region;
        variables["AWS_DEFAULT_REGION"] = function.Region;
        variables["AWS_ACCESS_KEY_ID"] = session.AccessKeyId;
        variables["AWS_SECRET_ACCESS_KEY"] = session.SecretAccessKey;
        variables["AWS_SESSION_TOKEN"] = session.SessionToken;
        variables["AWS_EXECUTION_ENV"] = "AWS_Lambda_dotnet10";
        variables["AWS_LAMBDA_FUNCTION_NAME"] = function.Name;
        variables["AWS_LAMBDA_FUNCTION_VERSION"] = FunctionName.Latest;
        variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.Settings.MemorySizeMb.ToString(CultureInfo.InvariantCulture);
        variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        variables["AWS_LAMBDA_LOG_GROUP_NAME"] = function.LogGroupName;
        variables["AWS_LAMBDA_LOG_STREAM_NAME"] = function.LogStreamName;
        variables["_HANDLER"] = function.Code.Handler;
        if (function.Code.Folder is { } folder) variables["LAMBDA_TASK_ROOT"] = folder;
        return variables;
    }

    /// <summary>The variables that .NET code of this process may be given through the process's own environment: not those that would disturb the process itself.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ForProcess(IReadOnlyDictionary<string, string> variables) =>
        variables.Where(variable => variable.Key is not ("TZ" or "LANG" or "PATH"));
}
