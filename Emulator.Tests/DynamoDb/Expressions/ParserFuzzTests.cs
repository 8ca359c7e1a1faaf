using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Expressions;

/// <summary>Whatever an expression says, it is parsed or refused in AWS's words.</summary>
internal sealed class ParserFuzzTests
{
    private const int Rounds = 30_000;

    private static readonly string[] Words =
    [
        "a", "b.c", "#n", ":v", ":l", "AND", "or", "NOT", "BETWEEN", "IN", "(", ")", "(", ")", ",", ".", "[0]", "[", "]", "=", "<>", "<", "<=", ">", ">=", "+", "-", "size(", "contains(",
        "begins_with(", "attribute_exists(", "attribute_type(", "if_not_exists(", "list_append(", "SET", "REMOVE", "ADD", "DELETE", "0", "99999999999", "_", "!", "#", ":", "\"", "é", "abort",
    ];

    private static readonly Action<string>[] Parsers =
    [
        text => Evaluate(ConditionParser.Parse("ConditionExpression", text, Scope())),
        text => KeyCondition.From(ConditionParser.Parse("KeyConditionExpression", text, Scope())),
        text => UpdateParser.Parse(text, Scope()).Apply(default),
        text => ProjectionParser.Parse(text, Scope()).Apply(default),
    ];

    [Test]
    public void Any_words_are_parsed_or_refused([Values(0, 1, 2, 3)] int parser)
    {
        var random = new Random(parser);
        for (var i = 0; i < Rounds; i++)
        {
            var words = Enumerable.Range(0, random.Next(1, 14)).Select(_ => Words[random.Next(Words.Length)]);
            Refused(Parsers[parser], string.Join(random.Next(4) == 0 ? "" : " ", words));
        }
    }

    [Test]
    public void Depth_is_bounded([Values(0, 1, 2, 3)] int parser, [Values("(", "not ", "size(", "a.", "a[0].", "if_not_exists(a,", "(a = :v and ", "a = (", "set a = (", "set a = if_not_exists(a,")] string opening)
    {
        Refused(Parsers[parser], string.Concat(Enumerable.Repeat(opening, 4096 / opening.Length)));
        Refused(Parsers[parser], "set a = " + string.Concat(Enumerable.Repeat(opening, 4000 / opening.Length)) + ":v");
    }

    private static void Refused(Action<string> parse, string text)
    {
        try
        {
            parse(text);
        }
        catch (AwsException error)
        {
            Assert.That(error.Code, Is.EqualTo("ValidationException"), text);
        }
        catch (Exception bug)
        {
            Assert.Fail($"{text}\n{bug}");
        }
    }

    private static void Evaluate(Condition condition) => condition.Holds(default);

    private static ExpressionScope Scope() => new(
        new Dictionary<string, string> { ["#n"] = "n" },
        new Dictionary<string, AttributeValue> { [":v"] = AttributeValue.Number(1), [":l"] = AttributeValue.String("x") });
}
