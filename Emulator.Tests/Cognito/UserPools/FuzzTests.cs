using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Emulator.Cognito.UserPools;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using NUnit.Framework.Internal;

namespace Emulator.Tests.Cognito.UserPools;

/// <summary>Nothing that a client can send makes a fault: each answer is a success or an error that AWS has.</summary>
internal sealed class FuzzTests : CognitoFixture
{
    private const int Rounds = 150;

    [Test]
    public async Task Documents_of_the_wrong_shape_are_answered()
    {
        var random = TestContext.CurrentContext.Random;
        var operations = CognitoUserPoolOperations.Table.Names.ToList();
        for (var i = 0; i < Rounds; i++) await SendAsync(operations[random.Next(operations.Count)], Document(random, 3));
    }

    [Test]
    public async Task Known_members_with_odd_values_are_answered()
    {
        var random = TestContext.CurrentContext.Random;
        string[] members = ["ClientId", "Username", "Password", "UserPoolId", "AccessToken", "AuthFlow", "AuthParameters", "ChallengeName", "ChallengeResponses", "Session", "UserAttributes", "Filter", "NextToken", "PaginationToken", "MaxResults", "Limit", "GroupName", "ConfirmationCode", "Token", "RefreshToken", "SecretHash", "Schema", "Policies"];
        var operations = CognitoUserPoolOperations.Table.Names.ToList();
        var (poolId, clientId) = (PoolId, ClientId);
        for (var i = 0; i < Rounds; i++)
        {
            var document = Enumerable.Range(0, 4).Select(_ => members[random.Next(members.Length)]).Distinct().ToDictionary(name => name, name => Value(random, name));
            document.TryAdd("UserPoolId", poolId);
            document.TryAdd("ClientId", clientId);
            await SendAsync(operations[random.Next(operations.Count)], JsonSerializer.Serialize(document));
        }
    }

    [TestCase("null")]
    [TestCase("[null]")]
    [TestCase("{\"a\":null}")]
    [TestCase("[{}]")]
    [TestCase("{}")]
    [TestCase("[\"\"]")]
    public async Task Every_member_of_every_operation_may_be_odd(string value)
    {
        var (poolId, clientId, token) = (PoolId, ClientId, await AccessTokenAsync());
        foreach (var (operation, type) in Inputs())
        {
            foreach (var member in type.GetProperties())
            {
                var document = new Dictionary<string, object>
                {
                    ["UserPoolId"] = poolId,
                    ["ClientId"] = clientId,
                    ["AccessToken"] = token,
                    ["Username"] = "ann",
                    ["GroupName"] = "editors",
                    ["PoolName"] = "x",
                    ["ClientName"] = "x",
                    ["ResourceArn"] = $"arn:aws:cognito-idp:us-east-1:000000000000:userpool/{poolId}",
                    ["AuthFlow"] = "USER_PASSWORD_AUTH",
                    ["ChallengeName"] = "NEW_PASSWORD_REQUIRED",
                    [member.Name] = JsonDocument.Parse(value).RootElement,
                };
                await SendAsync(operation, JsonSerializer.Serialize(document));
            }
        }
    }

    [Test]
    public async Task Tokens_with_changed_bytes_are_refused()
    {
        var random = TestContext.CurrentContext.Random;
        var token = await AccessTokenAsync();
        for (var i = 0; i < Rounds; i++)
        {
            var letters = token.ToCharArray();
            var at = random.Next(letters.Length);
            letters[at] = letters[at] == 'A' ? 'B' : letters[at] == '.' ? 'A' : (char)('A' + random.Next(26));
            var changed = new string(letters);
            // The last letter of the signature holds bits that mean nothing.
            if (changed == token || at == letters.Length - 1) continue;
            Assert.That(() => Idp.OpenAsync("GetUser", new { AccessToken = changed }), Throws.TypeOf<CognitoError>().With.Property("StatusCode").EqualTo(400), changed);
        }
    }

    [Test]
    public async Task Any_SRP_A_is_answered()
    {
        var random = TestContext.CurrentContext.Random;
        for (var i = 0; i < 30; i++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            string[] forms = [Convert.ToHexString(bytes), Convert.ToBase64String(bytes), (Srp.N * random.Next(5)).ToString("x", CultureInfo.InvariantCulture), (BigInteger.MinusOne * random.Next()).ToString(CultureInfo.InvariantCulture)];
            await SendAsync("InitiateAuth", JsonSerializer.Serialize(new { AuthFlow = "USER_SRP_AUTH", ClientId, AuthParameters = new { USERNAME = "ann", SRP_A = forms[i % forms.Length] } }));
        }
    }

    [Test]
    public void A_filter_never_faults() =>
        Prop.ForAll<string>(text =>
        {
            try
            {
                UserFilter.Parse(Bare, text);
            }
            catch (Emulator.Protocols.AwsException)
            {
                // Refused in AWS's words.
            }
        }).QuickCheckThrowOnFailure();

    [Test]
    public void A_generated_password_fulfils_its_policy() =>
        Prop.ForAll(Gen.Choose(6, 99).ToArbitrary(), length =>
        {
            var policy = PasswordPolicy.Default with { MinimumLength = length };
            policy.Check(policy.Generate(new global::Emulator.Identifiers.IdSource()), "");
        }).QuickCheckThrowOnFailure();

    private static UserPool Bare => new() { Account = "0", Region = "r", Id = "r_1", Name = "n", CreationDate = default, LastModifiedDate = default, SessionKey = new byte[32] };

    /// <summary>The operations that leave the world as it is when their input is odd, with the type of it.</summary>
    private static IEnumerable<(string Operation, Type Input)> Inputs() =>
        from operation in CognitoUserPoolOperations.Table.Names
        where !operation.Contains("Delete", StringComparison.Ordinal) && !operation.Contains("SignOut", StringComparison.Ordinal) && !operation.Contains("Disable", StringComparison.Ordinal)
        select (operation, CognitoUserPoolOperations.Table.Find(operation)!.GetType().GetGenericArguments()[1]);

    private async Task SendAsync(string operation, string body)
    {
        try
        {
            await Idp.SendAsync(operation, body, signed: true);
        }
        catch (CognitoError error)
        {
            Assert.That(error.StatusCode, Is.EqualTo(400).Or.EqualTo(501), $"{operation} {body}: {error.Code} {error.Message}");
        }
    }

    private static object Value(Randomizer random, string member) => random.Next(8) switch
    {
        0 => new string((char)random.Next(1, 0x2fff), random.Next(300)),
        1 => random.Next(),
        2 => new Dictionary<string, string?> { ["USERNAME"] = "ann", ["PASSWORD"] = null, ["userAttributes."] = "x", ["SRP_A"] = "zz" },
        3 => new[] { new { Name = "email", Value = (string?)null } },
        4 => new[] { "a\0b", "", "custom:" },
        5 => new { },
        6 => member == "UserPoolId" ? "us-east-1_\0" : "\ud800",
        _ => true,
    };

    private static string Document(Randomizer random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => "null",
        1 => random.Next().ToString(CultureInfo.InvariantCulture),
        2 => "\"\\u0000\\ud800\"",
        3 => "{",
        4 => "true",
        5 => "",
        6 => $"[{Document(random, depth - 1)},{Document(random, depth - 1)}]",
        _ => $$"""{"UserPoolId":{{Document(random, depth - 1)}},"ClientId":{{Document(random, depth - 1)}},"Username":{{Document(random, depth - 1)}}}""",
    };
}
