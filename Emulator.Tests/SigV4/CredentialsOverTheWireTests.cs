using System.Net;
using Amazon.Runtime;
using Amazon.SecurityToken;
using NUnit.Framework;

namespace Emulator.Tests.SigV4;

/// <summary>The same through the whole pipeline, with the SDK as the client.</summary>
[Source("https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html")]
internal sealed class CredentialsOverTheWireTests
{
    private const string Configuration = """
        credentials: known
        accounts:
          "111122223333":
            keys:
              - id: AKIAIOSFODNN7EXAMPLE
                secret: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
        """;

    [Test]
    public async Task A_key_of_emulator_yaml_is_its_accounts_root()
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = Configuration);
        using var sts = Sts(aws, "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        Assert.That((await sts.GetCallerIdentityAsync(new())).Arn, Is.EqualTo("arn:aws:iam::111122223333:root"));
    }

    [TestCase("AKIAIOSFODNN7EXAMPLE", "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.")]
    [TestCase("AKIAUNKNOWNEXAMPLE00", "InvalidClientTokenId", "The security token included in the request is invalid.")]
    public async Task A_wrong_secret_and_an_unknown_key_are_refused(string accessKeyId, string code, string message)
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = Configuration);
        using var sts = Sts(aws, accessKeyId, "wrong");
        var error = Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => sts.GetCallerIdentityAsync(new()))!;
        Assert.That((error.ErrorCode, error.Message, error.StatusCode), Is.EqualTo((code, message, HttpStatusCode.Forbidden)));
    }

    /// <summary>A refusal would teach the SDK a difference that it then applies to every emulator of the process.</summary>
    [Test]
    public async Task A_client_is_let_in_whatever_time_the_emulator_shows([Values(-400, 3, 9000)] int hours)
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = Configuration);
        aws.Clock.Set(aws.Clock.GetUtcNow().AddHours(hours));
        using var sts = aws.CreateClient<AmazonSecurityTokenServiceClient>(new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), config => config.MaxErrorRetry = 0);
        Assert.That((await sts.GetCallerIdentityAsync(new())).Account, Is.EqualTo("111122223333"));
    }

    private static AmazonSecurityTokenServiceClient Sts(AwsEmulator aws, string accessKeyId, string secretAccessKey) =>
        aws.CreateClient<AmazonSecurityTokenServiceClient>(new BasicAWSCredentials(accessKeyId, secretAccessKey));
}
