using Emulator.Protocols;

namespace Emulator.DynamoDb;

/// <summary>How an export or import tells that S3 refused what it needed.</summary>
internal static class StorageFailure
{
    /// <remarks>Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Validation.html#S3DataImport.Validation.Troubleshooting.Bucket</remarks>
    public static string Text(DynamoDbService service, AwsException error) =>
        $"{error.Message} (Service: Amazon S3; Status Code: {error.StatusCode}; Error Code: {error.Code}; Request ID: {service.Ids.UpperBase32(16)}; S3 Extended Request ID: {Convert.ToBase64String(service.Ids.Bytes(56))}; Proxy: null)";
}
