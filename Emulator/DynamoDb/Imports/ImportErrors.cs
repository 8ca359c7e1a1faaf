using Emulator.Protocols;

namespace Emulator.DynamoDb.Imports;

/// <summary>The errors of imports.</summary>
/// <remarks>Source of the texts: the descriptions of the errors in the API model.</remarks>
internal static class ImportErrors
{
    public static AwsException ImportNotFound(string arn) => new("ImportNotFoundException", $"Import not found: {arn}");

    public static AwsException ImportConflict() =>
        new("ImportConflictException", "There was a conflict when importing from the specified S3 source. This can occur when the current import conflicts with a previous import request that had the same client token.");
}
