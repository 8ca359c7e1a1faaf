using Emulator.Protocols;

namespace Emulator.DynamoDb.Exports;

/// <summary>The errors of exports.</summary>
/// <remarks>Source of the texts: the descriptions of the errors in the API model.</remarks>
internal static class ExportErrors
{
    public static AwsException ExportNotFound(string arn) => new("ExportNotFoundException", $"Export not found: {arn}");

    public static AwsException ExportConflict() => new("ExportConflictException", "There was a conflict when writing to the specified S3 bucket.");

    public static AwsException InvalidExportTime() => new("InvalidExportTimeException", "The specified ExportTime is outside of the point in time recovery window.");
}
