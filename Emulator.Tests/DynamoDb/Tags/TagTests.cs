using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Tags;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html")]
internal sealed class TagTests : DynamoDbFixture
{
    private const string Arn = "arn:aws:dynamodb:us-east-1:000000000000:table/" + Hash;
    private const string Quirks = "docs/api-quirks of aws-controllers-k8s/dynamodb-controller, observed on AWS in October 2026: ";

    [Test]
    [Observed(Quirks + "DDB-TABLE-105, 106")]
    public async Task Tags_are_added_replaced_and_taken_away()
    {
        await TagAsync(("Env", ""), ("env", "x"), ("ключ", "表 a+b-c=d.e_f:g/h@i"));
        await TagAsync(("env", "y"));
        await DynamoDb.UntagResourceAsync(new UntagResourceRequest { ResourceArn = Arn, TagKeys = ["Env", "never set"] });
        var untagged = await DynamoDb.UntagResourceAsync(new UntagResourceRequest { ResourceArn = Arn, TagKeys = ["never set"] });
        Assert.That(await ListAsync(), Is.EquivalentTo(new[] { "env=y", "ключ=表 a+b-c=d.e_f:g/h@i" }));
        Assert.That(untagged.ContentLength, Is.Zero);
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-110")]
    public async Task A_table_is_created_with_tags_or_not_at_all()
    {
        await CreateTaggedAsync("Tagged", ("a", "1"), ("b", "2"));
        Refuses(() => CreateTaggedAsync("Untagged", ("a", "1"), ("aws:b", "2")), "Tag Key cannot be prefixed with aws:, Key: aws:b");
        var tags = (await DynamoDb.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = Arn.Replace(Hash, "Tagged", StringComparison.Ordinal) })).Tags;
        Assert.That(tags.Select(tag => $"{tag.Key}={tag.Value}"), Is.EquivalentTo(new[] { "a=1", "b=2" }));
        Fails(() => DynamoDb.DescribeTableAsync("Untagged"), "ResourceNotFoundException", "Requested resource not found: Table: Untagged not found");
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-107, 372")]
    public async Task Of_tags_that_do_not_fit_none_is_set()
    {
        var tooLong = new string('k', 129);
        Assert.Multiple(() =>
        {
            Refuses(() => TagAsync(("good", "1"), (tooLong, "2")), $"The Tag Key provided is invalid, Key: {tooLong}");
            Refuses(() => TagAsync(("", "1")), "The Tag Key provided is invalid, Key: ");
            Refuses(() => TagAsync(("bad#char", "1")), "The Tag Key provided is invalid, Key: bad#char");
            Refuses(() => TagAsync(("key", "🔑")), "The Tag Value provided is invalid, Value: 🔑");
            Refuses(() => TagAsync(("AWS:foo", "1")), "Tag Key cannot be prefixed with aws:, Key: AWS:foo");
            Refuses(() => TagAsync(("dup", "1"), ("dup", "2")), "Duplicate Tag Keys provided as input: Duplicate Tag Key found dup");
            Refuses(() => TagAsync(), "Atleast one Tag needs to be provided as Input.");
            Refuses(() => DynamoDb.UntagResourceAsync(new UntagResourceRequest { ResourceArn = Arn, TagKeys = ["aws:foo"] }), "Tag Key cannot be prefixed with aws:, Key: aws:foo");
        });
        Assert.That(await ListAsync(), Is.Empty);
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-108, 109")]
    public async Task A_table_has_fifty_tags_of_ten_kilobytes()
    {
        await TagAsync([.. Enumerable.Range(0, 50).Select(number => ($"k{number}", "v"))]);
        await TagAsync(("k0", "new"));
        Refuses(() => TagAsync(("k0", "newer"), ("k50", "v")), "Number of Tags exceed the current limit for the provided ResourceArn");
        Refuses(() => TagAsync([.. Enumerable.Range(0, 50).Select(number => ($"k{number}", new string('v', 256)))]), "Tag set size 12940 bytes is above max size limit of 10240 bytes");
        Assert.That(await ListAsync(), Has.Count.EqualTo(50).And.Contains("k0=new"));
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-071, 136, 442")]
    public void Only_the_arn_of_a_table_that_is_there_will_do() => Assert.Multiple(() =>
    {
        Refuses(() => ListAsync("Hash"), "One or more parameter values were invalid: ARNs must start with 'arn:': Hash");
        Refuses(() => ListAsync("arn:aws:s3:::bucket"), "One or more parameter values were invalid: Provided Arn is not a DynamoDB resource arn: arn:aws:s3:::bucket");
        Refuses(() => ListAsync($"{Arn}/backup/01"), $"One or more parameter values were invalid: Provided Arn is not a DynamoDB resource arn: {Arn}/backup/01");
        Refuses(() => ListAsync($"{Arn}/index/byName"), $"One or more parameter values were invalid: Invalid resource arn provided, only table or stream is accepted. Provided resource arn: {Arn}/index/byName");
        Refuses(() => ListAsync(Arn.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal)), "Invalid TableArn: Invalid ResourceArn provided as input " + Arn.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal));
        Fails(() => ListAsync(Arn.Replace("000000000000", "111111111111", StringComparison.Ordinal)), "AccessDeniedException", "Access is denied");
        Fails(() => ListAsync(Arn + "2"), "ResourceNotFoundException", $"Requested resource not found: ResourceArn: {Arn}2 not found");
    });

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html")]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html")]
    public async Task Limits_and_endpoints_are_told()
    {
        var limits = await DynamoDb.DescribeLimitsAsync(new DescribeLimitsRequest());
        var endpoint = (await DynamoDb.DescribeEndpointsAsync(new DescribeEndpointsRequest())).Endpoints.Single();
        Assert.That((limits.AccountMaxReadCapacityUnits, limits.AccountMaxWriteCapacityUnits, limits.TableMaxReadCapacityUnits, limits.TableMaxWriteCapacityUnits), Is.EqualTo(((long?)80000, (long?)80000, (long?)40000, (long?)40000)));
        Assert.That((endpoint.Address, endpoint.CachePeriodInMinutes), Is.EqualTo(("dynamodb.us-east-1.amazonaws.com", (long?)1440)));
    }

    private Task TagAsync(params (string Key, string Value)[] tags) =>
        DynamoDb.TagResourceAsync(new TagResourceRequest { ResourceArn = Arn, Tags = [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })] });

    private async Task<List<string>> ListAsync(string arn = Arn) =>
        [.. ((await DynamoDb.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn })).Tags ?? []).Select(tag => $"{tag.Key}={tag.Value}")];

    private Task CreateTaggedAsync(string table, params (string Key, string Value)[] tags) => DynamoDb.CreateTableAsync(new CreateTableRequest
    {
        TableName = table,
        AttributeDefinitions = [new("p", ScalarAttributeType.S)],
        KeySchema = [new("p", KeyType.HASH)],
        BillingMode = BillingMode.PAY_PER_REQUEST,
        Tags = [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })],
    });
}
