using System.Globalization;
using Emulator.Protocols;

namespace Emulator.S3.Multipart;

/// <summary>The query parameter <c>partNumber</c>.</summary>
internal static class PartNumbers
{
    public static int? OfQuery(RestRequest request)
    {
        if (request.QueryValue("partNumber") is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= S3Limits.PartNumbers
            ? number
            : throw S3Errors.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);
    }
}
