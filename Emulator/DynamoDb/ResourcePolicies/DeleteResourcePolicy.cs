using Emulator.DynamoDb.Input;
using Emulator.Protocols;

namespace Emulator.DynamoDb.ResourcePolicies;

/// <summary>Takes the policy from a table or stream; where there is none nothing happens.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html; DDB-TABLE-205, 209 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.</remarks>
internal static class DeleteResourcePolicy
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, DeleteResourcePolicyInput input)
    {
        var constraints = new Constraints();
        constraints.NotNull(input.ResourceArn, "resourceArn");
        constraints.Length(input.ExpectedRevisionId, "expectedRevisionId", 1, DynamoDbLimits.KeyNameBytes);
        constraints.Require();
        var arn = PolicyTarget.Parse(call, input.ResourceArn!);
        var revision = await service.Store.WriteAsync(transaction =>
        {
            PolicyTarget.RequirePresent(transaction, arn, call.Now);
            var present = PolicyStore.Read(transaction, arn.Text);
            PolicyTarget.RequireRevision(arn, present, input.ExpectedRevisionId);
            if (present is null) return null;
            PolicyStore.Delete(transaction, arn.Text);
            return present.RevisionId;
        });
        return AwsJson.Encode(new PolicyRevisionOutput(revision), ControlJson.Default.PolicyRevisionOutput);
    }
}

internal sealed record DeleteResourcePolicyInput(string? ResourceArn, string? ExpectedRevisionId)
{
    public static DeleteResourcePolicyInput Decode(ref InputReader json)
    {
        string? arn = null, revision = null;
        while (json.NextMember())
        {
            if (json.Is("ResourceArn"u8)) arn = json.String();
            else if (json.Is("ExpectedRevisionId"u8)) revision = json.String();
            else json.Skip();
        }
        return new(arn, revision);
    }
}
