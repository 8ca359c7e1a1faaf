using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.SigV4;
using NUnit.Framework;

namespace Emulator.Tests.SigV4;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html")]
internal sealed class SignatureVersion2Tests
{
    // The page's own example of a presigned URL.
    private const string Query = "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620";
    private static readonly DateTimeOffset Expires = DateTimeOffset.FromUnixTimeSeconds(1175139620);

    [Test]
    public void The_published_example_is_right() =>
        Assert.That(Authenticate("/johnsmith/photos/puppy.jpg", Query, Expires.AddMinutes(-5)).Caller, Is.EqualTo(Owner));

    /// <summary>HMAC-SHA1 of <c>GET\n\n\n1175139620\n/johnsmith/</c>, and without the last slash.</summary>
    [TestCase("O0v6SWPdo4x4nFD0qcXbN1ErM%2F8%3D")]
    [TestCase("C2UQEgXq2OUblYhiCn4CbBlpja8%3D")]
    [Source("https://github.com/boto/boto3/issues/4433")]
    public void A_bucket_in_the_path_may_be_signed_with_a_slash_behind_it(string signature) =>
        Assert.That(Authenticate("/johnsmith", $"AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature={signature}&Expires=1175139620", Expires.AddMinutes(-5)).Caller, Is.EqualTo(Owner));

    [Test]
    public void Another_key_of_the_bucket_is_not_what_was_signed()
    {
        var error = Assert.Throws<AwsException>(() => Authenticate("/johnsmith/photos/kitten.jpg", Query, Expires.AddMinutes(-5)))!;
        Assert.That((error.Code, error.StatusCode), Is.EqualTo(("SignatureDoesNotMatch", 403)));
        Assert.That(error.Members.Single(member => member.Key == "StringToSign").Value, Is.EqualTo("GET\n\n\n1175139620\n/johnsmith/photos/kitten.jpg"));
    }

    [Test]
    public void It_expires_by_the_clock()
    {
        var error = Assert.Throws<AwsException>(() => Authenticate("/johnsmith/photos/puppy.jpg", Query, Expires.AddSeconds(1)))!;
        Assert.That((error.Code, error.Message, error.StatusCode), Is.EqualTo(("AccessDenied", "Request has expired", 403)));
    }

    [TestCase("AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1175139620")]
    [TestCase("Signature=x&Expires=1175139620")]
    [TestCase("AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x")]
    [TestCase("AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x&Expires=soon")]
    [TestCase("AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x&Expires=99999999999999999999")]
    public void An_incomplete_one_is_denied(string query) =>
        Assert.That(Assert.Throws<AwsException>(() => Authenticate("/johnsmith/photos/puppy.jpg", query, Expires))!.Code, Is.EqualTo("AccessDenied"));

    [Test]
    public void A_signature_that_is_no_base_64_does_not_match() =>
        Assert.That(Assert.Throws<AwsException>(() => Authenticate("/johnsmith/photos/puppy.jpg", "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=***&Expires=1175139620", Expires))!.Code, Is.EqualTo("SignatureDoesNotMatch"));

    private static Caller Owner { get; } = Caller.RootOf("111122223333");

    private static Authentication Authenticate(string path, string query, DateTimeOffset now) =>
        new SigV4Verifier(new OneKey("AKIAIOSFODNN7EXAMPLE", new KnownKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null, null, Owner)), new FixedClock(now), CredentialsMode.Known, "000000000000")
            .Authenticate(Requests.Make("GET", path, query), "s3", "us-east-1", AuthDialect.S3);
}
