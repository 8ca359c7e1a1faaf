using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Identifiers;
using Emulator.Integration;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.Iam;

[Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html")]
internal sealed class IamSessionsTests
{
    private const string Role = "arn:aws:iam::000000000000:role/service/notes";

    private readonly EmulatorClock _clock = new();
    private readonly MemoryStore _store = new();

    [TearDown]
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Test]
    public async Task A_session_is_found_by_its_key_as_it_was_issued()
    {
        var directory = Directory();
        var issued = await directory.IssueAsync(new(Role, "s1", TimeSpan.FromHours(1))
        {
            SessionPolicy = "{}",
            SessionContext = new Dictionary<string, string> { ["cognito-identity.amazonaws.com:sub"] = "eu-west-1:1" },
        });
        foreach (var known in new[] { directory.Find(issued.AccessKeyId)!, Directory().Find(issued.AccessKeyId)! })
        {
            Assert.That((known.SecretAccessKey, known.SessionToken, known.Expiration), Is.EqualTo((issued.SecretAccessKey, issued.SessionToken, (DateTimeOffset?)issued.Expiration)));
            var caller = known.Caller;
            Assert.That((caller.Kind, caller.Account, caller.Arn, caller.PrincipalName, caller.AccessKeyId, caller.SessionPolicy),
                Is.EqualTo((CallerKind.AssumedRole, "000000000000", "arn:aws:sts::000000000000:assumed-role/notes/s1", "notes", issued.AccessKeyId, "{}")));
            Assert.That(caller.SessionContext["cognito-identity.amazonaws.com:sub"], Is.EqualTo("eu-west-1:1"));
            Assert.That(IamDirectory.PrincipalArnOf(caller, null), Is.EqualTo(Role), "policies know the session by its role, with the role's path");
        }
    }

    [Test]
    public async Task Who_is_found_again_and_again_is_not_read_again()
    {
        var directory = Directory();
        var issued = await directory.IssueAsync(new(Role, "s1", TimeSpan.FromHours(1)));
        var known = directory.Find(issued.AccessKeyId);
        Assert.That(directory.Find(issued.AccessKeyId), Is.SameAs(known));
        await directory.IssueAsync(new(Role, "s2", TimeSpan.FromHours(1)));
        Assert.That(directory.Find(issued.AccessKeyId), Is.SameAs(known), "another session changes nothing for this one");
        directory.Find(issued.AccessKeyId);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) directory.Find(issued.AccessKeyId);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public async Task Expired_sessions_go_away_while_new_ones_are_issued()
    {
        await using var store = new MemoryStore();
        var directory = Directory(store);
        var ids = new List<string>();
        for (var i = 0; i < 20; i++) ids.Add((await directory.IssueAsync(new(Role, $"s{i}", TimeSpan.FromMinutes(15)))).AccessKeyId);
        _clock.Advance(TimeSpan.FromMinutes(20));
        Assert.That(directory.Find(ids[0])!.Expiration, Is.LessThan(_clock.GetUtcNow()), "an expired key is told from one that never was");
        _clock.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 6; i++) await directory.IssueAsync(new(Role, "late", TimeSpan.FromMinutes(15)));
        Assert.That(ids.Select(directory.Find), Is.All.Null);
        using var snapshot = store.Snapshot();
        Assert.That(snapshot.Range(new Space("iam.sessions"), KeyRange.All).Count(), Is.EqualTo(6));
        Assert.That(snapshot.Range(new Space("iam.sessions.expiries"), KeyRange.All).Count(), Is.EqualTo(6));
    }

    [Test]
    public void Keys_of_nobody_are_unknown() => Assert.That(Directory().Find("ASIAAAAAAAAAAAAAAAAA"), Is.Null);

    [Test]
    public void A_key_of_emulator_yaml_is_its_users_or_its_roots()
    {
        var config = new EmulatorConfig
        {
            Accounts = new Dictionary<string, AccountConfig> { ["111111111111"] = new() { Keys = [new("AKIAALICEALICEALICE1", "a", "alice"), new("AKIAROOTROOTROOTROOT", "r", null)] } },
        };
        var directory = Directory(config: config);
        Assert.That(directory.Find("AKIAALICEALICEALICE1")!.Caller.Arn, Is.EqualTo("arn:aws:iam::111111111111:user/alice"));
        var root = directory.Find("AKIAROOTROOTROOTROOT")!;
        Assert.That((root.SecretAccessKey, root.SessionToken, root.Caller.Kind, root.Caller.UserId), Is.EqualTo(("r", (string?)null, CallerKind.Root, "111111111111")));
    }

    private IamDirectory Directory(MemoryStore? store = null, EmulatorConfig? config = null) =>
        new(new ServiceContext(store ?? _store, null!, _clock, new IdSource(), config ?? EmulatorConfig.Default));
}
