using Emulator.Lambda.Functions;
using Emulator.Protocols;

namespace Emulator.Lambda.Operations;

/// <summary>Returns the configuration of a function and where its code lies.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html</remarks>
internal static class GetFunction
{
    public static FunctionName Bind(RestRequest request) => FunctionName.Parse(request.Labels["FunctionName"], request.QueryValue("Qualifier"));

    public static ValueTask<GetFunctionOutput> ExecuteAsync(LambdaService service, Call call, FunctionName name)
    {
        var function = service.Get(call.Account, call.Region, name, name.QualifiedArn(call.Account, call.Region));
        var configuration = FunctionConfiguration.Of(function, name.Qualifier is not null, listed: false);
        return new(new GetFunctionOutput(configuration, FunctionCodeLocation.Of(function.Code)));
    }

    public static Reply Write(GetFunctionOutput output) => new() { Content = AwsJson.Encode(output, LambdaJson.Default.GetFunctionOutput) };
}

internal sealed record GetFunctionOutput(FunctionConfiguration Configuration, FunctionCodeLocation Code);

/// <summary>In AWS a presigned URL of a zip; here the folder from which the code is taken.</summary>
internal sealed record FunctionCodeLocation(string RepositoryType, string? Location)
{
    public static FunctionCodeLocation Of(FunctionCode code) => code.Folder is { } folder ? new("Folder", new Uri(folder).AbsoluteUri) : new("Delegate", null);
}
