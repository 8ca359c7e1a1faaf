using System.Text;
using Emulator.Iam.Policies;
using Emulator.Protocols;
using NUnit.Framework;

namespace Emulator.Tests.Iam.Policies;

[Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html")]
internal sealed class PolicyDocumentTests
{
    private const string Everything = """
        {
          "Version": "2012-10-17", "Id": "all",
          "Statement": [
            { "Sid": "One", "Effect": "Allow", "Principal": { "AWS": ["123456789012", "arn:aws:iam::999999999999:root"], "Service": "lambda.amazonaws.com" },
              "Action": ["s3:Get*", "s3:List*"], "Resource": "arn:aws:s3:::bucket/*",
              "Condition": { "NumericLessThan": { "s3:max-keys": 10 }, "Bool": { "aws:SecureTransport": true }, "StringLike": { "s3:prefix": ["", "home/"] } } },
            { "Effect": "Deny", "NotPrincipal": "*", "NotAction": "*", "NotResource": ["*"] }
          ]
        }
        """;

    [Test]
    public void Every_element_of_the_grammar_is_read()
    {
        var policy = PolicyDocument.Parse(Everything);
        Assert.That(policy.Version, Is.EqualTo("2012-10-17"));
        Assert.That(policy.Id, Is.EqualTo("all"));
        Assert.That(policy.HasDeny);
        var (first, second) = (policy.Statements[0], policy.Statements[1]);
        Assert.That((first.Sid, first.Allows, first.Actions.Count, first.Resources!.Count, first.Conditions.Count), Is.EqualTo(("One", true, 2, 1, 3)));
        Assert.That(first.Conditions.SelectMany(condition => condition.Expected), Is.EqualTo(new[] { "10", "true", "", "home/" }));
        Assert.That((second.Number, second.Allows, second.NotPrincipal, second.NotAction, second.NotResource), Is.EqualTo((2, false, true, true, true)));
    }

    [Test]
    public void One_statement_needs_no_list() =>
        Assert.That(PolicyDocument.Parse("""{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}""").Statements, Has.Count.EqualTo(1));

    [Observed("2025-03-06, IAM CreateRole with a trust policy that is not JSON")]
    [Test]
    public void What_is_no_JSON_has_the_text_of_IAM() =>
        Assert.That(() => PolicyDocument.Parse("{"), Throws.TypeOf<AwsException>()
            .With.Message.EqualTo("This policy contains invalid Json")
            .And.Property("Code").EqualTo("MalformedPolicyDocument").And.Property("StatusCode").EqualTo(400));

    [TestCase("", "InvalidJson")]
    [TestCase("[]", "Syntax")]
    [TestCase("{}", "MissingStatement")]
    [TestCase("""{"Statement": 1}""", "Syntax")]
    [TestCase("""{"Statement": [1]}""", "Syntax")]
    [TestCase("""{"Version": 2012, "Statement": []}""", "Syntax")]
    [TestCase("""{"Version": "2017-08-17", "Statement": []}""", "InvalidVersion")]
    [TestCase("""{"Statements": []}""", "UnknownElement")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Actions": "*", "Resource": "*"}]}""", "UnknownElement")]
    [TestCase("""{"Statement": [{"Action": "*", "Resource": "*"}]}""", "InvalidEffect")]
    [TestCase("""{"Statement": [{"Effect": "allow", "Action": "*", "Resource": "*"}]}""", "InvalidEffect")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Resource": "*"}]}""", "MissingAction")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Action": "GetObject", "Resource": "*"}]}""", "InvalidAction")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Action": "*", "NotAction": "*", "Resource": "*"}]}""", "Syntax")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "bucket"}]}""", "InvalidResource")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": {}}]}""", "Syntax")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Principal": "me", "Action": "*", "Resource": "*"}]}""", "InvalidPrincipal")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Principal": {"User": "me"}, "Action": "*", "Resource": "*"}]}""", "InvalidPrincipal")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringIs": {"a:b": "c"}}}]}""", "InvalidCondition")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"NullIfExists": {"a:b": "c"}}}]}""", "InvalidCondition")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": "c"}}]}""", "InvalidCondition")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"a:b": {}}}}]}""", "Syntax")]
    [TestCase("""{"Statement": [{"Effect": "Allow", "Effect": "Deny", "Action": "*", "Resource": "*"}]}""", "InvalidJson")]
    public void A_malformed_policy_is_refused(string json, string kind) => Assert.That(Problem(json, PolicyKind.Any), Is.EqualTo(kind));

    [TestCase(PolicyKind.Identity, """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}""", "ForbiddenPrincipal")]
    [TestCase(PolicyKind.Identity, """{"Effect": "Allow", "Action": "*"}""", "MissingResource")]
    [TestCase(PolicyKind.Identity, """{"Effect": "Allow", "Action": "*", "Resource": "*"}""", null)]
    [TestCase(PolicyKind.Resource, """{"Effect": "Allow", "Action": "*", "Resource": "*"}""", "MissingPrincipal")]
    [TestCase(PolicyKind.Resource, """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}""", null)]
    [TestCase(PolicyKind.Trust, """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}""", "ForbiddenResource")]
    [TestCase(PolicyKind.Trust, """{"Effect": "Allow", "Action": "*"}""", "MissingPrincipal")]
    [TestCase(PolicyKind.Trust, """{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}""", null)]
    public void What_a_statement_needs_depends_on_where_its_policy_hangs(PolicyKind kind, string statement, string? problem) =>
        Assert.That(Problem($$"""{"Statement": [{{statement}}]}""", kind), Is.EqualTo(problem));

    [Test]
    public void The_problem_names_its_statement()
    {
        PolicyDocument.TryParse("""{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Allow", "Action": "*", "Resources": "*"}]}""", PolicyKind.Identity, out _, out var problem);
        Assert.That(problem!.Detail, Is.EqualTo("statement 2: the element Resources is not known"));
    }

    [Test]
    public void A_policy_of_absurd_length_is_refused_unread() =>
        Assert.That(Problem(new string(' ', PolicyDocument.MaximumCharacters + 1), PolicyKind.Any), Is.EqualTo("TooLong"));

    [Test]
    public void Nothing_but_an_AWS_error_comes_of_broken_text()
    {
        var random = new Random(20260517);
        const string Alphabet = "{}[]\":,*?$ \\u0019";
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder(Everything);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0: text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at)); break;
                    case 1: text.Insert(at, Alphabet[random.Next(Alphabet.Length)]); break;
                    default: text[at] = (char)random.Next(0x20, 0xE000); break;
                }
            }
            try
            {
                var policy = PolicyDocument.Parse(text.ToString());
                var request = Requests.Of(Requests.Alice, "s3:GetObject", "arn:aws:s3:::bucket/key", ("s3:prefix", "home/"));
                PolicyEvaluator.Evaluate(request, new() { Resource = new(PolicyType.Resource, "fuzz", policy) });
            }
            catch (AwsException error)
            {
                Assert.That(error.Code, Is.EqualTo("MalformedPolicyDocument"));
            }
        }
    }

    private static string? Problem(string json, PolicyKind kind) => PolicyDocument.TryParse(json, kind, out _, out var problem) ? null : problem!.Kind.ToString();
}
