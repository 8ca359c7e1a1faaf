using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>Sign-in, identity pool, role, policy, S3 and DynamoDB, with the SDK's clients and credential provider: identity-pool.mjs.</summary>
[Source("https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html")]
[Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_s3_cognito-bucket.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html")]
internal sealed class IdentityPoolScriptTests : JavaScriptFixture
{
    private const string World = Administrator + """
        roles:
          person:
            trust:
              Version: "2012-10-17"
              Statement: { Effect: Allow, Principal: { Federated: cognito-identity.amazonaws.com }, Action: sts:AssumeRoleWithWebIdentity }
            policies:
              own:
                Version: "2012-10-17"
                Statement:
                  - { Effect: Allow, Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::users/${cognito-identity.amazonaws.com:sub}/*" }
                  - { Effect: Allow, Action: "s3:ListBucket", Resource: "arn:aws:s3:::users", Condition: { StringLike: { "s3:prefix": "${cognito-identity.amazonaws.com:sub}/*" } } }
                  - Effect: Allow
                    Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]
                    Resource: "arn:aws:dynamodb:us-east-1:111111111111:table/Scores"
                    Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "${cognito-identity.amazonaws.com:sub}" } }
        s3: { buckets: { users: {} } }
        dynamodb: { tables: { Scores: { partitionKey: owner, sortKey: game } } }
        cognito:
          userPools:
            people:
              clients: { web: { flows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH] } }
              users: { ada: { password: "Wonderland-1" }, bob: { password: "Wonderland-1" } }
          identityPools: { people: { clients: people/web, authenticatedRole: person } }
        """;

    private const string Caller = "arn:aws:sts::111111111111:assumed-role/person/CognitoIdentityCredentials";

    private static readonly Lazy<Task<JsonNode>> Script = new(() => RunAsync("identity-pool.mjs", World, aws => new
    {
        identityPoolId = aws.Outputs.IdentityPoolId("people"),
        clientId = aws.Outputs.UserPoolClientId("people", "web"),
        provider = $"cognito-idp.us-east-1.amazonaws.com/{aws.Outputs.UserPoolId("people")}",
        password = "Wonderland-1",
    }));

    private JsonNode _seen = null!;

    private string Ada => (string)_seen["ids"]![0]!;

    private string Bob => (string)_seen["ids"]![1]!;

    [SetUp]
    public async Task Run() => _seen = await Script.Value;

    [Test]
    public void Each_user_has_an_identity_and_keeps_it() => Assert.Multiple(() =>
    {
        Assert.That(Ada, Does.Match("^us-east-1:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$").And.Not.EqualTo(Bob));
        Assert.That((string)_seen["again"]!, Is.EqualTo(Ada));
    });

    [Test]
    [Source("https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html")]
    public void Its_credentials_are_those_of_the_role_for_an_hour() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["caller"]), Is.EqualTo(Json(new { account = "111111111111", arn = Caller })));
        Assert.That((string)_seen["keyId"]!, Does.StartWith("ASIA"));
        Assert.That((int)_seen["lastsSeconds"]!, Is.EqualTo(3600).Within(120));
    });

    [Test]
    public void Ones_own_prefix_of_the_bucket_is_open() => Assert.Multiple(() =>
    {
        Assert.That((string)_seen["s3"]!["own"]!, Is.EqualTo("mine"));
        Assert.That(Json(_seen["s3"]!["listed"]), Is.EqualTo($"""["{Ada}/note.txt"]"""));
    });

    [Test]
    [Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html")]
    public void Anothers_prefix_is_closed() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["s3"]!["anothersObject"]), Is.EqualTo(Denied("AccessDenied", "s3:GetObject", $"\"arn:aws:s3:::users/{Bob}/note.txt\"", 403)));
        Assert.That(Json(_seen["s3"]!["writeToAnother"]), Is.EqualTo(Denied("AccessDenied", "s3:PutObject", $"\"arn:aws:s3:::users/{Bob}/note.txt\"", 403)));
        Assert.That(Json(_seen["s3"]!["listAll"]), Is.EqualTo(Denied("AccessDenied", "s3:ListBucket", "\"arn:aws:s3:::users\"", 403)));
    });

    [Test]
    public void Ones_own_items_of_the_table_are_open() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["dynamoDb"]!["score"]!["points"]), Is.EqualTo("12"));
        Assert.That((int)_seen["dynamoDb"]!["own"]!, Is.EqualTo(1));
    });

    [TestCase("anothersItems", "dynamodb:Query")]
    [TestCase("writeToAnother", "dynamodb:PutItem")]
    [TestCase("scan", "dynamodb:Scan")]
    public void Anothers_items_are_closed(string call, string action) =>
        Assert.That(Json(_seen["dynamoDb"]![call]), Is.EqualTo(Denied("AccessDeniedException", action, "arn:aws:dynamodb:us-east-1:111111111111:table/Scores", 400)));

    [Test]
    public void Who_is_not_signed_in_gets_nothing() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["guest"]), Is.EqualTo(Refusal("NotAuthorizedException", "Unauthenticated access is not supported for this identity pool.")));
        Assert.That(Json(_seen["noLogins"]), Is.EqualTo(Refusal("NotAuthorizedException", $"Access to Identity '{Ada}' is forbidden.")));
        Assert.That((string)_seen["brokenToken"]!["name"]!, Is.EqualTo("NotAuthorizedException"));
        Assert.That((string)_seen["brokenToken"]!["message"]!, Does.StartWith("Invalid login token."));
    });

    private static string Denied(string name, string action, string resource, int status) =>
        Refusal(name, $"User: {Caller} is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows the {action} action", status);
}
