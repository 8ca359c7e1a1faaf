using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tags;
using Emulator.Protocols;

namespace Emulator.DynamoDb.ResourcePolicies;

/// <summary>Returns the policy of a table or stream.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html</remarks>
internal static class GetResourcePolicy
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ResourceArnInput input)
    {
        var constraints = new Constraints();
        constraints.NotNull(input.ResourceArn, "resourceArn");
        constraints.Require();
        var arn = PolicyTarget.Parse(call, input.ResourceArn!);
        using var snapshot = service.Store.Snapshot();
        PolicyTarget.RequirePresent(snapshot, arn, call.Now);
        var policy = PolicyStore.Read(snapshot, arn.Text) ?? throw PolicyTarget.PolicyNotFound(arn.Text);
        return new(AwsJson.Encode(new GetResourcePolicyOutput(PolicyForm.WithVersion(policy.Document), policy.RevisionId), ControlJson.Default.GetResourcePolicyOutput));
    }
}

internal sealed record GetResourcePolicyOutput(string Policy, string RevisionId);
