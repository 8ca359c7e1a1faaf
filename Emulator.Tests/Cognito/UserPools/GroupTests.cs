using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

[Source("https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html")]
internal sealed class GroupTests : CognitoFixture
{
    [Test]
    public async Task A_group_is_created_changed_listed_and_deleted()
    {
        var group = (await Idp.SignedAsync("CreateGroup", new { UserPoolId = PoolId, GroupName = "admins", Description = "All", Precedence = 3 })).GetProperty("Group");
        Assert.That((group.Text("GroupName"), group.Text("UserPoolId"), group.Text("Description"), group.GetProperty("Precedence").GetInt32()), Is.EqualTo(("admins", PoolId, "All", 3)));
        Assert.That(() => Idp.SignedAsync("CreateGroup", new { UserPoolId = PoolId, GroupName = "admins" }), Fails("GroupExistsException", "A group with the name already exists."));
        await Idp.SignedAsync("UpdateGroup", new { UserPoolId = PoolId, GroupName = "admins", RoleArn = "arn:aws:iam::000000000000:role/admin" });
        group = (await Idp.SignedAsync("GetGroup", new { UserPoolId = PoolId, GroupName = "admins" })).GetProperty("Group");
        Assert.That((group.Text("Description"), group.Text("RoleArn")), Is.EqualTo(("All", "arn:aws:iam::000000000000:role/admin")));

        var first = await Idp.SignedAsync("ListGroups", new { UserPoolId = PoolId, Limit = 2 });
        var second = await Idp.SignedAsync("ListGroups", new { UserPoolId = PoolId, Limit = 2, NextToken = first.Text("NextToken") });
        Assert.That(first.GetProperty("Groups").EnumerateArray().Concat(second.GetProperty("Groups").EnumerateArray()).Select(each => each.Text("GroupName")), Is.EqualTo(new[] { "admins", "editors", "readers" }));
        Assert.That(second.TryGetProperty("NextToken", out _), Is.False);

        await Idp.SignedAsync("DeleteGroup", new { UserPoolId = PoolId, GroupName = "admins" });
        Assert.That(() => Idp.SignedAsync("GetGroup", new { UserPoolId = PoolId, GroupName = "admins" }), Fails("ResourceNotFoundException", "Group not found."));
    }

    [Test]
    public async Task Members_come_and_go()
    {
        await Idp.SignedAsync("AdminAddUserToGroup", new { UserPoolId = PoolId, Username = "bob", GroupName = "readers" });
        await Idp.SignedAsync("AdminAddUserToGroup", new { UserPoolId = PoolId, Username = "bob", GroupName = "readers" });
        Assert.That(await MembersAsync("readers"), Is.EqualTo(new[] { "ann", "bob" }));
        Assert.That(await GroupsAsync("bob"), Is.EqualTo(new[] { "readers" }));
        await Idp.SignedAsync("AdminRemoveUserFromGroup", new { UserPoolId = PoolId, Username = "ann", GroupName = "readers" });
        Assert.That(await MembersAsync("readers"), Is.EqualTo(new[] { "bob" }));
        await Idp.SignedAsync("DeleteGroup", new { UserPoolId = PoolId, GroupName = "readers" });
        Assert.That(await GroupsAsync("bob"), Is.Empty);
        Assert.That(() => Idp.SignedAsync("AdminAddUserToGroup", new { UserPoolId = PoolId, Username = "bob", GroupName = "none" }), Fails("ResourceNotFoundException", "Group not found."));
        Assert.That(() => Idp.SignedAsync("AdminAddUserToGroup", new { UserPoolId = PoolId, Username = "none", GroupName = "editors" }), Fails("UserNotFoundException", "User does not exist."));
    }

    private async Task<IEnumerable<string>> MembersAsync(string group) =>
        (await Idp.SignedAsync("ListUsersInGroup", new { UserPoolId = PoolId, GroupName = group })).GetProperty("Users").EnumerateArray().Select(user => user.Text("Username"));

    private async Task<IEnumerable<string>> GroupsAsync(string username) =>
        (await Idp.SignedAsync("AdminListGroupsForUser", new { UserPoolId = PoolId, Username = username })).GetProperty("Groups").EnumerateArray().Select(group => group.Text("GroupName"));
}
