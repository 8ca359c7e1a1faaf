using System.Text;
using System.Xml.Linq;
using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Identifiers;
using Emulator.Integration;
using Emulator.Protocols;
using Emulator.Tests.Iam.Policies;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace Emulator.Tests.Iam;

[Source("https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html")]
internal sealed class IamOperationsTests
{
    private static readonly XNamespace Iam = "https://iam.amazonaws.com/doc/2010-05-08/";

    private static readonly EmulatorConfig Config = new()
    {
        Account = Requests.Account,
        Accounts = new Dictionary<string, AccountConfig> { [Requests.Account] = new() { Users = new Dictionary<string, UserConfig> { ["alice"] = new(), ["bob"] = new() } } },
        Roles = new Dictionary<string, RoleConfig>
        {
            ["notes"] = new() { TrustPolicy = """{"Statement": []}""", Tags = new Dictionary<string, string> { ["team"] = "a & b" }, MaxSessionDuration = TimeSpan.FromHours(2) },
            ["arn:aws:iam::123456789012:role/service/worker"] = new(),
            ["arn:aws:iam::999999999999:role/far"] = new(),
        },
    };

    [Observed("2025-07-02, GetRole of a role with tags: which elements there are")]
    [Test]
    public async Task A_role_is_shown()
    {
        var role = (await CallAsync(Requests.Root, "Action=GetRole&RoleName=notes")).Descendants(Iam + "Role").Single();
        Assert.That(role.Elements().Select(element => element.Name.LocalName),
            Is.EquivalentTo(new[] { "Path", "RoleName", "RoleId", "Arn", "CreateDate", "AssumeRolePolicyDocument", "MaxSessionDuration", "Tags", "RoleLastUsed" }));
        Assert.That(Uri.UnescapeDataString(Text(role, "AssumeRolePolicyDocument")), Is.EqualTo("""{"Statement": []}"""));
        Assert.That((Text(role, "Arn"), Text(role, "MaxSessionDuration"), Text(role, "Value")), Is.EqualTo(("arn:aws:iam::123456789012:role/notes", "7200", "a & b")));
        Assert.That(Text(role, "RoleId"), Does.Match("^AROA[A-Z2-7]{17}$"));
    }

    [Test]
    public async Task Roles_are_listed_page_by_page()
    {
        var first = await CallAsync(Requests.Root, "Action=ListRoles&MaxItems=1");
        Assert.That((Text(first, "RoleName"), Text(first, "IsTruncated")), Is.EqualTo(("notes", "true")));
        var second = await CallAsync(Requests.Root, $"Action=ListRoles&MaxItems=1&Marker={Text(first, "Marker")}");
        Assert.That((Text(second, "RoleName"), Text(second, "IsTruncated")), Is.EqualTo(("worker", "false")));
        var below = await CallAsync(Requests.Root, "Action=ListRoles&PathPrefix=%2Fservice%2F");
        Assert.That(Text(below, "Arn"), Is.EqualTo("arn:aws:iam::123456789012:role/service/worker"));
        Assert.That((await CallAsync(Requests.Root, "Action=ListUsers")).Descendants(Iam + "UserName").Select(name => name.Value), Is.EqualTo(new[] { "alice", "bob" }));
    }

    [Source("https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html")]
    [Test]
    public async Task Without_a_name_a_user_is_shown_itself()
    {
        Assert.That(Text(await CallAsync(Requests.Alice, "Action=GetUser"), "UserName"), Is.EqualTo("alice"));
        Assert.That(Text(await CallAsync(Requests.Root, "Action=GetUser"), "Arn"), Is.EqualTo("arn:aws:iam::123456789012:root"));
        Assert.That(() => CallAsync(Requests.Session, "Action=GetUser"), Throws.TypeOf<AwsException>().With.Property("Code").EqualTo("ValidationError"));
    }

    [Observed("2025-03-06, CreateServiceSpecificCredential for a user that is not there")]
    [Test]
    public void Who_is_not_there_cannot_be_found()
    {
        Assert.That(() => CallAsync(Requests.Root, "Action=GetUser&UserName=carol"), Throws.TypeOf<AwsException>().With.Message.EqualTo("The user with name carol cannot be found.")
            .And.Property("Code").EqualTo("NoSuchEntity").And.Property("StatusCode").EqualTo(404));
        Assert.That(() => CallAsync(Requests.Root, "Action=GetRole&RoleName=far"), Throws.TypeOf<AwsException>().With.Message.EqualTo("The role with name far cannot be found."), "it lives in another account");
    }

    [Test]
    public void Whatever_else_IAM_can_do_is_known_by_name()
    {
        Assert.That(IamOperations.Table.NotBuiltNames, Does.Contain("CreateRole").And.Contain("SimulatePrincipalPolicy"));
        Assert.That(IamOperations.Table.NotBuiltNames.Overlaps(IamOperations.Table.Names), Is.False);
    }

    private static string Text(XContainer xml, string element) => xml.Descendants(Iam + element).First().Value;

    private static async Task<XDocument> CallAsync(Caller caller, string form)
    {
        var clock = new EmulatorClock();
        var service = new IamService(new IamDirectory(new ServiceContext(null!, null!, clock, new IdSource(1), Config)));
        var request = new RestRequest
        {
            Method = "POST",
            RawPath = "/",
            Host = "iam.amazonaws.com",
            Query = [],
            Headers = new HeaderDictionary(),
            Body = Stream.Null,
            Content = Encoding.UTF8.GetBytes(form),
        };
        var call = new Call { Caller = caller, Account = caller.Account, Region = "us-east-1", Now = clock.GetUtcNow(), RequestId = "1", Scheme = "https", Host = "iam.amazonaws.com" };
        var prepared = IamOperations.Table.Find(AwsQuery.Form(request)["Action"])!.Prepare(service, call, request);
        Assert.That(prepared.Permissions, Has.Count.EqualTo(1));
        var reply = await prepared.ExecuteAsync();
        return XDocument.Parse(Encoding.UTF8.GetString(reply.Content.Span));
    }
}
