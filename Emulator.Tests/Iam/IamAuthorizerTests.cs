using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Iam.Policies;
using Emulator.Identifiers;
using Emulator.Integration;
using Emulator.Tests.Iam.Policies;
using NUnit.Framework;

namespace Emulator.Tests.Iam;

[Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html")]
internal sealed class IamAuthorizerTests
{
    private const string Table = "arn:aws:dynamodb:eu-west-1:123456789012:table/Notes";

    private static readonly EmulatorConfig Config = new()
    {
        Account = Requests.Account,
        Iam = IamMode.Enforce,
        Accounts = new Dictionary<string, AccountConfig>
        {
            [Requests.Account] = new()
            {
                Groups = new Dictionary<string, IReadOnlyDictionary<string, string>>
                {
                    ["readers"] = new Dictionary<string, string> { ["read"] = Policy("""{"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*"}""") },
                },
                Users = new Dictionary<string, UserConfig>
                {
                    ["alice"] = new()
                    {
                        Groups = ["readers"],
                        Tags = new Dictionary<string, string> { ["team"] = "notes" },
                        Policies = new Dictionary<string, string>
                        {
                            ["own"] = Policy("""
                                {"Sid": "Own", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:PrincipalTag/team}/*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}},
                                {"Sid": "NoDelete", "Effect": "Deny", "Action": "dynamodb:Delete*", "Resource": "*"}
                                """),
                        },
                    },
                    ["bounded"] = new()
                    {
                        Policies = new Dictionary<string, string> { ["all"] = Policy("""{"Effect": "Allow", "Action": "*", "Resource": "*"}""") },
                        PermissionsBoundary = Policy("""{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"""),
                    },
                },
            },
        },
        Roles = new Dictionary<string, RoleConfig>
        {
            ["notes"] = new()
            {
                TrustPolicy = Policy("""{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:user/alice"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "42"}}}"""),
                Policies = new Dictionary<string, string> { ["table"] = Policy("""{"Effect": "Allow", "Action": "dynamodb:*", "Resource": "arn:aws:dynamodb:*:*:table/Notes"}""") },
            },
            ["arn:aws:iam::999999999999:role/far/away"] = new()
            {
                Policies = new Dictionary<string, string> { ["all"] = Policy("""{"Effect": "Allow", "Action": "*", "Resource": "*"}""") },
            },
        },
    };

    private static readonly (string, IResourcePolicies)[] Buckets =
    [
        ("s3", new BucketPolicies(new()
        {
            ["plain"] = new(Requests.Account, null),
            ["public"] = new(Requests.Account, Policy("""{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::public/*"}""")),
            ["locked"] = new(Requests.Account, Policy("""{"Sid": "Nobody", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}""")),
            ["shared"] = new(Requests.Account, Policy("""{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999999999999:role/far/away"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::shared/*"}""")),
        })),
    ];

    [Test]
    public void Users_have_the_policies_of_their_groups() =>
        Assert.That(Authorize(Requests.Alice, "dynamodb:GetItem", Table).IsAllowed);

    [Test]
    public void Variables_and_conditions_are_those_of_the_request()
    {
        Assert.That(Authorize(Requests.Alice, "s3:GetObject", "arn:aws:s3:::notes/k").IsAllowed);
        Assert.That(Authorize(Requests.Alice, "s3:GetObject", "arn:aws:s3:::others/k").IsAllowed, Is.False);
    }

    [Test]
    public void A_role_named_by_its_ARN_lives_in_that_account()
    {
        var caller = Requests.Role("away", "s", Requests.OtherAccount);
        Assert.That(Authorize(caller, "dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:999999999999:table/Notes").IsAllowed);
        Assert.That(Authorize(caller, "s3:GetObject", "arn:aws:s3:::shared/k").IsAllowed, "the bucket policy names the role with its path");
        Assert.That(Authorize(caller, "s3:GetObject", "arn:aws:s3:::plain/k").IsAllowed, Is.False);
    }

    [Test]
    public void An_undeclared_role_may_nothing()
    {
        var decision = Authorize(Requests.Session, "s3:GetObject", "arn:aws:s3:::plain/k");
        Assert.That(decision.IsRefused);
        Assert.That(decision.Explanation, Is.EqualTo("arn:aws:sts::123456789012:assumed-role/examplerole/examplesession may not s3:GetObject on arn:aws:s3:::plain/k: the identity policies of role examplerole allow nothing: there are none."));
    }

    [Test]
    public void All_permissions_of_a_request_must_be_allowed()
    {
        var decision = Authorizer().Authorize(Requests.Alice, [new("dynamodb:GetItem", Table), new("dynamodb:PutItem", Table), new("dynamodb:DeleteItem", Table)], Http());
        Assert.That((decision.IsAllowed, decision.Permission.Action), Is.EqualTo((false, "dynamodb:PutItem")));
    }

    [Test]
    public void Modes_decide_what_becomes_of_a_denial()
    {
        Assert.That(Authorize(Requests.Alice, "dynamodb:PutItem", Table, IamMode.Enforce).IsRefused);
        var audited = Authorize(Requests.Alice, "dynamodb:PutItem", Table, IamMode.Audit);
        Assert.That((audited.IsAllowed, audited.IsRefused, audited.Explanation.Length > 0), Is.EqualTo((false, false, true)));
        Assert.That(Authorize(Requests.Alice, "dynamodb:PutItem", Table, IamMode.Off), Is.SameAs(AccessDecision.Unasked));
    }

    [Test]
    public void An_implicit_deny_tells_the_smallest_statement_that_would_allow_it()
    {
        var decision = Authorize(Requests.Alice, "dynamodb:PutItem", Table);
        Assert.That(decision.Explanation, Is.EqualTo($"arn:aws:iam::123456789012:user/alice may not dynamodb:PutItem on {Table}: no statement of the identity policies of user alice allows it."));
        Assert.That(decision.Suggestions, Is.EqualTo(new[] { new SuggestedStatement("the identity policies of user alice", $$"""{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"{{Table}}"}""") }));
    }

    [Test]
    public void Across_accounts_both_missing_statements_are_told()
    {
        var decision = Authorize(Requests.User("bob", Requests.OtherAccount), "s3:GetObject", "arn:aws:s3:::shared/k");
        Assert.That(decision.Suggestions, Is.EqualTo(new[]
        {
            new SuggestedStatement("the identity policies of user bob", """{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::shared/k"}"""),
            new SuggestedStatement("the policy of arn:aws:s3:::shared/k", """{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:user/bob"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::shared/k"}"""),
        }));
    }

    [Test]
    public void What_fails_by_a_condition_names_the_condition()
    {
        var decision = Authorizer().Authorize(Requests.Alice, [new("s3:GetObject", "arn:aws:s3:::notes/k")], new(null, "eu-west-1"));
        Assert.That(decision.Explanation, Does.EndWith("statement 1 \"Own\" of the identity policy own of user alice would allow it, but its condition IpAddress aws:SourceIp = 203.0.113.0/24 does not hold (the request does not have that key)."));
    }

    [Test]
    public void An_explicit_deny_names_its_statement()
    {
        var decision = Authorize(Requests.Alice, "dynamodb:DeleteTable", Table);
        Assert.That(decision.Explanation, Does.EndWith("statement 2 \"NoDelete\" of the identity policy own of user alice denies it."));
        Assert.That(decision.Suggestions, Is.Empty);
        Assert.That(decision.Deciding!.Statement.Sid, Is.EqualTo("NoDelete"));
    }

    // The texts below are those of the page, for these actions.
    [Test]
    public void Services_of_JSON_answer_AccessDeniedException() => AssertError(Requests.Alice, "dynamodb:PutItem", Table, "AccessDeniedException", 400,
        $"User: arn:aws:iam::123456789012:user/alice is not authorized to perform: dynamodb:PutItem on resource: {Table} because no identity-based policy allows the dynamodb:PutItem action");

    [Observed("2022-04-02, lambda InvokeFunction without permission: status 403")]
    [Test]
    public void Lambda_answers_403() => AssertError(Requests.Alice, "lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:123456789012:function:f", "AccessDeniedException", 403,
        "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:123456789012:function:f because no identity-based policy allows the lambda:InvokeFunction action");

    [Test]
    public void An_explicit_deny_of_an_identity_policy_is_named() => AssertError(Requests.Alice, "dynamodb:DeleteTable", Table, "AccessDeniedException", 400,
        $"User: arn:aws:iam::123456789012:user/alice is not authorized to perform: dynamodb:DeleteTable on resource: {Table} with an explicit deny in an identity-based policy");

    [Test]
    public void A_permissions_boundary_is_named() => AssertError(Requests.User("bounded"), "dynamodb:GetItem", Table, "AccessDeniedException", 400,
        $"User: arn:aws:iam::123456789012:user/bounded is not authorized to perform: dynamodb:GetItem on resource: {Table} because no permissions boundary allows the dynamodb:GetItem action");

    [Test]
    public void A_session_policy_is_named() => AssertError(
        Requests.Role("notes", "s") with { SessionPolicy = Policy("""{"Effect": "Allow", "Action": "dynamodb:Get*", "Resource": "*"}""") }, "dynamodb:PutItem", Table, "AccessDeniedException", 400,
        $"User: arn:aws:sts::123456789012:assumed-role/notes/s is not authorized to perform: dynamodb:PutItem on resource: {Table} because no session policy allows the dynamodb:PutItem action");

    [Test]
    public void The_missing_policy_of_a_resource_in_another_account_is_named() => AssertError(
        Requests.Role("away", "s", Requests.OtherAccount), "dynamodb:GetItem", Table, "AccessDeniedException", 400,
        $"User: arn:aws:sts::999999999999:assumed-role/away/s is not authorized to perform: dynamodb:GetItem on resource: {Table} because no resource-based policy allows the dynamodb:GetItem action");

    [Observed("2024-08-29 and 2024-12-04, S3 GetObject without permission: only the resource is in quotes")]
    [Test]
    public void S3_quotes_the_resource() => AssertError(Requests.Alice, "s3:GetObject", "arn:aws:s3:::plain/k", "AccessDenied", 403,
        "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::plain/k\" because no identity-based policy allows the s3:GetObject action");

    [Test]
    public void S3_names_an_explicit_deny_of_the_bucket() => AssertError(Requests.Alice, "s3:GetObject", "arn:aws:s3:::locked/k", "AccessDenied", 403,
        "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::locked/k\" with an explicit deny in a resource-based policy");

    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html")]
    [Test]
    public void S3_tells_strangers_nothing()
    {
        AssertError(Caller.Anonymous, "s3:GetObject", "arn:aws:s3:::plain/k", "AccessDenied", 403, "Access Denied");
        AssertError(Requests.User("bob", Requests.OtherAccount), "s3:GetObject", "arn:aws:s3:::plain/k", "AccessDenied", 403, "Access Denied");
    }

    [Test]
    public void Everybody_may_read_a_public_bucket() => Assert.That(Authorize(Caller.Anonymous, "s3:GetObject", "arn:aws:s3:::public/k").IsAllowed);

    [Test]
    public void Root_may_everything_in_its_account_but_what_a_resource_policy_denies()
    {
        Assert.That(Authorize(Requests.Root, "dynamodb:DeleteTable", Table).IsAllowed);
        Assert.That(Authorize(Requests.Root, "s3:GetObject", "arn:aws:s3:::plain/k").IsAllowed);
        Assert.That(Authorize(Requests.Root, "s3:CreateBucket", "arn:aws:s3:::new").IsAllowed);
        Assert.That(Authorize(Requests.Root, "s3:GetObject", "arn:aws:s3:::locked/k").Outcome, Is.EqualTo(AccessOutcome.ExplicitDeny));
    }

    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html")]
    [TestCase("s3:GetBucketPolicy")]
    [TestCase("s3:PutBucketPolicy")]
    [TestCase("s3:DeleteBucketPolicy")]
    public void Root_is_never_locked_out_of_its_bucket_policy(string action) => Assert.That(Authorize(Requests.Root, action, "arn:aws:s3:::locked").IsAllowed);

    [Test]
    public void Root_is_a_stranger_in_another_account()
    {
        var root = Caller.RootOf(Requests.OtherAccount);
        Assert.That(Authorize(root, "dynamodb:GetItem", Table).IsAllowed, Is.False);
        Assert.That(Authorize(root, "s3:GetObject", "arn:aws:s3:::plain/k").IsAllowed, Is.False);
        Assert.That(Authorize(root, "s3:GetObject", "arn:aws:s3:::public/k").IsAllowed);
    }

    [Test]
    public void Who_asks_for_nothing_or_as_root_costs_no_memory()
    {
        var authorizer = Authorizer(IamMode.Audit);
        Permission[] permissions = [new("dynamodb:GetItem", Table)];
        var http = Http();
        authorizer.Authorize(Requests.Root, permissions, http);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) authorizer.Authorize(Requests.Root, permissions, http);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Observed("2018-04-06, 2021-08-13 and 2025-01-09, STS AssumeRole with root's keys")]
    [Test]
    public void Root_may_not_assume_roles() => AssertError(Requests.Root, "sts:AssumeRole", "arn:aws:iam::123456789012:role/notes", "AccessDenied", 403, "Roles may not be assumed by root accounts.");

    [Observed("2020-12-25 to 2025-10-13, STS AssumeRole without permission: no policy is named")]
    [TestCase("notes")]
    [TestCase("absent")]
    public void STS_does_not_tell_which_policy_is_missing(string role) => AssertError(Requests.Alice, "sts:AssumeRole", $"arn:aws:iam::123456789012:role/{role}", "AccessDenied", 403,
        $"User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/{role}");

    [Test]
    public void A_trust_policy_may_ask_for_an_external_id()
    {
        var permission = new Permission("sts:AssumeRole", "arn:aws:iam::123456789012:role/notes") { Context = [new("sts:ExternalId", "42")] };
        Assert.That(Authorizer().Authorize(Requests.Alice, [permission], Http()).IsAllowed);
        var refused = Authorize(Requests.Alice, "sts:AssumeRole", "arn:aws:iam::123456789012:role/notes");
        Assert.That(refused.Explanation, Does.EndWith("would allow it, but its condition StringEquals sts:ExternalId = 42 does not hold (the request does not have that key)."));
        Assert.That(refused.Suggestions.Single().Statement, Is.EqualTo("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/alice"},"Action":"sts:AssumeRole"}"""));
    }

    private static void AssertError(Caller caller, string action, string resource, string code, int status, string message)
    {
        var error = IamErrors.AccessDenied(Authorize(caller, action, resource));
        Assert.That((error.Code, error.StatusCode, error.Message), Is.EqualTo((code, status, message)));
    }

    private static AccessDecision Authorize(Caller caller, string action, string resource, IamMode mode = IamMode.Enforce) =>
        Authorizer(mode).Authorize(caller, [new(action, resource)], Http());

    private static IamAuthorizer Authorizer(IamMode mode = IamMode.Enforce)
    {
        var clock = new EmulatorClock();
        var config = Config with { Iam = mode };
        // None of these decisions asks for a session, so nothing reads the store.
        return new(new IamDirectory(new ServiceContext(null!, null!, clock, new IdSource(1), config)), config, clock, Buckets);
    }

    private static RequestConditions Http() => new(Requests.Http(), "eu-west-1");

    private static string Policy(string statements) => $$"""{"Version": "2012-10-17", "Statement": [{{statements}}]}""";

    private sealed class BucketPolicies(Dictionary<string, ResourcePolicy> buckets) : IResourcePolicies
    {
        public ResourcePolicy? Find(string resourceArn) => buckets.GetValueOrDefault(resourceArn["arn:aws:s3:::".Length..].Split('/')[0]);
    }
}
