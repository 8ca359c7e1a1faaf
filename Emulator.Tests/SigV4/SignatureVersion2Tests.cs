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

    // The page's own examples.
    [TestCase("GET", "/johnsmith/photos/puppy.jpg", "", "Date=Tue, 27 Mar 2007 19:36:42 +0000", "bWq2s1WEIj+Ydj0vQ697zp+IXMU=")]
    [TestCase("PUT", "/johnsmith/photos/puppy.jpg", "", "Date=Tue, 27 Mar 2007 21:15:45 +0000|Content-Type=image/jpeg|Content-Length=94328", "MyyxeRY7whkBe+bq8fHCL/2kKUg=")]
    [TestCase("GET", "/johnsmith/", "prefix=photos&max-keys=50&marker=puppy", "Date=Tue, 27 Mar 2007 19:42:41 +0000|User-Agent=Mozilla/5.0", "htDYFYduRNen8P9ZfE/s9SuKy0U=")]
    [TestCase("GET", "/johnsmith/", "acl", "Date=Tue, 27 Mar 2007 19:44:46 +0000", "c2WLPFtWHVgbEmeEG93a4cG37dM=")]
    [TestCase("GET", "/", "", "Date=Wed, 28 Mar 2007 01:29:59 +0000", "qGdzdERIC03wnaRNKh6OqZehG9s=")]
    [TestCase("GET", "/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re", "", "Date=Wed, 28 Mar 2007 01:49:49 +0000", "DNEZGsoieTZ92F3bUfSPQcbGmlM=")]
    // Its rule for x-amz-date: that header is signed with the others, and the Date stays empty.
    [TestCase("DELETE", "/johnsmith/photos/puppy.jpg", "", "Date=Tue, 27 Mar 2007 21:20:27 +0000|x-amz-date=Tue, 27 Mar 2007 21:20:26 +0000", "R4dJ53KECjStyBO5iTBJZ4XVOaI=")]
    public void A_signature_in_the_header_is_right(string method, string path, string query, string headers, string signature) =>
        Assert.That(AuthenticateHeader(method, path, query, headers, $"AWS AKIAIOSFODNN7EXAMPLE:{signature}").Caller, Is.EqualTo(Owner));

    [TestCase("AWS AKIAIOSFODNN7EXAMPLE:c2WLPFtWHVgbEmeEG93a4cG37dM=", "Date=Tue, 27 Mar 2007 19:36:42 +0000", "SignatureDoesNotMatch", 403)]
    [TestCase("AWS AKIAIOSFODNN7EXAMPLX:bWq2s1WEIj+Ydj0vQ697zp+IXMU=", "Date=Tue, 27 Mar 2007 19:36:42 +0000", "InvalidAccessKeyId", 403)]
    [TestCase("AWS AKIAIOSFODNN7EXAMPLE:bWq2s1WEIj+Ydj0vQ697zp+IXMU=", "Date=yesterday", "AccessDenied", 403)]
    [TestCase("AWS AKIAIOSFODNN7EXAMPLE:bWq2s1WEIj+Ydj0vQ697zp+IXMU=", "X-Other=1", "AccessDenied", 403)]
    [TestCase("AWS AKIAIOSFODNN7EXAMPLE", "Date=Tue, 27 Mar 2007 19:36:42 +0000", "InvalidArgument", 400)]
    [TestCase("AWS :bWq2s1WEIj+Ydj0vQ697zp+IXMU=", "Date=Tue, 27 Mar 2007 19:36:42 +0000", "InvalidArgument", 400)]
    [TestCase("AWS ", "Date=Tue, 27 Mar 2007 19:36:42 +0000", "InvalidArgument", 400)]
    public void A_header_that_is_wrong_is_refused(string authorization, string headers, string code, int status)
    {
        var error = Assert.Throws<AwsException>(() => AuthenticateHeader("GET", "/johnsmith/photos/puppy.jpg", "", headers, authorization))!;
        Assert.That((error.Code, error.StatusCode), Is.EqualTo((code, status)));
    }

    [TestCase(15, null)]
    [TestCase(16, "RequestTimeTooSkewed")]
    [TestCase(-16, "RequestTimeTooSkewed")]
    public void A_header_holds_a_quarter_of_an_hour(int minutes, string? code) =>
        Assert.That(() => AuthenticateHeader("GET", "/johnsmith/photos/puppy.jpg", "", "Date=Tue, 27 Mar 2007 19:36:42 +0000", "AWS AKIAIOSFODNN7EXAMPLE:bWq2s1WEIj+Ydj0vQ697zp+IXMU=", TimeSpan.FromMinutes(minutes)),
            code is null ? Throws.Nothing : Throws.TypeOf<AwsException>().With.Property("Code").EqualTo(code));

    private static Caller Owner { get; } = Caller.RootOf("111122223333");

    private static Authentication Authenticate(string path, string query, DateTimeOffset now) => Verifier(now).Authenticate(Requests.Make("GET", path, query), "s3", "us-east-1", AuthDialect.S3);

    private static Authentication AuthenticateHeader(string method, string path, string query, string headers, string authorization, TimeSpan later = default)
    {
        var sent = Requests.Headers([.. headers.Split('|').Select(header => (header[..header.IndexOf('=')], header[(header.IndexOf('=') + 1)..])), ("Authorization", authorization)]);
        var now = HeaderDate.Parse(sent.TryGetValue("Date", out var date) ? date.ToString() : "") ?? default;
        return Verifier(now + later).Authenticate(Requests.Make(method, path, query, sent), "s3", "us-east-1", AuthDialect.S3);
    }

    private static SigV4Verifier Verifier(DateTimeOffset now) =>
        new(new OneKey("AKIAIOSFODNN7EXAMPLE", new KnownKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null, null, Owner)), new FixedClock(now), CredentialsMode.Known, "000000000000");
}
