using Emulator.Protocols;
using Emulator.SigV4;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace Emulator.Tests.SigV4;

internal sealed class RequestSignerTests
{
    private static readonly SigningCredentials Example = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static readonly DateTimeOffset Day = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);
    private const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Source("https://github.com/awslabs/aws-c-auth/tree/main/tests/aws-signing-test-suite/v4")]
    [TestCaseSource(typeof(SigV4Vectors), nameof(SigV4Vectors.Names))]
    public void The_signature_of_each_vector_is_the_published_one(string name)
    {
        if (SigV4Vectors.Folder is null) Assert.Ignore("The vectors are not there: see PublishedVectorTests.");
        var vector = new SigV4Vector(name);
        var signed = vector.ReadRequest("header-signed-request.txt");
        var expected = signed.Headers.Authorization.ToString();
        signed.Headers.Remove("Authorization");
        if (vector.OmitsSessionToken) signed.Headers.Remove("X-Amz-Security-Token");
        var payloadHash = vector.Read("header-canonical-request.txt").Split('\n')[^1];
        Assert.That(RequestSigner.Authorization(signed, new(vector.AccessKeyId, vector.SecretAccessKey), vector.Region, vector.Service, vector.Time, payloadHash, s3: !vector.Normalize), Is.EqualTo(expected));
    }

    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html")]
    [TestCase("GET", "/test.txt", "", "Range: bytes=0-9", Empty, "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [TestCase("PUT", "/test%24file.text", "", "Date: Fri, 24 May 2013 00:00:00 GMT|x-amz-storage-class: REDUCED_REDUNDANCY", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [TestCase("GET", "/", "lifecycle", "", Empty, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [TestCase("GET", "/", "max-keys=2&prefix=J", "", Empty, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void S3s_own_examples_are_signed_as_its_reference_says(string method, string path, string query, string headers, string payloadHash, string signature)
    {
        var request = Make(method, path, query, headers);
        RequestSigner.SignS3(request, Example, "us-east-1", Day, payloadHash);
        Assert.Multiple(() =>
        {
            Assert.That(request.Header("Authorization"), Does.EndWith($", Signature={signature}"));
            Assert.That(request.Header("x-amz-date"), Is.EqualTo("20130524T000000Z"));
            Assert.That(request.Header("x-amz-security-token"), Is.Null);
        });
    }

    [Test]
    public void A_session_token_is_sent_and_signed()
    {
        var request = Make("GET", "/", "", "");
        RequestSigner.SignS3(request, Example with { SessionToken = "the-token" }, "us-east-1", Day, Empty);
        Assert.Multiple(() =>
        {
            Assert.That(request.Header("x-amz-security-token"), Is.EqualTo("the-token"));
            Assert.That(request.Header("Authorization"), Does.Contain("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,"));
        });
    }

    [Test]
    public void Credentials_do_not_tell_their_secret() => Assert.That($"{Example with { SessionToken = "the-token" }}", Is.EqualTo("AKIAIOSFODNN7EXAMPLE"));

    private static RestRequest Make(string method, string path, string query, string headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = header.IndexOf(": ", StringComparison.Ordinal);
            dictionary[header[..colon]] = header[(colon + 2)..];
        }
        return Requests.Make(method, path, query, dictionary) with { Host = "examplebucket.s3.amazonaws.com" };
    }
}
