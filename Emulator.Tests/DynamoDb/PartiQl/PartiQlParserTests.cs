using Emulator.DynamoDb.PartiQl;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html")]
internal sealed class PartiQlParserTests
{
    [Test]
    public void A_statement_that_is_printed_is_parsed_as_what_it_was()
    {
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var statement = new RandomStatement(random).Next();
            var printed = PartiQlPrinter.Print(statement);
            Assert.That(PartiQlPrinter.Print(PartiQlParser.Parse(printed, out _)), Is.EqualTo(printed));
        }
    }

    [TestCase("SELECT * FROM t WHERE a = 1 OR b = 2 AND NOT c = 3 AND d", "((a = 1) OR (((b = 2) AND (not (c = 3))) AND d))")]
    [TestCase("select * from t where a + 1 * 2 < 3 = true", "(((a + (1 * 2)) < 3) = true)")]
    [TestCase("SELECT * FROM t WHERE a NOT BETWEEN 1 AND 2 AND b NOT IN (1, 2)", "((a not between 1 AND 2) AND (b not in [1, 2]))")]
    [TestCase("SELECT * FROM t WHERE a IS NOT MISSING = false", "((a is not missing) = false)")]
    [TestCase("SELECT * FROM t WHERE - - 1 < -a", "(1 < (- a))")]
    public void Operators_bind_as_in_SQL(string statement, string where)
    {
        var select = (SelectNode)PartiQlParser.Parse(statement, out _);
        Assert.That(PartiQlPrinter.Print(select.Where!), Is.EqualTo(where).IgnoreCase);
    }

    [TestCase("a\nb  c", "1:1:1 2:1:1 2:4:1")]
    [TestCase("a\r\nb\rc", "1:1:1 2:1:1 3:1:1")]
    [TestCase("'it''s' \"q\" /* x\n */ is not", "1:1:7 1:9:3 2:5:2")]
    [TestCase("1.5e-3<=<<", "1:1:6 1:7:2 1:9:2")]
    public void Tokens_know_where_they_stand(string source, string positions) =>
        Assert.That(string.Join(' ', PartiQlLexer.Tokenize(source).SkipLast(1).Select(token => token.Position)), Is.EqualTo(positions));
}
