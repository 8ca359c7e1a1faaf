using System.Globalization;
using System.Text;
using Emulator.Protocols;

namespace Emulator.Lambda.Operations;

/// <summary>Lists the functions of a region, 50 at most on a page.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html</remarks>
internal static class ListFunctions
{
    public static ListFunctionsInput Bind(RestRequest request)
    {
        if (request.HasQuery("MasterRegion")) throw Errors.NotImplemented("ListFunctions", "MasterRegion");
        var problems = new List<string>();
        var version = request.QueryValue("FunctionVersion");
        if (version is not (null or "ALL")) problems.Add($"Value '{version}' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]");
        int? maxItems = null;
        if (request.QueryValue("MaxItems") is { } text)
        {
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) throw Errors.Serialization($"Value '{text}' is not a number");
            if (number < 1) problems.Add($"Value '{number}' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1");
            if (number > 10_000) problems.Add($"Value '{number}' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 10000");
            maxItems = number;
        }
        if (problems.Count > 0) throw LambdaErrors.Validation(problems);
        return new(version is not null, request.QueryValue("Marker"), maxItems);
    }

    public static ValueTask<ListFunctionsOutput> ExecuteAsync(LambdaService service, Call call, ListFunctionsInput input)
    {
        var after = input.Marker is null ? null : Decode(input.Marker);
        var size = Math.Min(input.MaxItems ?? LambdaLimits.FunctionsPerPage, LambdaLimits.FunctionsPerPage);
        var rest = service.Functions(call.Account, call.Region).Where(function => string.CompareOrdinal(function.Name, after) > 0).Take(size + 1).ToList();
        var page = rest.Take(size).Select(function => FunctionConfiguration.Of(function, qualified: input.AllVersions, listed: true)).ToList();
        return new(new ListFunctionsOutput(rest.Count > size ? Encode(page[^1].FunctionName) : null, page));
    }

    public static Reply Write(ListFunctionsOutput output) => new() { Content = AwsJson.Encode(output, LambdaJson.Default.ListFunctionsOutput) };

    private static string Encode(string name) => Convert.ToBase64String(Encoding.UTF8.GetBytes(name));

    private static string Decode(string marker)
    {
        var buffer = new byte[marker.Length];
        return Convert.TryFromBase64String(marker, buffer, out var length)
            ? Encoding.UTF8.GetString(buffer, 0, length)
            : throw LambdaErrors.InvalidMarker();
    }
}

internal sealed record ListFunctionsInput(bool AllVersions, string? Marker, int? MaxItems);

internal sealed record ListFunctionsOutput(string? NextMarker, IReadOnlyList<FunctionConfiguration> Functions);
