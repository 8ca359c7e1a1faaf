using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>@aws-sdk/client-sts: sts.mjs.</summary>
[Source("https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html")]
internal sealed class StsScriptTests : JavaScriptFixture
{
    private const string Role = "arn:aws:iam::111111111111:role/open";
    private const string ClosedRole = "arn:aws:iam::111111111111:role/closed";
    private const string User = "arn:aws:iam::111111111111:user/script";

    private static readonly Lazy<Task<JsonNode>> Script = new(() => RunAsync("sts.mjs", Administrator + """
        roles:
          open: { trust: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "111111111111" }, Action: sts:AssumeRole } } }
          closed: { trust: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole } } }
        """, _ => new { roleArn = Role, closedRoleArn = ClosedRole }));

    private JsonNode _seen = null!;

    [SetUp]
    public async Task Run() => _seen = await Script.Value;

    [Test]
    [Source("https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html")]
    public void A_caller_is_told_who_he_is() => Assert.Multiple(() =>
    {
        Assert.That(((string)_seen["caller"]!["account"]!, (string)_seen["caller"]!["arn"]!), Is.EqualTo(("111111111111", User)));
        Assert.That((string)_seen["caller"]!["id"]!, Does.Match("^AIDA[A-Z0-9]{17}$"));
    });

    [Test]
    [Source("https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html")]
    public void A_session_acts_as_the_role() => Assert.Multiple(() =>
    {
        var session = _seen["session"]!;
        Assert.That((string)session["Arn"]!, Is.EqualTo("arn:aws:sts::111111111111:assumed-role/open/desk"));
        Assert.That((string)session["AssumedRoleId"]!, Does.Match("^AROA[A-Z0-9]{17}:desk$"));
        Assert.That((string)session["keyId"]!, Does.Match("^ASIA[A-Z0-9]{16}$"));
        Assert.That((int)session["lastsSeconds"]!, Is.EqualTo(3600).Within(120));
        Assert.That(Json(_seen["inRole"]), Is.EqualTo(Json(new { account = "111111111111", arn = (string)session["Arn"]!, id = (string)session["AssumedRoleId"]! })));
    });

    [TestCase("wrongSecret", "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.")]
    [TestCase("wrongToken", "InvalidClientTokenId", "The security token included in the request is invalid.")]
    [TestCase("unknownKey", "InvalidClientTokenId", "The security token included in the request is invalid.")]
    [TestCase("forbidden", "AccessDenied", $"User: {User} is not authorized to perform: sts:AssumeRole on resource: {ClosedRole}")]
    [Source("https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html")]
    public void A_refusal_is_told_in_the_words_of_AWS(string call, string name, string message) => Assert.That(Json(_seen[call]), Is.EqualTo(Refusal(name, message, 403)));

    [Test]
    public void A_name_that_cannot_be_is_told_with_its_pattern() => Assert.That(Json(_seen["invalid"]), Is.EqualTo(Refusal("ValidationError",
        @"1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*")));

    [Test]
    public void What_is_not_built_is_refused_by_name() =>
        Assert.That(Json(_seen["notBuilt"]), Is.EqualTo(Refusal("NotImplemented", "The emulator does not implement GetFederationToken.", 501)));
}
