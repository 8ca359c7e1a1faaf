using Emulator.Configuration;
using NUnit.Framework;
using static Emulator.Tests.Configuration.Reading;

namespace Emulator.Tests.Configuration;

/// <summary>What emulator.yaml may say, and what is said about what it may not.</summary>
internal sealed class ConfigurationReaderTests
{
    [Test]
    public void The_file_at_the_root_has_no_problem()
    {
        var result = ConfigurationReader.ReadFile(Path.Combine(Repository.Root, "emulator.yaml"));
        Assert.That(result.Problems, Is.Empty);
        Assert.That(result.Config.Folder, Is.EqualTo(Repository.Root));
        Assert.That(result.Config.HttpApis["notes"].Routes, Has.Count.EqualTo(5));
    }

    [Test]
    public void An_unknown_key_is_told_with_its_place_and_the_nearest_name() =>
        Assert.That(Problems("dynamodb:\n  tables:\n    Notes:\n      partitionKey: owner\n      sortkey: id\n"),
            Is.EqualTo(new[] { "emulator.yaml(5,7): unknown key 'sortkey'. Did you mean 'sortKey'?" }));

    [Test]
    public void An_unknown_key_that_is_near_to_none_is_told_with_all() =>
        Assert.That(Problems("s3: { buckets: { web: { website: { home: x, index: y } } } }"),
            Is.EqualTo(new[] { "emulator.yaml(1,36): unknown key 'home'. 'website' has the keys index, redirectTo, error, routingRules." }));

    [Test]
    public void All_problems_are_told_at_once_in_the_order_of_their_lines() => Assert.That(Problems("""
        regoin: eu-central-1
        account: 12
        port: many
        iam: enforced
        s3:
          buckets:
            Notes: {}
        lambda:
          functions:
            notes: { timeout: 20m, role: nobody }
        apigateway:
          httpApis:
            notes:
              routes:
                GET notes: notes
                GET /notes: nots
                POST /notes: { function: notes, authorizer: users }
        """), Is.EqualTo(new[]
        {
            "emulator.yaml(1,1): unknown key 'regoin'. Did you mean 'region'?",
            "emulator.yaml(2,10): 'account': an account's id has 12 digits",
            "emulator.yaml(3,7): 'port' must be a whole number from 0 to 65535, not 'many'",
            "emulator.yaml(4,6): 'iam' must be off, audit or enforce, not 'enforced'. Did you mean 'enforce'?",
            "emulator.yaml(7,5): 'Notes': a bucket's name has lower-case letters, digits, '-' and '.' only",
            "emulator.yaml(10,23): 'timeout' must be from 1s to 15m, not 20m",
            "emulator.yaml(10,34): no role 'nobody' is declared.",
            "emulator.yaml(15,9): 'GET notes': a route is '$default', or a method and a path as 'GET /notes/{id}'",
            "emulator.yaml(16,21): no function 'nots' is declared. Did you mean 'notes'?",
            "emulator.yaml(17,53): no authorizer of this API 'users' is declared.",
        }));

    [Test]
    public void The_emulators_own_settings_are_read()
    {
        var config = Config("{ region: ap-northeast-2, account: 000000000001, port: 0, iam: off, credentials: known, durability: power }");
        Assert.That(config, Is.EqualTo(EmulatorConfig.Default with
        {
            Region = "ap-northeast-2",
            Account = "000000000001",
            Port = 0,
            Iam = IamMode.Off,
            Credentials = CredentialsMode.Known,
            Durability = Durability.Power,
            Folder = config.Folder,
        }));
    }

    [Test]
    public void Accounts_have_keys_and_users()
    {
        var account = Config("""
            accounts:
              111111111111:
                keys:
                  - { id: AKIAIOSFODNN7EXAMPLE, secret: wJalrXUtnFEMI, user: alice }
                  - { id: AKIAI44QH8DHBEXAMPLE, secret: je7MtGbClwBF }
                users: { alice: { policies: { read: { Statement: { Effect: Allow, Action: "s3:*", Resource: "*" } } } } }
            """).Accounts["111111111111"];
        Assert.That(account.Keys, Is.EqualTo(new[] { new AccessKeyConfig("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI", "alice"), new AccessKeyConfig("AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF", null) }));
        Assert.That(account.Users["alice"].Policies["read"], Is.EqualTo("""{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"""));
    }

    [Test]
    public void A_key_belongs_to_a_user_of_its_own_account() =>
        Assert.That(Problems("accounts: { '111111111111': { users: { alice: } }, '222222222222': { keys: { id: AKIAIOSFODNN7EXAMPLE, secret: x, user: alice } } }"),
            Has.One.EndsWith("no user of this account 'alice' is declared."));

    [Test]
    public void Users_have_groups_boundaries_and_tags()
    {
        var account = Config("""
            accounts:
              111111111111:
                groups: { readers: { policies: { read: { Statement: { Effect: Allow, Action: "s3:Get*", Resource: "*" } } } } }
                users: { alice: { groups: readers, boundary: { Statement: { Effect: Allow, Action: "s3:*", Resource: "*" } }, tags: { team: notes, floor: 3 } } }
            """).Accounts["111111111111"];
        Assert.That(account.Groups["readers"]["read"], Is.EqualTo("""{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}"""));
        var alice = account.Users["alice"];
        Assert.That(alice.Groups, Is.EqualTo(new[] { "readers" }));
        Assert.That(alice.PermissionsBoundary, Is.EqualTo("""{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"""));
        Assert.That(alice.Tags, Is.EquivalentTo(new Dictionary<string, string> { ["team"] = "notes", ["floor"] = "3" }));
    }

    [Test]
    public void A_user_is_in_groups_of_its_own_account() =>
        Assert.That(Problems("accounts: { '111111111111': { users: { alice: { groups: [readers] } } }, '222222222222': { groups: { readers: } } }"),
            Has.One.EndsWith("no group of this account 'readers' is declared."));

    [Test]
    public void A_role_may_go_by_its_ARN_and_has_a_longest_session()
    {
        var role = Config("roles: { 'arn:aws:iam::222222222222:role/division/far': { maxSession: 12h, tags: { team: notes } } }").Roles.Single();
        Assert.That((role.Key, role.Value.MaxSessionDuration, role.Value.Tags["team"]), Is.EqualTo(("arn:aws:iam::222222222222:role/division/far", TimeSpan.FromHours(12), "notes")));
        Assert.That(Problems("roles: { 'arn:aws:iam::2222:role/far': }"), Has.One.EndsWith("a role's ARN is as 'arn:aws:iam::111111111111:role/name'"));
        Assert.That(Problems("roles: { far: { maxSession: 13h } }"), Has.One.EndsWith("'maxSession' must be from 1h to 12h, not 13h"));
    }

    [TestCase("{ Effect: Allow, Action: GetObject, Resource: '*' }", "'own': statement 1: the action GetObject is not of the form service:Name")]
    [TestCase("{ Effect: Allow, Action: 's3:*', Resource: bucket }", "'own': statement 1: the resource bucket is neither an ARN nor \"*\"")]
    [TestCase("{ Effect: Allow, Action: 's3:*', Resource: '*', Condition: { StringIs: { 's3:prefix': x } } }", "'own': statement 1: there is no condition operator StringIs")]
    public void A_policy_that_AWS_would_not_take_is_told(string statement, string problem) =>
        Assert.That(Read($"roles: {{ notes: {{ policies: {{ own: {{ Statement: [{statement}] }} }} }} }}").Problems.Select(found => found.Message), Is.EqualTo(new[] { problem }));

    [Test]
    public void Policies_are_kept_as_json_with_dates_and_account_ids_as_text()
    {
        var role = Config("""
            roles:
              notes:
                trust: { Version: 2012-10-17, Statement: [{ Effect: Allow, Principal: { AWS: 000000000000 }, Action: sts:AssumeRole, Condition: { Bool: { aws:MultiFactorAuthPresent: true } } }] }
                boundary: { Statement: { Effect: Deny, NotAction: ["s3:*"], NotResource: "*" } }
            """).Roles["notes"];
        Assert.That(role.TrustPolicy, Is.EqualTo("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole","Condition":{"Bool":{"aws:MultiFactorAuthPresent":true}}}]}"""));
        Assert.That(role.PermissionsBoundary, Is.EqualTo("""{"Statement":{"Effect":"Deny","NotAction":["s3:*"],"NotResource":"*"}}"""));
    }

    [TestCase("{ Statment: [] }", "unknown key 'Statment'. Did you mean 'Statement'?")]
    [TestCase("{ Statement: [{ Effect: Allow, Action: 's3:*', Ressource: '*' }] }", "unknown key 'Ressource'. Did you mean 'Resource'?")]
    [TestCase("{ Statement: [{ Effect: allow, Action: 's3:*', Resource: '*' }] }", "'Effect' must be Allow or Deny, not 'allow'. Did you mean 'Allow'?")]
    [TestCase("{ Statement: [{ Effect: Allow, Action: 's3:*' }] }", "'Statement' lacks 'Resource' or 'NotResource'")]
    [TestCase("{ Statement: [{ Effect: Allow, Action: 's3:*', NotAction: 's3:*', Resource: '*' }] }", "a statement has 'Action' or 'NotAction', not both")]
    [TestCase("{ Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*', Principal: '*' }] }", "'Principal' is not for a policy of a user or role: it applies to the one who has it")]
    [TestCase("{ Version: 2012, Statement: [] }", "'Version' must be 2012-10-17 or 2008-10-17, not '2012'. Did you mean '2012-10-17'?")]
    [TestCase("'{}'", "'own' must be a mapping")]
    public void A_policy_with_a_mistake_is_told(string policy, string problem) =>
        Assert.That(Read($"roles: {{ notes: {{ policies: {{ own: {policy} }} }} }}").Problems.Select(found => found.Message), Has.Some.EqualTo(problem));

    [Test]
    public void A_bucket_policy_names_its_principal() =>
        Assert.That(Problems("s3: { buckets: { web: { policy: { Statement: { Effect: Allow, Action: s3:GetObject, Resource: '*' } } } } }"), Has.One.EndsWith("'Statement' lacks 'Principal' or 'NotPrincipal'"));

    [Test]
    public void Tables_have_keys_capacity_and_items()
    {
        var table = Config("""
            dynamodb:
              tables:
                Notes:
                  partitionKey: a:b:S
                  sortKey: size:N
                  capacity: { read: 5, write: 6 }
                  items:
                    - { "a:b": "1", size: 12345678901234567890123456789012345678, yes: yes, no: null, real: 1.50, list: [true, 007] }
            """).Tables["Notes"];
        Assert.That(table.PartitionKey, Is.EqualTo(new KeyAttribute("a:b", "S")));
        Assert.That(table.SortKey, Is.EqualTo(new KeyAttribute("size", "N")));
        Assert.That((table.ReadCapacityUnits, table.WriteCapacityUnits), Is.EqualTo((5L, 6L)));
        Assert.That(table.Items, Is.EqualTo(new[] { """{"a:b":"1","size":12345678901234567890123456789012345678,"yes":"yes","no":null,"real":1.50,"list":[true,"007"]}""" }));
    }

    [TestCase("{}", "'Notes' lacks 'partitionKey'")]
    [TestCase("{ partitionKey: id:Number }", "a key's type is S (text), N (number) or B (binary), not 'Number'")]
    [TestCase("{ partitionKey: id, sortKey: id }", "the sort key must be another attribute than the partition key")]
    [TestCase("{ partitionKey: id, capacity: { read: 0 } }", "'read' must be a whole number from 1 to 2147483647, not '0'")]
    [TestCase("{ partitionKey: id, items: [{ name: x }] }", "the item lacks the key attribute 'id'")]
    [TestCase("{ partitionKey: id, items: [{ id: 1 }] }", "the key attribute 'id' must be a text: put it in quotes")]
    [TestCase("{ partitionKey: id:N, items: [{ id: one }] }", "the key attribute 'id' must be a number")]
    [TestCase("{ partitionKey: id, items: [x] }", "an item must be a mapping of attributes to values")]
    public void A_table_with_a_mistake_is_told(string table, string problem) =>
        Assert.That(Read($"dynamodb: {{ tables: {{ Notes: {table} }} }}").Problems.Select(found => found.Message), Has.Some.EqualTo(problem));

    [TestCase("{ statuses: 5s }", 5)]
    [TestCase("{ statuses: instant }", 0)]
    [TestCase("{}", 0)]
    public void Statuses_of_tables_last_as_long_as_is_said(string dynamoDb, int seconds) =>
        Assert.That(Config($"dynamodb: {dynamoDb}").StatusDuration, Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("slow", "'statuses' must be a duration as 30s, 5m, 1h or 30d, not 'slow'")]
    [TestCase("2h", "'statuses' must be from 1s to 1h, not 2h")]
    public void Statuses_with_a_mistake_are_told(string statuses, string problem) =>
        Assert.That(Read($"dynamodb: {{ statuses: {statuses} }}").Problems.Select(found => found.Message), Has.Some.EqualTo(problem));

    [Test]
    public void Buckets_have_a_website_cors_content_and_notifications()
    {
        var bucket = Config("""
            s3:
              buckets:
                web:
                  website: { index: index.html, error: 404.html }
                  content: some/folder
                  cors: { origins: "*", methods: [GET, PUT], headers: ["*"], expose: ETag, maxAgeSeconds: 60 }
                  notifications: { events: "s3:ObjectCreated:*", prefix: in/, suffix: .png, function: notes }
            lambda: { functions: { notes: } }
            """).Buckets["web"];
        Assert.That(bucket.Website, Is.EqualTo(new WebsiteConfig("index.html") { ErrorDocument = "404.html" }));
        Assert.That(bucket.Content, Is.EqualTo("some/folder"));
        Assert.That(bucket.Cors.Single().AllowedMethods, Is.EqualTo(new[] { "GET", "PUT" }));
        Assert.That(bucket.Cors.Single().ExposeHeaders, Is.EqualTo(new[] { "ETag" }));
        Assert.That(bucket.Cors.Single().MaxAgeSeconds, Is.EqualTo(60));
        Assert.That(bucket.Notifications.Single().Events, Is.EqualTo(new[] { "s3:ObjectCreated:*" }));
        Assert.That(bucket.Notifications.Single().Suffix, Is.EqualTo(".png"));
    }

    [TestCase("{ website: { error: x } }", "'website' lacks 'index' or 'redirectTo'")]
    [TestCase("{ website: { index: a/b.html } }", "the index document is a file's name without a slash: it is looked for in each folder")]
    [TestCase("{ cors: [{ origins: '*', methods: [PATCH] }] }", "'methods' must be GET, PUT, POST, DELETE or HEAD, not 'PATCH'.")]
    [TestCase("{ cors: [{ origins: 'http://*.*', methods: [GET] }] }", "'origins': at most one '*'")]
    [TestCase("{ notifications: [{ events: 'ObjectCreated', function: f }] }", "'events' must be one of s3:ObjectCreated:*, s3:ObjectCreated:Put, s3:ObjectCreated:Post, s3:ObjectCreated:Copy, s3:ObjectCreated:CompleteMultipartUpload, s3:ObjectRemoved:*, s3:ObjectRemoved:Delete, s3:ObjectRemoved:DeleteMarkerCreated, s3:ObjectRestore:*, s3:ObjectRestore:Post, s3:ObjectRestore:Completed, s3:ObjectRestore:Delete, s3:Replication:*, s3:Replication:OperationFailedReplication, s3:LifecycleTransition, s3:LifecycleExpiration:*, s3:LifecycleExpiration:Delete, s3:LifecycleExpiration:DeleteMarkerCreated, s3:ObjectAcl:Put, s3:ObjectTagging:*, s3:ObjectTagging:Put, s3:ObjectTagging:Delete, not 'ObjectCreated'. Did you mean 's3:ObjectCreated:*'?")]
    public void A_bucket_with_a_mistake_is_told(string bucket, string problem) =>
        Assert.That(Read($"s3: {{ buckets: {{ web: {bucket} }} }}").Problems.Select(found => found.Message), Has.Some.EqualTo(problem));

    [Test]
    public void A_folder_that_is_not_there_is_a_problem_where_the_file_is_one()
    {
        var folder = Directory.CreateTempSubdirectory("emulator-test-");
        try
        {
            var path = Path.Combine(folder.FullName, "emulator.yaml");
            File.WriteAllText(path, "s3: { buckets: { web: { content: wbe }, other: { content: there } } }");
            folder.CreateSubdirectory("there");
            Assert.That(ConfigurationReader.ReadFile(path).Problems.Select(problem => problem.Message), Is.EqualTo(new[] { "'content': there is no folder 'wbe' beside emulator.yaml" }));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void User_pools_have_clients_groups_and_users()
    {
        var pool = Config("""
            cognito:
              userPools:
                notes:
                  signInWith: [email]
                  autoVerify: email
                  passwordPolicy: { minimumLength: 12, requireSymbols: false }
                  fixedCode: 012345
                  clients:
                    web: { flows: [ALLOW_USER_SRP_AUTH], secret: true, accessToken: 5m, idToken: 2h, refreshToken: 10d, preventUserExistenceErrors: false }
                    other:
                  groups: { admins: { description: All, precedence: 1, role: "arn:aws:iam::000000000000:role/x" } }
                  users: { alice@example.com: { password: "Passw0rd!", attributes: { custom:age: 5, email_verified: true }, groups: admins } }
            """).UserPools["notes"];
        Assert.That(pool.AutoVerify, Is.EqualTo(new[] { "email" }));
        Assert.That(pool.PasswordPolicy, Is.EqualTo(new PasswordPolicyConfig { MinimumLength = 12, RequireSymbols = false }));
        Assert.That(pool.FixedCode, Is.EqualTo("012345"));
        Assert.That(pool.Clients["web"] with { AuthFlows = [] }, Is.EqualTo(new UserPoolClientConfig
        {
            AuthFlows = [],
            GenerateSecret = true,
            AccessTokenValidity = TimeSpan.FromMinutes(5),
            IdTokenValidity = TimeSpan.FromHours(2),
            RefreshTokenValidity = TimeSpan.FromDays(10),
            PreventUserExistenceErrors = false,
        }));
        Assert.That(pool.Clients["other"].RefreshTokenValidity, Is.EqualTo(TimeSpan.FromDays(30)));
        Assert.That(pool.Groups["admins"], Is.EqualTo(new GroupConfig { Description = "All", Precedence = 1, Role = "arn:aws:iam::000000000000:role/x" }));
        Assert.That(pool.Users["alice@example.com"].Attributes, Is.EqualTo(new Dictionary<string, string> { ["custom:age"] = "5", ["email_verified"] = "true" }));
        Assert.That(pool.Users["alice@example.com"].Groups, Is.EqualTo(new[] { "admins" }));
    }

    [TestCase("userPools: { p: { signInWith: mail } }", "'signInWith' must be email or phone_number, not 'mail'. Did you mean 'email'?")]
    [TestCase("userPools: { p: { fixedCode: 12 } }", "'fixedCode': a code has six digits")]
    [TestCase("userPools: { p: { passwordPolicy: { requireSymbols: yes } } }", "'requireSymbols' must be true or false, not 'yes'")]
    [TestCase("userPools: { p: { passwordPolicy: { requireSymbols: 'true' } } }", "'requireSymbols' must be true or false, not 'true'")]
    [TestCase("userPools: { p: { clients: { web: { flows: USER_SRP_AUTH } } } }", "'flows' must be ALLOW_USER_SRP_AUTH, ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH, ALLOW_ADMIN_USER_PASSWORD_AUTH, ALLOW_CUSTOM_AUTH or ALLOW_USER_AUTH, not 'USER_SRP_AUTH'. Did you mean 'ALLOW_USER_SRP_AUTH'?")]
    [TestCase("userPools: { p: { clients: { web: { accessToken: 60 } } } }", "'accessToken' must be a duration as 30s, 5m, 1h or 30d, not '60'")]
    [TestCase("userPools: { p: { clients: { web: { accessToken: 2d } } } }", "'accessToken' must be from 5m to 1d, not 2d")]
    [TestCase("userPools: { p: { users: { al: { password: x, groups: [admin] } }, groups: { admins: } } }", "no group of this pool 'admin' is declared. Did you mean 'admins'?")]
    [TestCase("identityPools: { p: { clients: web } }", "a client is named as 'user pool/client'")]
    [TestCase("{ userPools: { notes: { clients: { web: } } }, identityPools: { p: { clients: note/web } } }", "no user pool 'note' is declared. Did you mean 'notes'?")]
    [TestCase("{ userPools: { notes: { clients: { web: } } }, identityPools: { p: { clients: notes/wed } } }", "no client of the user pool 'notes' 'wed' is declared. Did you mean 'web'?")]
    [TestCase("identityPools: { p: { authenticatedRole: me } }", "no role 'me' is declared.")]
    public void A_pool_with_a_mistake_is_told(string cognito, string problem) =>
        Assert.That(Read($"cognito:\n  {cognito}\n").Problems.Select(found => found.Message), Has.Some.EqualTo(problem));

    [Test]
    public void Identity_pools_name_clients_and_roles()
    {
        var pool = Config("""
            roles: { user: , guest: }
            cognito:
              userPools: { notes: { clients: { web: } } }
              identityPools: { notes: { allowUnauthenticated: true, clients: [notes/web], authenticatedRole: user, unauthenticatedRole: guest } }
            """).IdentityPools["notes"];
        Assert.That((pool.AllowUnauthenticated, pool.Clients.Single(), pool.AuthenticatedRole, pool.UnauthenticatedRole), Is.EqualTo((true, "notes/web", "user", "guest")));
    }

    [Test]
    public void Functions_have_a_project_limits_and_an_environment()
    {
        var function = Config("""
            roles: { notes: }
            lambda:
              functions:
                notes: { project: src, handler: "A::B.C::D", timeout: 10s, memory: 256, environment: { TABLE: Notes, COUNT: 5, ON: true }, role: notes, description: x }
            """).Functions["notes"];
        Assert.That(function with { Environment = new Dictionary<string, string>() }, Has.Property("Project").EqualTo("src").And.Property("Handler").EqualTo("A::B.C::D")
            .And.Property("Timeout").EqualTo(TimeSpan.FromSeconds(10)).And.Property("MemorySizeMb").EqualTo(256).And.Property("Role").EqualTo("notes"));
        Assert.That(function.Environment, Is.EqualTo(new Dictionary<string, string> { ["TABLE"] = "Notes", ["COUNT"] = "5", ["ON"] = "true" }));
    }

    [TestCase("{ project: src }", "'notes' lacks 'handler'")]
    [TestCase("{ handler: 'A::B::C' }", "'handler' needs 'project' or 'assembly'; a function that code registers under this name needs neither")]
    [TestCase("{ project: src, assembly: a.dll, handler: 'A::B::C' }", "a function has 'project' or 'assembly', not both")]
    [TestCase("{ project: src, handler: index.handler }", "'handler': a handler is written Assembly::Namespace.Type::Method")]
    [TestCase("{ environment: { AWS_REGION: x } }", "'AWS_REGION': Lambda sets this environment variable itself")]
    [TestCase("{ environment: { 2ND: x } }", "'2ND': an environment variable's name has two or more letters, digits and '_', the first a letter")]
    [TestCase("{ environment: { NAME: } }", "'NAME' has no value: it must be a text")]
    [TestCase("{ memory: 64 }", "'memory' must be a whole number from 128 to 10240, not '64'")]
    [TestCase("[]", "'notes' must be a mapping")]
    public void A_function_with_a_mistake_is_told(string function, string problem) =>
        Assert.That(Read($"lambda: {{ functions: {{ notes: {function} }} }}").Problems.Select(found => found.Message), Is.EqualTo(new[] { problem }));

    [Test]
    public void Http_apis_have_cors_authorizers_routes_and_stages()
    {
        var api = Config("""
            cognito: { userPools: { notes: { clients: { web: } } } }
            lambda: { functions: { notes: } }
            apigateway:
              httpApis:
                notes:
                  cors: { origins: ["*"], methods: ["*"], headers: [authorization], expose: x, maxAgeSeconds: -1, credentials: true }
                  authorizers:
                    users: { userPool: notes, clients: [web] }
                    others: { issuer: https://example.com, audience: me, identitySource: $request.querystring.token }
                  routes:
                    GET /notes/{id}: notes
                    $default: { function: notes, authorizer: users, scopes: [a, b], payloadFormat: 1.0 }
                  stages: { $default: , test: { variables: { colour: red } } }
            """).HttpApis["notes"];
        Assert.That((api.Cors!.AllowCredentials, api.Cors.MaxAgeSeconds), Is.EqualTo((true, -1)));
        Assert.That(api.Authorizers["users"].Clients, Is.EqualTo(new[] { "web" }));
        Assert.That(api.Authorizers["others"].IdentitySource, Is.EqualTo(new[] { "$request.querystring.token" }));
        Assert.That(api.Routes["GET /notes/{id}"], Is.EqualTo(new RouteConfig("notes")));
        Assert.That(api.Routes["$default"], Has.Property("PayloadFormat").EqualTo("1.0").And.Property("Scopes").EqualTo(new[] { "a", "b" }));
        Assert.That(api.Stages.Keys, Is.EqualTo(new[] { "$default", "test" }));
        Assert.That(api.Stages["test"].Variables["colour"], Is.EqualTo("red"));
    }

    [TestCase("routes: { $default: { scopes: [a], function: f } }", "'scopes' need an 'authorizer'")]
    [TestCase("routes: { 'GET /{a+}/b': f }", "'GET /{a+}/b': the parameter '{a+}' takes the rest of the path, so it is its last segment")]
    [TestCase("routes: { 'GET /x{a}': f }", "'GET /x{a}': a parameter fills a whole segment of the path, as '/{id}'")]
    [TestCase("routes: { 'GET /{a}/{a}': f }", "'GET /{a}/{a}': the parameter 'a' stands twice in the path")]
    [TestCase("routes: { 'get /a': f }", "'get /a': a route's method is GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS or ANY")]
    [TestCase("authorizers: { a: {} }", "an authorizer has 'userPool' with 'clients', or 'issuer' with 'audience'")]
    [TestCase("authorizers: { a: { userPool: notes } }", "'a' lacks 'clients'")]
    [TestCase("authorizers: { a: { issuer: example.com, audience: x } }", "'issuer': an issuer is a URL as https://accounts.example.com")]
    [TestCase("stages: { 'a b': }", "'a b': a stage's name is '$default' or has 1 to 128 letters, digits, '_' and '-'")]
    public void An_api_with_a_mistake_is_told(string api, string problem) =>
        Assert.That(Read($"lambda: {{ functions: {{ f: }} }}\ncognito: {{ userPools: {{ notes: }} }}\napigateway:\n  httpApis:\n    x:\n      {api}\n").Problems.Select(found => found.Message), Is.EqualTo(new[] { problem }));

    [TestCase("1s", 1)]
    [TestCase("90m", 5400)]
    [TestCase("1h", 3600)]
    [TestCase("30d", 2592000)]
    public void Durations_have_a_unit(string text, int seconds) => Assert.That(Durations.Parse(text), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("")]
    [TestCase("5")]
    [TestCase("h")]
    [TestCase("1.5h")]
    [TestCase("-1h")]
    [TestCase("1w")]
    [TestCase("99999999999d")]
    public void What_has_no_unit_is_no_duration(string text) => Assert.That(Durations.Parse(text), Is.Null);
}
