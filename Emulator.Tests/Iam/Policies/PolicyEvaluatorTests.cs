using Emulator.Iam;
using Emulator.Iam.Policies;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Emulator.Tests.Iam.Policies;

[Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html")]
internal sealed class PolicyEvaluatorTests
{
    private const string AllowAll = """{"Effect": "Allow", "Action": "*", "Resource": "*"}""";

    /// <summary>The identity and bucket policies of Carlos, the example of the documentation.</summary>
    private const string CarlosIdentity = """
        { "Sid": "AllowS3ListRead", "Effect": "Allow", "Action": ["s3:GetBucketLocation", "s3:GetAccountPublicAccessBlock", "s3:ListAccessPoints", "s3:ListAllMyBuckets"], "Resource": "arn:aws:s3:::*" },
        { "Sid": "AllowS3Self", "Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::carlossalazar/*", "arn:aws:s3:::carlossalazar"] },
        { "Sid": "DenyS3Logs", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::*log*" }
        """;

    private const string CarlosBucket = """
        { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::123456789012:user/carlossalazar" }, "Action": "s3:*", "Resource": ["arn:aws:s3:::carlossalazar/*", "arn:aws:s3:::carlossalazar"] }
        """;

    [TestCase("s3:ListAllMyBuckets", "arn:aws:s3:::*", AccessOutcome.Allowed, "AllowS3ListRead")]
    [TestCase("s3:PutObject", "arn:aws:s3:::carlossalazar/file", AccessOutcome.Allowed, null)]
    [TestCase("s3:PutObject", "arn:aws:s3:::carlossalazar-logs/file", AccessOutcome.ExplicitDeny, "DenyS3Logs")]
    [TestCase("s3:PutObject", "arn:aws:s3:::other/file", AccessOutcome.ImplicitDeny, null)]
    [TestCase("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:123456789012:table/t", AccessOutcome.ImplicitDeny, null)]
    public void Carlos_may_what_the_documentation_says(string action, string resource, AccessOutcome outcome, string? sid)
    {
        var decision = Evaluate(Requests.User("carlossalazar"), action, resource, identity: CarlosIdentity, resourcePolicy: CarlosBucket);
        Assert.That((decision.Outcome, decision.Deciding?.Statement.Sid), Is.EqualTo((outcome, sid)));
    }

    [TestCase("iam:GetRole", AccessOutcome.Allowed)]
    [TestCase("iam:CreatePolicy", AccessOutcome.ImplicitDeny)]
    [TestCase("iam:GetOrganizationsAccessReport", AccessOutcome.ExplicitDeny)]
    [Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html")]
    public void Deny_trumps_allow_and_silence_denies(string action, AccessOutcome outcome) =>
        Assert.That(Evaluate(Requests.Alice, action, "*", identity: """
            { "Sid": "AllowGetList", "Effect": "Allow", "Action": ["iam:Get*", "iam:List*"], "Resource": "*" },
            { "Sid": "DenyReports", "Effect": "Deny", "Action": "iam:*Report", "Resource": "*" }
            """).Outcome, Is.EqualTo(outcome));

    // The table of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html:
    // within one account, what a resource policy that names each kind of principal gives although the other policies are silent.
    [TestCase("arn:aws:iam::123456789012:user/alice", "identity boundary", AccessOutcome.Allowed)]
    [TestCase("arn:aws:iam::123456789012:role/examplerole", "identity", AccessOutcome.Allowed)]
    [TestCase("arn:aws:iam::123456789012:role/examplerole", "boundary", AccessOutcome.ImplicitDeny)]
    [TestCase("arn:aws:iam::123456789012:role/examplerole", "session", AccessOutcome.ImplicitDeny)]
    [TestCase("arn:aws:sts::123456789012:assumed-role/examplerole/examplesession", "identity boundary session", AccessOutcome.Allowed)]
    [TestCase("*", "identity boundary session", AccessOutcome.Allowed)]
    [TestCase("123456789012", "identity", AccessOutcome.ImplicitDeny)]
    [TestCase("arn:aws:iam::123456789012:root", "identity", AccessOutcome.ImplicitDeny)]
    [TestCase("123456789012", "", AccessOutcome.Allowed)]
    public void A_resource_policy_of_the_account_gives_the_more_the_more_directly_it_names(string principal, string silent, AccessOutcome outcome)
    {
        var caller = principal.Contains(":user/") ? Requests.Alice : Requests.Session;
        const string Silence = """{"Effect": "Allow", "Action": "none:None", "Resource": "*"}""";
        var decision = Evaluate(caller, "s3:GetObject", "arn:aws:s3:::b/k",
            identity: silent.Contains("identity") ? Silence : AllowAll,
            boundary: silent.Contains("boundary") ? Silence : AllowAll,
            session: silent.Contains("session") ? Silence : AllowAll,
            resourcePolicy: $$"""{"Effect": "Allow", "Principal": {"AWS": "{{principal}}"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}""");
        Assert.That(decision.Outcome, Is.EqualTo(outcome));
    }

    [Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html")]
    [TestCase(true, "999999999999", AccessOutcome.Allowed)]
    [TestCase(true, "arn:aws:iam::999999999999:user/bob", AccessOutcome.Allowed)]
    [TestCase(true, "*", AccessOutcome.Allowed)]
    [TestCase(true, "123456789012", AccessOutcome.ImplicitDeny)]
    [TestCase(true, null, AccessOutcome.ImplicitDeny)]
    [TestCase(false, "arn:aws:iam::999999999999:user/bob", AccessOutcome.ImplicitDeny)]
    [TestCase(false, "*", AccessOutcome.ImplicitDeny)]
    public void Across_accounts_both_sides_must_allow(bool identityAllows, string? principal, AccessOutcome outcome)
    {
        var decision = Evaluate(Requests.User("bob", Requests.OtherAccount), "s3:GetObject", "arn:aws:s3:::b/k",
            identity: identityAllows ? AllowAll : null,
            resourcePolicy: principal is null ? null : $$"""{"Effect": "Allow", "Principal": {"AWS": "{{principal}}"}, "Action": "*", "Resource": "*"}""");
        Assert.That(decision.Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public void The_root_of_another_account_needs_only_the_resource_policy()
    {
        var root = Caller.RootOf(Requests.OtherAccount);
        const string Trusting = """{"Effect": "Allow", "Principal": {"AWS": "999999999999"}, "Action": "*", "Resource": "*"}""";
        Assert.That(Evaluate(root, "s3:GetObject", "arn:aws:s3:::b/k", resourcePolicy: Trusting).Outcome, Is.EqualTo(AccessOutcome.Allowed));
        Assert.That(Evaluate(root, "s3:GetObject", "arn:aws:s3:::b/k").Missing, Is.EqualTo(new[] { PolicyType.Resource }));
    }

    [Test]
    public void What_is_missing_is_told_in_the_order_of_the_evaluation()
    {
        const string Silence = """{"Effect": "Allow", "Action": "none:None", "Resource": "*"}""";
        var decision = Evaluate(Requests.Role("r", "s", Requests.OtherAccount), "s3:GetObject", "arn:aws:s3:::b/k", identity: Silence, boundary: Silence, session: Silence);
        Assert.That(decision.Missing, Is.EqualTo(new[] { PolicyType.Identity, PolicyType.PermissionsBoundary, PolicyType.Session, PolicyType.Resource }));
    }

    [TestCase("identity", PolicyType.Identity)]
    [TestCase("boundary", PolicyType.PermissionsBoundary)]
    [TestCase("session", PolicyType.Session)]
    [TestCase("resource", PolicyType.Resource)]
    public void A_deny_in_any_policy_wins(string where, PolicyType type)
    {
        var deny = """, {"Sid": "No", "Effect": "Deny", PRINCIPAL "Action": "s3:*", "Resource": "*"}""".Replace("PRINCIPAL", where == "resource" ? "\"Principal\": \"*\"," : "");
        var decision = Evaluate(Requests.Session, "s3:GetObject", "arn:aws:s3:::b/k",
            identity: AllowAll + (where == "identity" ? deny : ""), boundary: AllowAll + (where == "boundary" ? deny : ""), session: AllowAll + (where == "session" ? deny : ""),
            resourcePolicy: """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}""" + (where == "resource" ? deny : ""));
        Assert.That((decision.Outcome, decision.Deciding!.Policy.Type, decision.Deciding.Statement.Number), Is.EqualTo((AccessOutcome.ExplicitDeny, type, 2)));
    }

    [Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_compare-resource-policies.html")]
    [TestCase("arn:aws:iam::123456789012:user/alice", false, AccessOutcome.Allowed)]
    [TestCase("123456789012", true, AccessOutcome.Allowed)]
    [TestCase("123456789012", false, AccessOutcome.ImplicitDeny)]
    [TestCase("arn:aws:iam::123456789012:user/bob", true, AccessOutcome.ImplicitDeny)]
    public void A_role_is_assumed_only_if_its_trust_policy_allows(string principal, bool identityAllows, AccessOutcome outcome)
    {
        var decision = Evaluate(Requests.Alice, "sts:AssumeRole", "arn:aws:iam::123456789012:role/r", identity: identityAllows ? AllowAll : null,
            resourcePolicy: $$"""{"Effect": "Allow", "Principal": {"AWS": "{{principal}}"}, "Action": "sts:AssumeRole"}""", trust: true);
        Assert.That(decision.Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public void Nobody_is_allowed_only_by_a_resource_policy_for_everybody()
    {
        const string Public = """{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}""";
        Assert.That(Evaluate(Caller.Anonymous, "s3:GetObject", "arn:aws:s3:::b/k", resourcePolicy: Public).Outcome, Is.EqualTo(AccessOutcome.Allowed));
        Assert.That(Evaluate(Caller.Anonymous, "s3:PutObject", "arn:aws:s3:::b/k", resourcePolicy: Public).Outcome, Is.EqualTo(AccessOutcome.ImplicitDeny));
        Assert.That(Evaluate(Caller.Anonymous, "s3:GetObject", "arn:aws:s3:::b/k").Outcome, Is.EqualTo(AccessOutcome.ImplicitDeny));
    }

    [Test]
    public void A_service_is_a_principal_of_its_own()
    {
        const string Policy = """{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "s3:GetObject", "Resource": "*"}""";
        Assert.That(Evaluate(Requests.Lambda, "s3:GetObject", "arn:aws:s3:::b/k", resourcePolicy: Policy).Outcome, Is.EqualTo(AccessOutcome.Allowed));
        Assert.That(Evaluate(Requests.Alice, "s3:GetObject", "arn:aws:s3:::b/k", resourcePolicy: Policy).Outcome, Is.EqualTo(AccessOutcome.ImplicitDeny));
    }

    [Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html")]
    [TestCase("alice", AccessOutcome.Allowed)]
    [TestCase("bob", AccessOutcome.ExplicitDeny)]
    public void NotPrincipal_denies_everybody_but_whom_it_names(string user, AccessOutcome outcome) =>
        Assert.That(Evaluate(Requests.User(user), "s3:GetObject", "arn:aws:s3:::b/k", identity: AllowAll, resourcePolicy: """
            {"Effect": "Deny", "NotPrincipal": {"AWS": ["arn:aws:iam::123456789012:user/alice", "arn:aws:iam::123456789012:root"]}, "Action": "s3:*", "Resource": "*"}
            """).Outcome, Is.EqualTo(outcome));

    [Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html")]
    [Test]
    public void NotPrincipal_must_name_the_account_too() =>
        Assert.That(Evaluate(Requests.Alice, "s3:GetObject", "arn:aws:s3:::b/k", identity: AllowAll, resourcePolicy: """
            {"Effect": "Deny", "NotPrincipal": {"AWS": "arn:aws:iam::123456789012:user/alice"}, "Action": "s3:*", "Resource": "*"}
            """).Outcome, Is.EqualTo(AccessOutcome.ExplicitDeny));

    [TestCase("s3:DeleteBucket", "arn:aws:s3:::b", AccessOutcome.ImplicitDeny)]
    [TestCase("s3:GetObject", "arn:aws:s3:::b/k", AccessOutcome.Allowed)]
    [TestCase("s3:GetObject", "arn:aws:s3:::private/k", AccessOutcome.ImplicitDeny)]
    public void NotAction_and_NotResource_are_everything_else(string action, string resource, AccessOutcome outcome) =>
        Assert.That(Evaluate(Requests.Alice, action, resource, identity: """{"Effect": "Allow", "NotAction": "s3:Delete*", "NotResource": "arn:aws:s3:::private/*"}""").Outcome, Is.EqualTo(outcome));

    [Test]
    public void An_unresolved_variable_in_NotResource_makes_the_statement_void() =>
        Assert.That(Evaluate(Requests.Session, "s3:GetObject", "arn:aws:s3:::b/k", identity: """{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::${aws:username}/*"}""").Outcome,
            Is.EqualTo(AccessOutcome.ImplicitDeny));

    [Test]
    public void What_lacks_only_a_condition_is_found_to_explain()
    {
        const string Identity = """{"Sid": "Home", "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringLike": {"s3:prefix": "home/*"}}}""";
        var request = Requests.Of(Requests.Alice, "s3:ListBucket", "arn:aws:s3:::b", ("s3:prefix", "other/"));
        var policies = Policies(identity: Identity);
        var near = PolicyEvaluator.NearMiss(request, policies, PolicyType.Identity)!.Value;
        Assert.That((near.Statement.Statement.Sid, near.Unmet.Key), Is.EqualTo(("Home", "s3:prefix")));
    }

    [Test]
    public void Deny_always_wins() => Prop.ForAll(Arb.From(Statements), statements =>
    {
        var with = Evaluate(Requests.Alice, "s3:GetObject", "arn:aws:s3:::b/k", identity: string.Join(",", statements.Append("""{"Effect": "Deny", "Action": "s3:Get*", "Resource": "*"}""")));
        return with.Outcome == AccessOutcome.ExplicitDeny;
    }).Check(Config.QuickThrowOnFailure);

    [Test]
    public void Another_allow_never_takes_an_allow_away() => Prop.ForAll(Arb.From(Statements), Arb.From(Statements), (statements, more) =>
    {
        var before = Evaluate(Requests.Alice, "s3:GetObject", "arn:aws:s3:::b/k", identity: string.Join(",", statements));
        var after = Evaluate(Requests.Alice, "s3:GetObject", "arn:aws:s3:::b/k", identity: string.Join(",", statements.Concat(more.Where(statement => statement.Contains("Allow")))));
        return before.Outcome == after.Outcome || (before.Outcome, after.Outcome) == (AccessOutcome.ImplicitDeny, AccessOutcome.Allowed);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Gen<List<string>> Statements =>
        (from effect in Gen.Elements("Allow", "Deny")
         from action in Gen.Elements("s3:GetObject", "s3:*", "s3:Put*", "dynamodb:*")
         from resource in Gen.Elements("*", "arn:aws:s3:::b/*", "arn:aws:s3:::c/*")
         from condition in Gen.Elements("", """, "Condition": {"Bool": {"aws:SecureTransport": "true"}}""", """, "Condition": {"Bool": {"aws:SecureTransport": "false"}}""")
         select $$"""{"Effect": "{{effect}}", "Action": "{{action}}", "Resource": "{{resource}}"{{condition}}}""").ListOf().Select(list => list.ToList());

    private static Evaluation Evaluate(Caller caller, string action, string resource,
        string? identity = null, string? resourcePolicy = null, string? boundary = null, string? session = null, bool trust = false) =>
        PolicyEvaluator.Evaluate(Requests.Of(caller, action, resource), Policies(identity, resourcePolicy, boundary, session, trust));

    private static PolicySet Policies(string? identity = null, string? resourcePolicy = null, string? boundary = null, string? session = null, bool trust = false) => new()
    {
        Identity = Policy(PolicyType.Identity, identity) is { } policy ? [policy] : [],
        Resource = Policy(trust ? PolicyType.Trust : PolicyType.Resource, resourcePolicy),
        PermissionsBoundary = Policy(PolicyType.PermissionsBoundary, boundary),
        Session = Policy(PolicyType.Session, session),
        IsTrust = trust,
    };

    private static AttachedPolicy? Policy(PolicyType type, string? statements) => statements is null ? null
        : new(type, type.ToString(), PolicyDocument.Parse($$"""{"Version": "2012-10-17", "Statement": [{{statements}}]}""", type switch
        {
            PolicyType.Resource => PolicyKind.Resource,
            PolicyType.Trust => PolicyKind.Trust,
            _ => PolicyKind.Identity,
        }));
}
