using Amazon.Runtime;
using Amazon.SecurityToken;
using NUnit.Framework;

namespace Emulator.Tests.Iam.Sts;

/// <summary>An emulator with two accounts, two users and a few roles, and clients of STS.</summary>
internal abstract class StsFixture
{
    private const string Configuration = """
        account: "111111111111"
        region: eu-west-1
        accounts:
          "111111111111":
            users:
              alice:
                policies:
                  assume:
                    Version: "2012-10-17"
                    Statement: { Effect: Allow, Action: "sts:*", Resource: "arn:aws:iam::111111111111:role/delegated" }
              bob: {}
            keys:
              - { id: AKIAROOTROOTROOTROOT, secret: root-secret }
              - { id: AKIAALICEALICEALICE1, secret: alice-secret, user: alice }
              - { id: AKIABOBBOBBOBBOBBOB1, secret: bob-secret, user: bob }
          "222222222222":
            keys:
              - { id: AKIAOTHEROTHEROTHER1, secret: other-secret }
        roles:
          delegated:
            trust:
              Version: "2012-10-17"
              Statement: { Effect: Allow, Principal: { AWS: "111111111111" }, Action: ["sts:AssumeRole", "sts:TagSession"] }
            policies:
              chain:
                Version: "2012-10-17"
                Statement: { Effect: Allow, Action: "sts:*", Resource: "*" }
          direct:
            trust:
              Version: "2012-10-17"
              Statement: { Effect: Allow, Principal: { AWS: ["arn:aws:iam::111111111111:user/bob", "arn:aws:iam::111111111111:role/delegated"] }, Action: ["sts:AssumeRole", "sts:TagSession"] }
        """;

    protected const string Delegated = "arn:aws:iam::111111111111:role/delegated";
    protected const string Direct = "arn:aws:iam::111111111111:role/direct";

    [SetUp]
    public async Task StartAsync()
    {
        Aws = await AwsEmulator.StartAsync(options =>
        {
            options.Configuration = Configuration;
            options.Iam = Mode;
            options.Seed = 7;
        });
        Alice = Sts("AKIAALICEALICEALICE1", "alice-secret");
        Bob = Sts("AKIABOBBOBBOBBOBBOB1", "bob-secret");
        Root = Sts("AKIAROOTROOTROOTROOT", "root-secret");
        OtherRoot = Sts("AKIAOTHEROTHEROTHER1", "other-secret");
    }

    [TearDown]
    public async Task StopAsync()
    {
        Alice.Dispose();
        Bob.Dispose();
        Root.Dispose();
        OtherRoot.Dispose();
        await Aws.DisposeAsync();
    }

    protected virtual IamEnforcement Mode => IamEnforcement.Enforce;

    protected AwsEmulator Aws { get; private set; } = null!;

    protected AmazonSecurityTokenServiceClient Alice { get; private set; } = null!;

    protected AmazonSecurityTokenServiceClient Bob { get; private set; } = null!;

    protected AmazonSecurityTokenServiceClient Root { get; private set; } = null!;

    protected AmazonSecurityTokenServiceClient OtherRoot { get; private set; } = null!;

    protected AmazonSecurityTokenServiceClient Sts(string accessKeyId, string secret) =>
        Aws.CreateClient<AmazonSecurityTokenServiceClient>(new BasicAWSCredentials(accessKeyId, secret));

    protected AmazonSecurityTokenServiceClient Sts(AWSCredentials credentials) => Aws.CreateClient<AmazonSecurityTokenServiceClient>(credentials);

    /// <summary>What STS answers with an error code and text.</summary>
    protected static NUnit.Framework.Constraints.Constraint ThrowsAnError(string code, string message, int status = 400) =>
        Throws.InstanceOf<AmazonSecurityTokenServiceException>()
            .With.Property("ErrorCode").EqualTo(code).And.Message.EqualTo(message).And.Property("StatusCode").EqualTo((System.Net.HttpStatusCode)status);
}
