using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.SigV4;
using NUnit.Framework;

namespace Emulator.Tests.SigV4;

/// <summary>All published vectors, with the signature in the header and in the query.</summary>
[Source("https://github.com/awslabs/aws-c-auth/tree/main/tests/aws-signing-test-suite/v4")]
internal sealed class PublishedVectorTests
{
    [Test]
    public void The_vectors_are_there_or_this_says_why_nothing_was_tested()
    {
        if (SigV4Vectors.Folder is not null) Assert.That(SigV4Vectors.Names.Count(), Is.GreaterThanOrEqualTo(38));
        else if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail("No folder shared/aws-recorded/sigv4 was found above " + TestContext.CurrentContext.TestDirectory);
        else Assert.Ignore("No folder shared/aws-recorded/sigv4 was found above " + TestContext.CurrentContext.TestDirectory);
    }

    [TestCaseSource(typeof(SigV4Vectors), nameof(SigV4Vectors.Names))]
    public void The_canonical_request_the_string_to_sign_and_the_signature_are_the_published_ones(string name)
    {
        var vector = Open(name);
        foreach (var kind in new[] { "header", "query" })
        {
            var request = vector.ReadRequest($"{kind}-signed-request.txt");
            if (kind == "query" && vector.OmitsSessionToken) request = WithoutToken(request);
            var expected = vector.Read($"{kind}-canonical-request.txt");
            var (canonical, stringToSign, signature) = Sign(vector, request, expected);
            Assert.Multiple(() =>
            {
                Assert.That(canonical, Is.EqualTo(expected), kind);
                Assert.That(stringToSign, Is.EqualTo(vector.Read($"{kind}-string-to-sign.txt")), kind);
                Assert.That(signature, Is.EqualTo(vector.Read($"{kind}-signature.txt")), kind);
            });
        }
    }

    [TestCaseSource(typeof(SigV4Vectors), nameof(SigV4Vectors.NormalizedNames))]
    public void The_signed_request_is_accepted_and_not_when_one_letter_of_its_path_differs(string name)
    {
        var vector = Open(name);
        var token = vector.OmitsSessionToken ? null : vector.SessionToken;
        var caller = Caller.RootOf("123456789012");
        var verifier = new SigV4Verifier(new OneKey(vector.AccessKeyId, new(vector.SecretAccessKey, token, null, caller)), new FixedClock(vector.Time.AddMinutes(1)), CredentialsMode.Known, "000000000000");
        foreach (var kind in new[] { "header", "query" })
        {
            var request = vector.ReadRequest($"{kind}-signed-request.txt");
            if (vector.OmitsSessionToken) request = WithoutToken(request);
            var authentication = verifier.Authenticate(request, vector.Service, "eu-west-1", AuthDialect.Json);
            Assert.That(authentication, Is.EqualTo(new Authentication(caller, vector.Region, vector.Service, PayloadSignature.Buffered)), kind);

            var changed = Requests.Make(request.Method, request.SignedPath + "x", request.RawQuery, request.Headers, request.Content.ToArray());
            Assert.That(() => verifier.Authenticate(changed, vector.Service, "eu-west-1", AuthDialect.Json),
                Throws.TypeOf<AwsException>().With.Property(nameof(AwsException.Code)).EqualTo("InvalidSignatureException"), kind);
        }
    }

    private static SigV4Vector Open(string name)
    {
        if (SigV4Vectors.Folder is null) Assert.Ignore("The vectors are not there: see the test that says so.");
        return new(name);
    }

    private static (string Canonical, string StringToSign, string Signature) Sign(SigV4Vector vector, RestRequest request, string expected)
    {
        var lines = expected.Split('\n');
        var signedHeaders = lines[^2];
        var canonical = new Utf8Buffer(stackalloc byte[4]);
        CanonicalRequest.Write(ref canonical, request, signedHeaders, signedHeaders.Split(';'), lines[^1], s3: !vector.Normalize);
        var stringToSign = new Utf8Buffer(stackalloc byte[4]);
        SigV4Verifier.WriteStringToSign(ref stringToSign, vector.Time, $"{vector.Time:yyyyMMdd}/{vector.Region}/{vector.Service}/aws4_request", canonical.Written);
        var signature = new byte[64];
        SigningKey.Sign(SigningKey.Derive(vector.SecretAccessKey, $"{vector.Time:yyyyMMdd}", vector.Region, vector.Service), stringToSign.Written, signature);
        return (canonical.ToString(), stringToSign.ToString(), System.Text.Encoding.ASCII.GetString(signature));
    }

    private static RestRequest WithoutToken(RestRequest request)
    {
        var query = string.Join('&', request.RawQuery.Split('&').Where(part => !part.StartsWith("X-Amz-Security-Token=", StringComparison.Ordinal)));
        request.Headers.Remove("X-Amz-Security-Token");
        return Requests.Make(request.Method, request.SignedPath, query, request.Headers, request.Content.ToArray());
    }
}
