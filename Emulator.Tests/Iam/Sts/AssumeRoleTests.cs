using Amazon.SecurityToken.Model;
using NUnit.Framework;

namespace Emulator.Tests.Iam.Sts;

[Source("https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html")]
internal sealed class AssumeRoleTests : StsFixture
{
    [Test]
    public async Task Gives_credentials_of_the_role()
    {
        Aws.Clock.Freeze();
        var answer = await Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1" });
        Assert.That(answer.AssumedRoleUser.Arn, Is.EqualTo("arn:aws:sts::111111111111:assumed-role/delegated/s1"));
        Assert.That(answer.AssumedRoleUser.AssumedRoleId, Does.Match("^AROA[A-Z2-7]{17}:s1$"));
        Assert.That(answer.Credentials.AccessKeyId, Does.Match("^ASIA[A-Z2-7]{16}$"));
        Assert.That(answer.Credentials.SecretAccessKey, Has.Length.EqualTo(40));
        Assert.That(answer.Credentials.SessionToken, Does.StartWith("IQoJb3JpZ2luX2Vj").And.Length.GreaterThan(300));
        Assert.That(answer.Credentials.Expiration!.Value.ToUniversalTime(), Is.EqualTo(Aws.Clock.GetUtcNow().UtcDateTime.AddHours(1)).Within(TimeSpan.FromSeconds(1)));
        Assert.That(PackedPolicySize(answer), Is.Null, "there is neither policy nor tag");
    }

    [Test]
    public async Task Credentials_end_when_they_expire()
    {
        // At a full second, so that the SDK, which goes on by the system's clock, signs within the 15 minutes of skew that AWS allows.
        Aws.Clock.Set(DateTimeOffset.FromUnixTimeSeconds(Aws.Clock.GetUtcNow().ToUnixTimeSeconds()));
        Aws.Clock.Freeze();
        var session = await Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1", DurationSeconds = 900 });
        using var sts = Sts(session.Credentials);
        Aws.Clock.Advance(TimeSpan.FromSeconds(899));
        Assert.That((await sts.GetCallerIdentityAsync(new())).Account, Is.EqualTo("111111111111"));
        Aws.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(() => sts.GetCallerIdentityAsync(new()), Throws.InstanceOf<Amazon.Runtime.AmazonServiceException>().With.Property("ErrorCode").EqualTo("ExpiredToken"));
    }

    [Test]
    public async Task Credentials_are_good_only_with_their_token()
    {
        var session = await Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1" });
        using var without = Sts(session.Credentials.AccessKeyId, session.Credentials.SecretAccessKey);
        Assert.That(() => without.GetCallerIdentityAsync(new()), Throws.InstanceOf<Amazon.Runtime.AmazonServiceException>());
    }

    [Test]
    public async Task A_trust_policy_that_names_the_user_is_enough() =>
        Assert.That((await Bob.AssumeRoleAsync(new() { RoleArn = Direct, RoleSessionName = "s1" })).Credentials, Is.Not.Null);

    [TestCase(Delegated, TestName = "A_trust_policy_that_names_the_account_leaves_it_to_the_identity_policies")]
    [TestCase("arn:aws:iam::111111111111:role/absent", TestName = "An_absent_role_looks_like_a_forbidden_one")]
    [Observed("2020-12-25 to 2025-10-13, AssumeRole without permission")]
    public void Who_may_not_is_told_so(string role) =>
        Assert.That(() => Bob.AssumeRoleAsync(new() { RoleArn = role, RoleSessionName = "s1" }),
            ThrowsAnError("AccessDenied", $"User: arn:aws:iam::111111111111:user/bob is not authorized to perform: sts:AssumeRole on resource: {role}", 403));

    [Test]
    [Observed("2018-04-06, 2021-08-13 and 2025-01-09, AssumeRole with root's keys")]
    public void Root_may_not() =>
        Assert.That(() => Root.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1" }), ThrowsAnError("AccessDenied", "Roles may not be assumed by root accounts.", 403));

    [Observed("2025-07-21, AssumeRole with malformed ARNs")]
    [TestCase("nothing-valid-in-here")]
    [TestCase("arn::b:::something/test-role")]
    [TestCase("arn:a::::something/test-role")]
    [TestCase("arn:a:::something/test-role")]
    [TestCase("arn:a:a::aaaaaaaaaa:")]
    public void A_malformed_ARN_is_named(string arn) =>
        Assert.That(() => Alice.AssumeRoleAsync(new() { RoleArn = arn, RoleSessionName = "s1" }), ThrowsAnError("ValidationError", $"{arn} is invalid"));

    [Test]
    [Observed("2025-07-21, AssumeRole with a colon in the session's name")]
    public void A_session_name_has_its_alphabet() =>
        Assert.That(() => AssumeAsync(Delegated, "Session1:2", 900), ThrowsAnError("ValidationError",
            "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*"));

    [Test]
    public void All_violations_are_told_at_once() =>
        Assert.That(() => AssumeAsync("short", "s", 60), ThrowsAnError("ValidationError",
            "3 validation errors detected: Value 'short' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20; " +
            "Value 's' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2; " +
            "Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"));

    [Test]
    public void A_session_is_not_longer_than_its_role_allows() =>
        Assert.That(() => Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1", DurationSeconds = 7200 }),
            ThrowsAnError("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."));

    [Test]
    [Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining")]
    public async Task Chained_sessions_last_an_hour_at_most()
    {
        var session = await Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1" });
        using var sts = Sts(session.Credentials);
        Assert.That(() => sts.AssumeRoleAsync(new() { RoleArn = Direct, RoleSessionName = "s2", DurationSeconds = 3601 }),
            ThrowsAnError("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."));
        Assert.That((await sts.AssumeRoleAsync(new() { RoleArn = Direct, RoleSessionName = "s2" })).AssumedRoleUser.Arn, Is.EqualTo("arn:aws:sts::111111111111:assumed-role/direct/s2"));
    }

    [Test]
    public async Task A_session_policy_narrows_the_role()
    {
        var session = await Alice.AssumeRoleAsync(new()
        {
            RoleArn = Delegated,
            RoleSessionName = "s1",
            Policy = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}]}""",
        });
        Assert.That(PackedPolicySize(session), Is.InRange(1, 100));
        using var sts = Sts(session.Credentials);
        Assert.That(() => sts.AssumeRoleAsync(new() { RoleArn = Direct, RoleSessionName = "s2" }), ThrowsAnError("AccessDenied",
            $"User: arn:aws:sts::111111111111:assumed-role/delegated/s1 is not authorized to perform: sts:AssumeRole on resource: {Direct}", 403));
    }

    [Test]
    public void A_session_policy_must_be_a_policy() =>
        Assert.That(() => Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1", Policy = "{" }),
            Throws.TypeOf<MalformedPolicyDocumentException>());

    [Test]
    [Observed("2025-04-10, AssumeRole with tags")]
    public void Tag_keys_differ_by_more_than_case() =>
        Assert.That(() => Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1", Tags = [new() { Key = "team", Value = "a" }, new() { Key = "Team", Value = "b" }] }),
            ThrowsAnError("InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive."));

    [Test]
    [Observed("2025-04-10, AssumeRole with tags")]
    public void A_transitive_tag_is_one_of_the_tags() =>
        Assert.That(() => Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1", Tags = [new() { Key = "team", Value = "a" }], TransitiveTagKeys = ["project"] }),
            ThrowsAnError("InvalidParameterValue", "The specified transitive tag key must be included in the requested tags."));

    [TestCase("team")]
    [TestCase("Team")]
    [Observed("2025-04-10, AssumeRole with a session that hands a tag on")]
    public async Task A_transitive_tag_cannot_be_set_anew(string key)
    {
        var session = await Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1", Tags = [new() { Key = "team", Value = "a" }], TransitiveTagKeys = ["team"] });
        using var sts = Sts(session.Credentials);
        Assert.That(() => sts.AssumeRoleAsync(new() { RoleArn = Direct, RoleSessionName = "s2", Tags = [new() { Key = key, Value = "b" }] }),
            ThrowsAnError("InvalidParameterValue", "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session."));
    }

    [Test]
    public void Managed_session_policies_are_refused_by_name() =>
        Assert.That(() => Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1", PolicyArns = [new() { Arn = "arn:aws:iam::aws:policy/ReadOnlyAccess" }] }),
            ThrowsAnError("NotImplemented", "The emulator does not implement the parameter PolicyArns of AssumeRole.", 501));

    [Test]
    public async Task Sessions_survive_in_a_fork_and_end_there_on_its_own_clock()
    {
        var session = await Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "s1" });
        await using var fork = Aws.Fork();
        using var there = fork.CreateClient<Amazon.SecurityToken.AmazonSecurityTokenServiceClient>(session.Credentials);
        Assert.That((await there.GetCallerIdentityAsync(new())).Arn, Is.EqualTo(session.AssumedRoleUser.Arn));
    }

    /// <summary>The SDK's analyzer knows the constraints too, and reads literals.</summary>
    private Task<AssumeRoleResponse> AssumeAsync(string role, string session, int seconds) =>
        Alice.AssumeRoleAsync(new() { RoleArn = role, RoleSessionName = session, DurationSeconds = seconds });

#pragma warning disable CS0618 // The SDK knows a successor that the API reference does not describe yet; AWS sends this one.
    private static int? PackedPolicySize(AssumeRoleResponse response) => response.PackedPolicySize;
#pragma warning restore CS0618
}

[Source("https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html")]
internal sealed class AssumeRoleUnderAuditTests : StsFixture
{
    protected override IamEnforcement Mode => IamEnforcement.Audit;

    [TestCase("arn:aws:iam::111111111111:role/delegated")]
    [TestCase("arn:aws:iam::222222222222:role/path/undeclared")]
    public async Task Whoever_asks_gets_the_role(string role)
    {
        var session = await Root.AssumeRoleAsync(new() { RoleArn = role, RoleSessionName = "s1" });
        using var sts = Sts(session.Credentials);
        var name = role[(role.LastIndexOf('/') + 1)..];
        Assert.That((await sts.GetCallerIdentityAsync(new())).Arn, Is.EqualTo($"arn:aws:sts::{role.Split(':')[4]}:assumed-role/{name}/s1"));
    }
}
