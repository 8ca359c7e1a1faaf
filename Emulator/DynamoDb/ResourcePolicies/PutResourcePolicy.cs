using System.Globalization;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Iam;
using Emulator.Iam.Policies;
using Emulator.Protocols;

namespace Emulator.DynamoDb.ResourcePolicies;

/// <summary>Gives a table or stream a policy; the same one again changes nothing.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html</remarks>
internal static class PutResourcePolicy
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, PutResourcePolicyInput input)
    {
        CheckConstraints(input);
        var arn = PolicyTarget.Parse(call, input.ResourceArn!);
        var document = PolicyForm.Of(input.Policy!);
        if (input.ConfirmRemoveSelfResourceAccess != true) RefuseLockout(call, arn, document);
        var revision = await service.Store.WriteAsync(transaction =>
        {
            PolicyTarget.RequirePresent(transaction, arn, call.Now);
            var present = PolicyStore.Read(transaction, arn.Text);
            PolicyTarget.RequireRevision(arn, present, input.ExpectedRevisionId);
            if (present?.Document == document) return present.RevisionId;
            var policy = new TablePolicy(document, NextRevision(present, call.Now));
            PolicyStore.Put(transaction, arn.Text, policy);
            return policy.RevisionId;
        });
        return AwsJson.Encode(new PolicyRevisionOutput(revision), ControlJson.Default.PolicyRevisionOutput);
    }

    /// <summary>The milliseconds of the change, and unlike the last.</summary>
    public static string NextRevision(TablePolicy? present, DateTimeOffset now)
    {
        var revision = now.ToUnixTimeMilliseconds();
        if (present is not null) revision = Math.Max(revision, long.Parse(present.RevisionId, CultureInfo.InvariantCulture) + 1);
        return revision.ToString(CultureInfo.InvariantCulture);
    }

    private static void CheckConstraints(PutResourcePolicyInput input)
    {
        var constraints = new Constraints();
        constraints.NotNull(input.ResourceArn, "resourceArn");
        constraints.NotNull(input.Policy, "policy");
        constraints.Length(input.ExpectedRevisionId, "expectedRevisionId", 1, DynamoDbLimits.KeyNameBytes);
        constraints.Require();
    }

    /// <summary>Whoever puts a policy must be able to put another.</summary>
    /// <remarks>Observed: DDB-TABLE-210 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller: only this one action is looked at.</remarks>
    private static void RefuseLockout(Call call, ResourceArn arn, string document)
    {
        var request = new AccessRequest
        {
            Caller = call.Caller,
            Permission = new Permission("dynamodb:PutResourcePolicy", arn.Text),
            ResourceAccount = arn.Table.Account,
            Now = call.Now,
            Conditions = call.Conditions,
            PrincipalArn = IamDirectory.PrincipalArnOf(call.Caller, null),
        };
        var policies = new PolicySet { Resource = new(PolicyType.Resource, arn.Text, PolicyDocument.Parse(document)) };
        if (PolicyEvaluator.Evaluate(request, policies).Outcome is AccessOutcome.ExplicitDeny)
        {
            throw new AwsException("AccessDeniedException", "The new resource policy will not allow you to update the resource policy in the future.");
        }
    }
}

internal sealed record PutResourcePolicyInput(string? ResourceArn, string? Policy, string? ExpectedRevisionId, bool? ConfirmRemoveSelfResourceAccess)
{
    public static PutResourcePolicyInput Decode(ref InputReader json)
    {
        string? arn = null, policy = null, revision = null;
        bool? confirm = null;
        while (json.NextMember())
        {
            if (json.Is("ResourceArn"u8)) arn = json.String();
            else if (json.Is("Policy"u8)) policy = json.String();
            else if (json.Is("ExpectedRevisionId"u8)) revision = json.String();
            else if (json.Is("ConfirmRemoveSelfResourceAccess"u8)) confirm = json.Boolean();
            else json.Skip();
        }
        return new(arn, policy, revision, confirm);
    }
}

/// <param name="RevisionId">null where there was nothing to delete.</param>
internal sealed record PolicyRevisionOutput(string? RevisionId);
