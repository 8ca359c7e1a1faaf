using Emulator.Protocols;

namespace Emulator.DynamoDb.GlobalTables;

/// <summary>The regions in which there are global tables.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html; how AWS's list begins: DDB-TABLE-223 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.</remarks>
internal static class GlobalTableRegions
{
    private static readonly string[] Names =
    [
        "ap-south-2", "ap-south-1", "eu-south-1", "eu-south-2", "me-central-1", "il-central-1", "ca-central-1", "eu-central-1", "eu-central-2", "us-west-1", "us-west-2", "af-south-1", "eu-north-1",
        "eu-west-3", "eu-west-2", "eu-west-1", "ap-northeast-3", "ap-northeast-2", "ap-northeast-1", "me-south-1", "sa-east-1", "ap-east-1", "ca-west-1", "ap-southeast-1", "ap-southeast-2",
        "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-7", "mx-central-1", "us-east-1", "us-east-2",
    ];

    public static void Require(string region)
    {
        if (!Names.Contains(region)) throw NotSupported(region);
    }

    private static AwsException NotSupported(string region) =>
        DynamoDbErrors.Validation($"Region {region} is not supported. The latest version of global tables are only supported in the following regions: [{string.Join(", ", Names)}]");
}
