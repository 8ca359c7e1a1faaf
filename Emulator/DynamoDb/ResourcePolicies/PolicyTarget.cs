using Emulator.DynamoDb.Streams;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.ResourcePolicies;

/// <summary>The table or stream of a request on policies, and the revision that it expects.</summary>
/// <remarks>Source of the texts: DDB-TABLE-205, 209, 211, 212, 442 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller; tests/test_dynamodb of getmoto/moto that are verified against AWS.</remarks>
internal static class PolicyTarget
{
    /// <summary>What PutResourcePolicy expects where there shall be no policy yet.</summary>
    private const string NoPolicy = "NO_POLICY";

    public static ResourceArn Parse(Call call, string text)
    {
        var arn = ResourceArn.Parse(text);
        arn.RefuseIndex();
        if (arn.Table.Region != call.Region) throw DynamoDbErrors.Invalid($"Invalid resource Arn: {text}");
        if (arn.Table.Account != call.Account) throw DynamoDbErrors.Validation("This action is only supported by accounts that match the resource owner’s account.");
        return arn;
    }

    public static void RequirePresent(IReader reader, ResourceArn arn, DateTimeOffset now)
    {
        var table = arn.Table;
        if (arn.Stream is null)
        {
            if (TableStore.Read(reader, table, now) is null) throw DynamoDbErrors.TableNotFound(table.Name);
            return;
        }
        if (!StreamStore.List(reader, table.Account, table.Region, table.Name, null, now).Any(stream => stream.Label == arn.Stream))
        {
            throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Stream: {arn.Stream} not found for Table: {table.Name}");
        }
    }

    public static void RequireRevision(ResourceArn arn, TablePolicy? present, string? expected)
    {
        if (expected is null || (expected == NoPolicy ? present is null : present?.RevisionId == expected)) return;
        throw PolicyNotFound(present is null
            ? arn.Text
            : $"Requested update for policy with revision id {expected}, but the policy associated to target table {arn.Table.Name} has revision id {present.RevisionId}.");
    }

    public static AwsException PolicyNotFound(string what) => new("PolicyNotFoundException", $"Resource-based policy not found for the provided ResourceArn: {what}");
}
