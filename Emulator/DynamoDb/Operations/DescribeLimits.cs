using Emulator.DynamoDb.Input;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Returns the quotas of capacity of an account in a region.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html; the figures of a new account: DDB-TABLE-131 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.</remarks>
internal static class DescribeLimits
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, EmptyInput input) => new(AwsJson.Encode(
        new DescribeLimitsOutput(DynamoDbLimits.UnitsPerAccount, DynamoDbLimits.UnitsPerAccount, DynamoDbLimits.TableUnits, DynamoDbLimits.TableUnits), ControlJson.Default.DescribeLimitsOutput));
}

internal sealed record DescribeLimitsOutput(long AccountMaxReadCapacityUnits, long AccountMaxWriteCapacityUnits, long TableMaxReadCapacityUnits, long TableMaxWriteCapacityUnits);

/// <summary>The input of operations that take no parameters.</summary>
internal sealed record EmptyInput
{
    public static EmptyInput Decode(ref InputReader json)
    {
        while (json.NextMember()) json.Skip();
        return new();
    }
}
