using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.ResourcePolicies;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html")]
internal sealed class ResourcePolicyTests : DynamoDbFixture
{
    private const string Arn = "arn:aws:dynamodb:us-east-1:000000000000:table/" + Hash;
    private const string Quirks = "docs/api-quirks of aws-controllers-k8s/dynamodb-controller, observed on AWS in October 2026: ";
    private const string Other = "111111111111";
    private const string ReadsForOther = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{Other}}"},"Action":"dynamodb:GetItem","Resource":"{{Arn}}"}]}""";

    protected override Task<AwsEmulator> StartAwsAsync() => AwsEmulator.StartAsync(options => options.Configuration = "iam: enforce");

    [Test]
    public async Task Another_account_may_what_the_policy_allows()
    {
        await PutAsync(Hash, ("p", S("a")));
        using var other = Aws.CreateClient<AmazonDynamoDBClient>(new BasicAWSCredentials(Other, "secret"), config => config.MaxErrorRetry = 0);
        var before = Assert.CatchAsync<AmazonDynamoDBException>(() => GetAsOtherAsync())!;
        await PutPolicyAsync(ReadsForOther);
        var item = await GetAsOtherAsync();
        var write = Assert.CatchAsync<AmazonDynamoDBException>(() => other.PutItemAsync(Arn, Item(("p", S("b")))))!;
        await DynamoDb.DeleteResourcePolicyAsync(new DeleteResourcePolicyRequest { ResourceArn = Arn });
        var after = Assert.CatchAsync<AmazonDynamoDBException>(() => GetAsOtherAsync())!;
        Assert.Multiple(() =>
        {
            Assert.That((before.ErrorCode, write.ErrorCode, after.ErrorCode), Is.EqualTo(("AccessDeniedException", "AccessDeniedException", "AccessDeniedException")));
            Assert.That(item["p"].S, Is.EqualTo("a"));
        });

        async Task<Dictionary<string, AttributeValue>> GetAsOtherAsync() => (await other.GetItemAsync(Arn, Item(("p", S("a"))))).Item;
    }

    [Test]
    public async Task The_policy_of_a_table_covers_its_indexes()
    {
        await DynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = "Indexed",
            AttributeDefinitions = [new("p", ScalarAttributeType.S), new("q", ScalarAttributeType.S)],
            KeySchema = [new("p", KeyType.HASH)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
            GlobalSecondaryIndexes = [new() { IndexName = "byQ", KeySchema = [new("q", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.ALL } }],
            ResourcePolicy = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"dynamodb:Query","Resource":"arn:aws:dynamodb:us-east-1:000000000000:table/Indexed/index/*"}}""",
        });
        var request = new QueryRequest("Indexed") { KeyConditionExpression = "q = :q", ExpressionAttributeValues = new() { [":q"] = S("a") }, IndexName = "byQ" };
        var denied = Assert.CatchAsync<AmazonDynamoDBException>(() => DynamoDb.QueryAsync(request))!;
        Assert.That(denied.ErrorCode, Is.EqualTo("AccessDeniedException"));
        await GetAsync("Indexed", ("p", S("a")));
        await DynamoDb.DeleteTableAsync("Indexed");
        await CreateAsync("Indexed", ("p", ScalarAttributeType.S));
        Fails(() => GetPolicyAsync("arn:aws:dynamodb:us-east-1:000000000000:table/Indexed"), "PolicyNotFoundException", "Resource-based policy not found for the provided ResourceArn: arn:aws:dynamodb:us-east-1:000000000000:table/Indexed");
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-207, 208, 351, 353, 355")]
    public async Task A_policy_is_given_back_in_one_form_and_the_same_again_is_no_change()
    {
        var first = await PutPolicyAsync($$"""
            { "Statement": { "Resource": ["{{Arn}}"], "Action": ["dynamodb:GetItem"], "Principal": { "AWS": ["{{Other}}", "arn:aws:iam::{{Other}}:root"] }, "Effect": "allow", "Sid": "one" } }
            """);
        var read = await DynamoDb.GetResourcePolicyAsync(new GetResourcePolicyRequest { ResourceArn = Arn });
        var same = await PutPolicyAsync($$"""{"Statement":[{"Sid":"one","Effect":"Allow","Principal":{"AWS":"{{Other}}"},"Action":"dynamodb:GetItem","Resource":"{{Arn}}"}]}""");
        var other = await PutPolicyAsync(ReadsForOther);
        Assert.Multiple(() =>
        {
            Assert.That(read.Policy, Is.EqualTo($$"""{"Version":"2008-10-17","Statement":[{"Sid":"one","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Other}}:root"},"Action":"dynamodb:GetItem","Resource":"{{Arn}}"}]}"""));
            Assert.That((read.RevisionId, same), Is.EqualTo((first, first)));
            Assert.That(long.Parse(other), Is.GreaterThan(long.Parse(first)));
        });
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-205, 209; tests of getmoto/moto that are verified against AWS")]
    public async Task A_revision_that_is_expected_must_be_the_present_one()
    {
        var first = await PutPolicyAsync(ReadsForOther, "NO_POLICY");
        var second = await PutPolicyAsync(ReadsForOther.Replace("GetItem", "Query", StringComparison.Ordinal), first);
        var message = $"Resource-based policy not found for the provided ResourceArn: Requested update for policy with revision id {first}, but the policy associated to target table {Hash} has revision id {second}.";
        Fails(() => PutPolicyAsync(ReadsForOther, first), "PolicyNotFoundException", message);
        Fails(() => DynamoDb.DeleteResourcePolicyAsync(new DeleteResourcePolicyRequest { ResourceArn = Arn, ExpectedRevisionId = first }), "PolicyNotFoundException", message);
        var deleted = await DynamoDb.DeleteResourcePolicyAsync(new DeleteResourcePolicyRequest { ResourceArn = Arn, ExpectedRevisionId = second });
        var again = await DynamoDb.DeleteResourcePolicyAsync(new DeleteResourcePolicyRequest { ResourceArn = Arn });
        Assert.That((deleted.RevisionId, again.RevisionId), Is.EqualTo((second, (string?)null)));
        Fails(() => GetPolicyAsync(Arn), "PolicyNotFoundException", $"Resource-based policy not found for the provided ResourceArn: {Arn}");
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-210")]
    public async Task Nobody_locks_himself_out_unawares()
    {
        var lockout = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"dynamodb:PutResourcePolicy","Resource":"{{Arn}}"}]}""";
        Fails(() => PutPolicyAsync(lockout), "AccessDeniedException", "The new resource policy will not allow you to update the resource policy in the future.");
        await DynamoDb.PutResourcePolicyAsync(new PutResourcePolicyRequest { ResourceArn = Arn, Policy = lockout, ConfirmRemoveSelfResourceAccess = true });
        var refused = Assert.CatchAsync<AmazonDynamoDBException>(() => PutPolicyAsync(ReadsForOther))!;
        Assert.That(refused.ErrorCode, Is.EqualTo("AccessDeniedException"));
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-211, 212, 356, 442, 457")]
    public void What_is_no_policy_is_refused() => Assert.Multiple(() =>
    {
        Malformed("", "This policy contains invalid Json");
        Malformed("[]", "This policy contains invalid Json");
        Malformed("null", "This text appears not to be a policy");
        Malformed("{}", "Syntax error at position (1,3)");
        Malformed("""{"Statement":[]}""", "Could not parse the policy: Statement is empty!");
        Malformed("""{"Statement":[{}]}""", "Missing required field Effect");
        Malformed("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"dynamodb:GetItem"}]}""", "Missing required field Resource");
        Malformed("""{"Statement":[{"Sid":"a","Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"*","Resource":"*"},{"Sid":"a","Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"*","Resource":"*"}]}""", "The Statement Ids in the policy are not unique");
        Refuses(() => PutPolicyAsync("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"""), "Resource-based policy grants unbounded access in one or more elements. Please revise the policy to ensure least-privilege form of access");
        Refuses(() => PutPolicyAsync(ReadsForOther + new string(' ', 20480)), "One or more parameter values were invalid: Maximum policy size of 20480 bytes exceeded");
        Refuses(() => GetPolicyAsync(Arn + "/index/byQ"), $"One or more parameter values were invalid: Invalid resource arn provided, only table or stream is accepted. Provided resource arn: {Arn}/index/byQ");
        Fails(() => GetPolicyAsync(Arn + "2"), "ResourceNotFoundException", "Requested resource not found: Table: Hash2 not found");
        Fails(() => GetPolicyAsync(Arn + "/stream/2026-01-01T00:00:00.000"), "ResourceNotFoundException", "Requested resource not found: Stream: 2026-01-01T00:00:00.000 not found for Table: Hash");
    });

    private void Malformed(string policy, string why) => Refuses(() => PutPolicyAsync(policy), $"One or more parameter values were invalid: Invalid policy document: {why}");

    private async Task<string> PutPolicyAsync(string policy, string? expected = null) =>
        (await DynamoDb.PutResourcePolicyAsync(new PutResourcePolicyRequest { ResourceArn = Arn, Policy = policy, ExpectedRevisionId = expected })).RevisionId;

    private Task GetPolicyAsync(string arn) => DynamoDb.GetResourcePolicyAsync(new GetResourcePolicyRequest { ResourceArn = arn });
}
