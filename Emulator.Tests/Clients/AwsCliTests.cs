using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>A tour of the services with the AWS CLI; S3 has tests of its own.</summary>
internal sealed class AwsCliTests : AwsCliFixture
{
    protected override string World => """
        roles:
          reader:
            trust: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "111111111111" }, Action: sts:AssumeRole } }
        lambda: { functions: { upper: {} } }
        cognito: { userPools: { people: { clients: { web: {} } } } }
        apigateway:
          httpApis:
            words:
              authorizers: { people: { userPool: people, clients: web } }
              routes: { GET /upper: upper, POST /upper: { function: upper, authorizer: people } }
        """;

    protected override void Configure(FunctionRegistry functions) =>
        functions.Register("upper", (JsonObject input) => new JsonObject { ["text"] = ((string)input["text"]!).ToUpperInvariant() });

    [Test]
    public async Task Items_are_put_found_and_changed()
    {
        Assert.That(await RunAsync("dynamodb create-table --table-name Music --billing-mode PAY_PER_REQUEST --attribute-definitions AttributeName=artist,AttributeType=S AttributeName=song,AttributeType=S"
            + " --key-schema AttributeName=artist,KeyType=HASH AttributeName=song,KeyType=RANGE --query TableDescription.TableName --output text"), Is.EqualTo("Music"));
        await RunAsync("dynamodb wait table-exists --table-name Music");
        await RunAsync("dynamodb put-item --table-name Music --item", """{"artist":{"S":"아이유"},"song":{"S":"좋은 날"},"year":{"N":"2010"}}""");
        var updated = await JsonAsync("dynamodb update-item --table-name Music --return-values ALL_NEW --update-expression", "SET #y = #y + :one", "--expression-attribute-names", """{"#y":"year"}""",
            "--expression-attribute-values", """{":one":{"N":"1"}}""", "--key", """{"artist":{"S":"아이유"},"song":{"S":"좋은 날"}}""");
        Assert.That((string)updated["Attributes"]!["year"]!["N"]!, Is.EqualTo("2011"));
        var found = await JsonAsync("dynamodb query --table-name Music --key-condition-expression", "artist = :a", "--expression-attribute-values", """{":a":{"S":"아이유"}}""");
        Assert.That((string)found["Items"]![0]!["song"]!["S"]!, Is.EqualTo("좋은 날"));
        Assert.That((int)(await JsonAsync("dynamodb scan --table-name Music"))["Count"]!, Is.EqualTo(1));
        Assert.That(await RunAsync("dynamodb list-tables --query TableNames --output text"), Is.EqualTo("Music"));
        Assert.That(await FailAsync("dynamodb describe-table --table-name Absent"), Does.Contain("An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: Requested resource not found: Table: Absent not found"));
        Assert.That(await RunAsync("dynamodb create-backup --table-name Music --backup-name nightly --query BackupDetails.BackupName --output text"), Is.EqualTo("nightly"));
    }

    [Test]
    public async Task A_user_signs_up_and_in()
    {
        var pool = await RunAsync("cognito-idp create-user-pool --pool-name staff --query UserPool.Id --output text");
        var client = await RunAsync($"cognito-idp create-user-pool-client --user-pool-id {pool} --client-name cli --explicit-auth-flows ALLOW_USER_PASSWORD_AUTH ALLOW_REFRESH_TOKEN_AUTH --query UserPoolClient.ClientId --output text");
        Assert.That(await FailAsync($"cognito-idp sign-up --client-id {client} --username ada --password weak"), Does.Contain("An error occurred (InvalidPasswordException) when calling the SignUp operation: Password did not conform with policy: Password not long enough"));
        var signedUp = await JsonAsync($"cognito-idp sign-up --client-id {client} --username ada --password Lovelace-1815 --user-attributes Name=email,Value=ada@example.com");
        Assert.That((bool)signedUp["UserConfirmed"]!, Is.False);
        await RunAsync($"cognito-idp admin-confirm-sign-up --user-pool-id {pool} --username ada");
        var token = await RunAsync($"cognito-idp initiate-auth --client-id {client} --auth-flow USER_PASSWORD_AUTH --auth-parameters USERNAME=ada,PASSWORD=Lovelace-1815 --query AuthenticationResult.AccessToken --output text");
        Assert.That((string)(await JsonAsync($"cognito-idp get-user --access-token {token}"))["Username"]!, Is.EqualTo("ada"));
        Assert.That(await RunAsync($"cognito-idp list-users --user-pool-id {pool} --query Users[].UserStatus --output text"), Is.EqualTo("CONFIRMED"));
        Assert.That(await FailAsync($"cognito-idp associate-software-token --access-token {token}"), Does.Contain("An error occurred (NotImplemented) when calling the AssociateSoftwareToken operation"));
    }

    [Test]
    public async Task A_guest_has_an_identity()
    {
        var pool = await RunAsync("cognito-identity create-identity-pool --identity-pool-name guests --allow-unauthenticated-identities --query IdentityPoolId --output text");
        Assert.That(await RunAsync($"cognito-identity get-id --identity-pool-id {pool} --query IdentityId --output text"), Does.Match("^eu-west-1:[0-9a-f-]{36}$"));
        Assert.That(await RunAsync("cognito-identity list-identity-pools --max-results 10 --query IdentityPools[].IdentityPoolName --output text"), Is.EqualTo("guests"));
    }

    [Test]
    public async Task A_function_is_invoked()
    {
        await File.WriteAllTextAsync(PathOf("event.json"), """{"text":"hello"}""");
        var answer = await JsonAsync("lambda invoke --function-name upper --payload fileb://event.json --log-type Tail out.json");
        Assert.That((int)answer["StatusCode"]!, Is.EqualTo(200));
        Assert.That(Encoding.UTF8.GetString(Convert.FromBase64String((string)answer["LogResult"]!)), Does.StartWith("START RequestId: ").And.Contains("REPORT RequestId: "));
        Assert.That(await File.ReadAllTextAsync(PathOf("out.json")), Is.EqualTo("""{"text":"HELLO"}"""));
        Assert.That(await RunAsync("lambda list-functions --query Functions[].FunctionName --output text"), Is.EqualTo("upper"));
        Assert.That(await FailAsync("lambda invoke --function-name absent out.json"), Does.Contain("An error occurred (ResourceNotFoundException) when calling the Invoke operation: Function not found: arn:aws:lambda:eu-west-1:111111111111:function:absent"));
        Assert.That(await FailAsync("lambda delete-function --function-name upper"), Does.Contain("An error occurred (NotImplemented) when calling the DeleteFunction operation: The emulator does not implement DeleteFunction."));
    }

    [Test]
    public async Task An_API_is_listed_with_its_routes()
    {
        var api = (await JsonAsync("apigatewayv2 get-apis"))["Items"]![0]!;
        Assert.That(((string)api["Name"]!, (string)api["ProtocolType"]!), Is.EqualTo(("words", "HTTP")));
        var routes = await JsonAsync($"apigatewayv2 get-routes --api-id {api["ApiId"]}");
        Assert.That(routes["Items"]!.AsArray().Select(route => (string)route!["RouteKey"]!), Is.EquivalentTo(new[] { "GET /upper", "POST /upper" }));
        Assert.That(await RunAsync($"apigatewayv2 get-authorizers --api-id {api["ApiId"]} --query Items[].AuthorizerType --output text"), Is.EqualTo("JWT"));
        Assert.That(await FailAsync("apigatewayv2 create-api --name new --protocol-type HTTP"), Does.Contain("An error occurred (NotImplemented) when calling the CreateApi operation: The emulator does not implement CreateApi."));
    }

    [Test]
    public async Task A_caller_is_known_and_takes_a_role()
    {
        Assert.That(await RunAsync("sts get-caller-identity --query Arn --output text"), Is.EqualTo("arn:aws:iam::111111111111:user/cli"));
        Assert.That(await RunAsync("sts assume-role --role-arn arn:aws:iam::111111111111:role/reader --role-session-name s1 --query AssumedRoleUser.Arn --output text"), Is.EqualTo("arn:aws:sts::111111111111:assumed-role/reader/s1"));
        Assert.That(await RunAsync("iam list-roles --query Roles[].RoleName --output text"), Is.EqualTo("reader"));
        Assert.That(await FailAsync("iam get-role --role-name absent"), Does.Contain("An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name absent cannot be found."));
        Assert.That(await FailAsync("iam create-user --user-name new"), Does.Contain("An error occurred (NotImplemented) when calling the CreateUser operation: The emulator does not implement CreateUser."));
    }

    [Test]
    public async Task A_service_that_is_not_there_is_refused_by_name() =>
        Assert.That(await FailAsync("sns list-topics"), Does.Contain("An error occurred (NotImplemented) when calling the ListTopics operation: The emulator does not implement ListTopics of the service sns."));
}
