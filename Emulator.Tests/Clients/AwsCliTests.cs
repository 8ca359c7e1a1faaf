using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>A tour of each service with the AWS CLI, of version 1 or 2.</summary>
[Source("https://docs.aws.amazon.com/cli/latest/reference/")]
internal sealed class AwsCliTests
{
    private const string KeyId = "AKIACOMMANDLINECLIEN";

    private const string World = $$"""
        account: "111111111111"
        region: eu-west-1
        credentials: known
        accounts:
          "111111111111":
            users: { cli: { policies: { everything: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "*", Resource: "*" } } } } }
            keys: [{ id: {{KeyId}}, secret: cli-secret, user: cli }]
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

    private AwsEmulator _aws = null!;
    private Uri _endpoint = null!;
    private string _folder = "";

    [SetUp]
    public async Task Start()
    {
        _ = Client.AwsCli();
        _aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions
        {
            Configuration = World,
            Functions = functions => functions.Register("upper", (JsonObject input) => new JsonObject { ["text"] = ((string)input["text"]!).ToUpperInvariant() }),
        });
        _endpoint = await _aws.ListenAsync();
        _folder = Directory.CreateTempSubdirectory("emulator-cli-").FullName;
    }

    [TearDown]
    public async Task Stop()
    {
        if (_aws is not null) await _aws.DisposeAsync();
        if (_folder.Length > 0) Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Files_go_to_a_bucket_and_come_back()
    {
        var large = new byte[9 * 1024 * 1024]; // more than the 8 MiB from which the CLI sends parts
        new Random(1).NextBytes(large);
        Directory.CreateDirectory(PathOf("up", "하위"));
        await File.WriteAllBytesAsync(PathOf("large.bin"), large);
        await File.WriteAllTextAsync(PathOf("up", "a.txt"), "a");
        await File.WriteAllTextAsync(PathOf("up", "하위", "메모 1+1.txt"), "메모");

        Assert.That(await RunAsync("s3 mb s3://files-of-cli"), Is.EqualTo("make_bucket: files-of-cli"));
        Assert.That(await RunAsync("s3 cp large.bin s3://files-of-cli/ --no-progress"), Does.EndWith("large.bin to s3://files-of-cli/large.bin"));
        Assert.That(Lines(await RunAsync("s3 sync up s3://files-of-cli/up --no-progress")), Has.Length.EqualTo(2));
        Assert.That(await RunAsync("s3 sync up s3://files-of-cli/up --no-progress"), Is.Empty);
        var listed = Lines(await RunAsync("s3 ls s3://files-of-cli/ --recursive"));
        Assert.That(listed.Select(line => line[20..].TrimStart()), Is.EqualTo(new[] { "9437184 large.bin", "1 up/a.txt", "6 up/하위/메모 1+1.txt" }));
        Assert.That((await RunAsync("s3 ls s3://files-of-cli/")).Split('\n')[0].Trim(), Is.EqualTo("PRE up/"));

        await RunAsync("s3 cp s3://files-of-cli/large.bin back.bin --no-progress");
        await RunAsync("s3 sync s3://files-of-cli/up down --no-progress");
        Assert.That(await File.ReadAllBytesAsync(PathOf("back.bin")), Is.EqualTo(large));
        Assert.That(await File.ReadAllTextAsync(PathOf("down", "하위", "메모 1+1.txt")), Is.EqualTo("메모"));

        Assert.That(await FailAsync("s3 rb s3://files-of-cli"), Does.Contain("An error occurred (BucketNotEmpty) when calling the DeleteBucket operation: The bucket you tried to delete is not empty"));
        Assert.That(await RunAsync("s3 rm s3://files-of-cli/large.bin"), Is.EqualTo("delete: s3://files-of-cli/large.bin"));
        Assert.That(Lines(await RunAsync("s3 rb s3://files-of-cli --force")), Has.Length.EqualTo(3).And.Some.EqualTo("remove_bucket: files-of-cli"));
        Assert.That(await RunAsync("s3 ls"), Is.Empty);
    }

    /// <summary>Version 1 of the CLI signs by Version 2 where it may, which is in us-east-1.</summary>
    [TestCase("us-east-1")]
    [TestCase("eu-west-1")]
    [Source("https://docs.aws.amazon.com/cli/latest/reference/s3/presign.html")]
    public async Task A_presigned_URL_gives_the_object_until_it_expires(string region)
    {
        await File.WriteAllTextAsync(PathOf("a.txt"), "for everybody");
        await RunAsync($"s3 mb s3://presigned-of-cli --region {region}");
        await RunAsync($"s3 cp a.txt s3://presigned-of-cli/나/a.txt --no-progress --region {region}");
        var url = await RunAsync($"s3 presign s3://presigned-of-cli/나/a.txt --expires-in 300 --region {region}");
        using var http = new HttpClient();
        Assert.That(await http.GetStringAsync(url), Is.EqualTo("for everybody"));
        using var tampered = await http.GetAsync(url.Replace("/a.txt", "/b.txt"));
        Assert.That(tampered.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await tampered.Content.ReadAsStringAsync(), Does.Contain("<Code>SignatureDoesNotMatch</Code>"));
        _aws.Clock.Advance(TimeSpan.FromSeconds(301));
        using var late = await http.GetAsync(url);
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await late.Content.ReadAsStringAsync(), Does.Contain("<Code>AccessDenied</Code><Message>Request has expired</Message>"));
    }

    [Test]
    public async Task The_API_of_S3_answers_and_refuses()
    {
        await File.WriteAllTextAsync(PathOf("a.txt"), "Hello");
        await RunAsync("s3api create-bucket --bucket api-of-cli --create-bucket-configuration LocationConstraint=eu-west-1");
        Assert.That(await RunAsync("s3api get-bucket-location --bucket api-of-cli --output text"), Is.EqualTo("eu-west-1"));
        Assert.That(await RunAsync("s3api put-object --bucket api-of-cli --key a --body a.txt --metadata author=ada --query ETag --output text"), Is.EqualTo("\"8b1a9953c4611296a827abf8c47804d7\""));
        var head = await JsonAsync("s3api head-object --bucket api-of-cli --key a");
        Assert.That(((int)head["ContentLength"]!, (string)head["Metadata"]!["author"]!), Is.EqualTo((5, "ada")));
        Assert.That(await RunAsync("s3api list-objects-v2 --bucket api-of-cli --query Contents[].Key --output text"), Is.EqualTo("a"));
        Assert.That(await FailAsync("s3api get-object --bucket api-of-cli --key b out"), Does.Contain("An error occurred (NoSuchKey) when calling the GetObject operation: The specified key does not exist."));
        Assert.That(await FailAsync("s3api head-bucket --bucket absent-of-cli"), Does.Contain("An error occurred (404) when calling the HeadBucket operation: Not Found"));
        Assert.That(await FailAsync("s3api get-object-torrent --bucket api-of-cli --key a out"), Does.Contain("An error occurred (NotImplemented) when calling the GetObjectTorrent operation: The emulator does not implement GetObjectTorrent."));
    }

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

    private string PathOf(params string[] parts) => Path.Combine([_folder, .. parts]);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<JsonNode> JsonAsync(string command, params string[] more) => JsonNode.Parse(await RunAsync(command, [.. more, "--output", "json"])) ?? throw new JsonException("nothing");

    /// <summary>What a command prints. Its words are split at spaces; words that contain spaces follow separately.</summary>
    private async Task<string> RunAsync(string command, params string[] more)
    {
        var output = await StartAsync(command, more);
        Assert.That(output.ExitCode, Is.Zero, $"aws {command}: {output.Error}");
        return output.Out.ReplaceLineEndings("\n").Trim('\n');
    }

    /// <summary>What a command that fails says.</summary>
    private async Task<string> FailAsync(string command)
    {
        var output = await StartAsync(command, []);
        Assert.That(output.ExitCode, Is.Not.Zero, $"aws {command}: {output.Out}");
        return output.Error + output.Out;
    }

    private Task<ClientOutput> StartAsync(string command, string[] more)
    {
        var environment = Client.Settings(_endpoint, _aws.Region, KeyId, "cli-secret");
        environment["AWS_PAGER"] = "";
        environment["PYTHONUTF8"] = "1";
        environment["PYTHONIOENCODING"] = "utf-8";
        return Client.RunAsync(Client.AwsCli(), [.. command.Split(' '), .. more], environment, _folder);
    }
}
