using Emulator.Lambda.Functions;
using Emulator.Protocols;

namespace Emulator.Lambda.Operations;

/// <summary>Returns the configuration of a function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html</remarks>
internal static class GetFunctionConfiguration
{
    public static FunctionName Bind(RestRequest request) => FunctionName.Parse(request.Labels["FunctionName"], request.QueryValue("Qualifier"));

    public static ValueTask<FunctionConfiguration> ExecuteAsync(LambdaService service, Call call, FunctionName name)
    {
        var function = service.Get(call.Account, call.Region, name, name.QualifiedArn(call.Account, call.Region));
        return new(FunctionConfiguration.Of(function, name.Qualifier is not null, listed: false));
    }

    public static Reply Write(FunctionConfiguration output) => new() { Content = AwsJson.Encode(output, LambdaJson.Default.FunctionConfiguration) };
}
