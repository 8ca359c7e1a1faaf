using System.Text.Json.Nodes;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Throughput;

/// <summary>What has run out.</summary>
internal enum CapacityLimit
{
    /// <summary>The provisioned units of a table or index.</summary>
    ProvisionedThroughput,

    /// <summary>What one partition can do.</summary>
    KeyRangeThroughput,

    /// <summary>The maximum that OnDemandThroughput sets.</summary>
    MaxOnDemandThroughput,

    /// <summary>What an account may ask of one table.</summary>
    AccountLimit,
}

/// <summary>Why a request is not carried out now: of which table or index which limit is reached.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ThrottlingReason.html
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-diagnosing-workflow.html
/// </remarks>
internal sealed record Throttling(string Resource, bool IsIndex, bool IsWrite, bool OnDemand, CapacityLimit Limit)
{
    private const string HotKey = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";

    // Source of the texts: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html. Observed: the one of provisioned indexes and that of hot keys come without
    // a full stop (https://catalog.workshops.aws/dynamodb-labs, https://github.com/praetorian-inc/chariot-ui/issues/684).
    public string Message => (Limit, OnDemand, IsIndex) switch
    {
        (CapacityLimit.MaxOnDemandThroughput, _, _) => "Throughput exceeds the maximum OnDemandThroughput configured on table or index",
        (CapacityLimit.AccountLimit, _, _) => "Throughput exceeds the current throughput limit for your account. Please contact AWS Support at https://aws.amazon.com/support request a limit increase",
        (_, true, true) => "Throughput exceeds the current capacity for one or more global secondary indexes. DynamoDB is automatically scaling your index so please try again shortly.",
        (_, true, false) => $"Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: {HotKey}",
        (_, false, true) =>
            "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. " +
            "Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API",
        _ => "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
    };

    /// <summary>As <c>TableWriteProvisionedThroughputExceeded</c>.</summary>
    public string Reason => $"{(IsIndex ? "Index" : "Table")}{(IsWrite ? "Write" : "Read")}{Limit}Exceeded";

    private bool IsThrottlingException => OnDemand && Limit != CapacityLimit.AccountLimit;

    public AwsException Exception() => new(
        Limit == CapacityLimit.AccountLimit ? "RequestLimitExceeded" : IsThrottlingException ? "ThrottlingException" : "ProvisionedThroughputExceededException", Message)
    {
        // The member is spelt as the shape of each exception spells it.
        Members = [new(IsThrottlingException ? "throttlingReasons" : "ThrottlingReasons", new JsonArray(new JsonObject { ["reason"] = Reason, ["resource"] = Resource }))],
    };
}
