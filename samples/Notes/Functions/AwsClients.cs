using Amazon.DynamoDBv2;
using Amazon.S3;

namespace Notes;

/// <summary>The clients as the environment of a function describes them: region, credentials and, away from AWS, the endpoint.</summary>
internal static class AwsClients
{
    public static IAmazonDynamoDB DynamoDb() => new AmazonDynamoDBClient();

    /// <remarks>Bucket names as part of the host name need a name server that knows them; where an endpoint is given, there may be none.</remarks>
    public static IAmazonS3 S3() => new AmazonS3Client(new AmazonS3Config { ForcePathStyle = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") is not null });
}
