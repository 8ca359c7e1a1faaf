using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using NUnit.Framework;

namespace Emulator.Tests.Iam;

/// <summary>What policies do to real calls of services, over the wire.</summary>
[Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html")]
internal sealed class EnforcementTests
{
    private const string Configuration = """
        account: "111111111111"
        region: eu-west-1
        accounts:
          "111111111111":
            users:
              alice:
                policies:
                  read: { Version: "2012-10-17", Statement: { Effect: Allow, Action: ["dynamodb:GetItem", "s3:PutObject"], Resource: "*" } }
            keys:
              - { id: AKIAALICEALICEALICE1, secret: alice-secret, user: alice }
        roles:
          tenant:
            trust: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "arn:aws:iam::111111111111:user/alice" }, Action: ["sts:AssumeRole", "sts:TagSession"] } }
            policies:
              own:
                Version: "2012-10-17"
                Statement: { Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::files/${aws:PrincipalTag/tenant}/*" }
        dynamodb: { tables: { Notes: { partitionKey: id } } }
        s3:
          buckets:
            files:
              policy:
                Version: "2012-10-17"
                Statement: { Sid: NoSecrets, Effect: Deny, Principal: "*", Action: "s3:PutObject", Resource: "arn:aws:s3:::files/secret/*" }
        """;

    private static readonly BasicAWSCredentials Alice = new("AKIAALICEALICEALICE1", "alice-secret");

    [Test]
    public async Task DynamoDB_lets_through_what_is_allowed_and_tells_what_is_not()
    {
        await using var aws = await StartAsync(IamEnforcement.Enforce);
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>(Alice);
        var key = new Dictionary<string, AttributeValue> { ["id"] = new("1") };
        Assert.That((await dynamoDb.GetItemAsync("Notes", key)).IsItemSet, Is.False);
        Assert.That(() => dynamoDb.PutItemAsync("Notes", key), Throws.InstanceOf<AmazonDynamoDBException>().With.Property("ErrorCode").EqualTo("AccessDeniedException")
            .And.Message.EqualTo("User: arn:aws:iam::111111111111:user/alice is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:111111111111:table/Notes because no identity-based policy allows the dynamodb:PutItem action"));
    }

    [Test]
    public async Task S3_tells_an_explicit_deny_of_the_bucket()
    {
        await using var aws = await StartAsync(IamEnforcement.Enforce);
        using var s3 = aws.CreateClient<AmazonS3Client>(Alice);
        await s3.PutObjectAsync(new() { BucketName = "files", Key = "open", ContentBody = "x" });
        Assert.That(() => s3.PutObjectAsync(new() { BucketName = "files", Key = "secret/plan", ContentBody = "x" }), Throws.InstanceOf<AmazonS3Exception>().With.Property("ErrorCode").EqualTo("AccessDenied")
            .And.Message.EqualTo("User: arn:aws:iam::111111111111:user/alice is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::files/secret/plan\" with an explicit deny in a resource-based policy"));
    }

    [Test]
    public async Task A_session_tag_confines_a_tenant_to_its_folder()
    {
        await using var aws = await StartAsync(IamEnforcement.Enforce);
        using var sts = aws.CreateClient<AmazonSecurityTokenServiceClient>(Alice);
        var session = await sts.AssumeRoleAsync(new() { RoleArn = "arn:aws:iam::111111111111:role/tenant", RoleSessionName = "s1", Tags = [new() { Key = "tenant", Value = "blue" }] });
        using var s3 = aws.CreateClient<AmazonS3Client>(session.Credentials);
        await s3.PutObjectAsync(new() { BucketName = "files", Key = "blue/a", ContentBody = "x" });
        Assert.That(() => s3.PutObjectAsync(new() { BucketName = "files", Key = "red/a", ContentBody = "x" }), Throws.InstanceOf<AmazonS3Exception>().With.Property("ErrorCode").EqualTo("AccessDenied"));
    }

    [Test]
    public async Task Audit_lets_through_and_says_what_AWS_would_have_refused()
    {
        var log = new List<string>();
        await using var aws = await StartAsync(IamEnforcement.Audit, log.Add);
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>(Alice);
        await dynamoDb.PutItemAsync("Notes", new() { ["id"] = new("1") });
        Assert.That(log, Has.One.Contains("arn:aws:iam::111111111111:user/alice may not dynamodb:PutItem on arn:aws:dynamodb:eu-west-1:111111111111:table/Notes: no statement of the identity policies of user alice allows it."));
    }

    private static Task<AwsEmulator> StartAsync(IamEnforcement mode, Action<string>? log = null) => AwsEmulator.StartAsync(options =>
    {
        options.Configuration = Configuration;
        options.Iam = mode;
        options.Log = log;
    });
}
