using Emulator.DynamoDb.PartiQl;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

/// <summary>Whatever a statement says, it is read or refused in AWS's words, and soon.</summary>
internal sealed class PartiQlFuzzTests
{
    private const int Rounds = 30_000;
    private const int Length = 8192;

    private static readonly string[] Words =
    [
        "SELECT", "*", "FROM", "\"t\"", "t", "WHERE", "INSERT INTO", "VALUE", "UPDATE", "SET", "REMOVE", "DELETE", "RETURNING", "ALL OLD", "MODIFIED", "NEW", "ORDER BY", "DESC", "LIMIT", "p", "a.b", "a[0]",
        "\"c\"", "=", "<>", "!=", "<", ">=", "AND", "OR", "NOT", "IN", "BETWEEN", "IS", "MISSING", "NULL", "true", "1", "-", "+", "1e9", ".5", "1.2.3", "'x'", "'it''s'", "?", "(", ")", "[", "]", "{", "}", "<<", ">>",
        ",", ":", ".", ";", "--", "/*", "*/", "'", "\"", "size(", "begins_with(", "attribute_exists(", "set_add(", "list_append(", "EXISTS(", "count(", "value", "key", "@", "|", "||", "é", "\n", "`", "$", "\\",
    ];

    private static readonly KeyAttributes Keys = KeyAttributes.Of([new("p", "HASH"), new("c", "RANGE")], [new("p", "S"), new("c", "S")]);

    [Test]
    public void Any_words_are_read_or_refused()
    {
        var random = new Random(1);
        for (var i = 0; i < Rounds; i++)
        {
            var words = Enumerable.Range(0, random.Next(1, 24)).Select(_ => Words[random.Next(Words.Length)]);
            ReadOrRefuse(string.Join(random.Next(5) == 0 ? "" : " ", words));
        }
    }

    [Test]
    public void Statements_with_a_word_changed_are_read_or_refused()
    {
        string[] statements =
        [
            "SELECT a . b , c FROM \"t\" . \"i\" WHERE p = 'x' AND ( c > ? OR NOT a IN [ 1 , 2 ] ) AND b IS NOT MISSING ORDER BY c DESC",
            "INSERT INTO \"t\" VALUE { 'p' : 'x' , 'l' : [ 1 , { 'a' : << 'b' , 'c' >> } ] , 'n' : null }",
            "UPDATE \"t\" SET a . b = list_append ( a , [ 1 ] ) , c = c + - 1 SET s = set_add ( s , << 1 >> ) REMOVE d [ 1 ] WHERE p = ? AND size ( a ) BETWEEN 1 AND 2 RETURNING MODIFIED OLD *",
            "DELETE FROM t WHERE p = 'x' AND attribute_type ( a , 'S' ) RETURNING ALL OLD * ;",
            "EXISTS ( SELECT * FROM t WHERE p = 'x' AND a IS MISSING )",
        ];
        var random = new Random(2);
        for (var i = 0; i < Rounds; i++)
        {
            var words = statements[random.Next(statements.Length)].Split(' ').ToList();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(words.Count);
                if (random.Next(3) == 0) words.RemoveAt(at);
                else if (random.Next(2) == 0) words.Insert(at, Words[random.Next(Words.Length)]);
                else words[at] = Words[random.Next(Words.Length)];
                if (words.Count == 0) break;
            }
            ReadOrRefuse(string.Join(' ', words));
        }
    }

    [TestCase("(", ")", "1")]
    [TestCase("[", "]", "1")]
    [TestCase("{'a':", "}", "1")]
    [TestCase("NOT ", "", "a = 1")]
    [TestCase("- ", "", "1")]
    [TestCase("- - 1 - ", "", "1")]
    [TestCase("size(", ")", "a")]
    [TestCase("a[", "]", "1")]
    [TestCase("a = (", ")", "1")]
    [TestCase("a AND ", "", "a = 1")]
    [TestCase("a = 1 AND ", "", "a = 1")]
    [TestCase("a = 1 OR p = 'x' AND ", "", "a = 1")]
    [TestCase("p IN ['a', 'b'] OR p IN ['c', 'd'] AND ", "", "a = 1")]
    [TestCase("(p = 'a' OR p = 'b') AND ", "", "p = 'a'")]
    [TestCase("(c = '1' OR c = '2') AND ", "", "p = 'a'")]
    [TestCase("1 + ", "", "1")]
    [TestCase("a.", "", "a")]
    [TestCase("list_append(", "", "a")]
    [TestCase("(SELECT * FROM ", "", "a")]
    [TestCase("EXISTS(SELECT * FROM t WHERE ", "", "a")]
    [TestCase("a BETWEEN ", "", "1")]
    public void Depth_and_width_are_bounded(string open, string close, string middle)
    {
        var times = (Length - 60) / (open.Length + close.Length);
        foreach (var count in new[] { times, times / 8, 150, 40 })
        {
            var nested = string.Concat(Enumerable.Repeat(open, count)) + middle + string.Concat(Enumerable.Repeat(close, count));
            ReadOrRefuse(nested);
            ReadOrRefuse($"SELECT * FROM t WHERE {nested}");
            ReadOrRefuse($"SELECT {nested} FROM t");
            ReadOrRefuse($"UPDATE t SET a = {nested} WHERE p = 'x'");
            ReadOrRefuse($"INSERT INTO t VALUE {{'p': {nested}}}");
        }
    }

    /// <summary>Reads a statement with as many parameters as it has question marks, plans it, and asks of an item whether it is meant.</summary>
    private static void ReadOrRefuse(string source)
    {
        try
        {
            var parameters = Enumerable.Repeat(AttributeValue.String("x"), source.Count(c => c == '?')).ToList();
            var statement = StatementReader.Read(source, parameters);
            var where = (statement as SelectStatement)?.Where ?? (statement as ModifyStatement)?.Where ?? (statement as ExistsStatement)?.Select.Where;
            where?.Holds(default);
            SelectPlanner.Plan(Keys, where, out _);
            SelectPlanner.PartitionsOf(Keys, where);
            KeyEqualities.Of(Keys, where).Key();
            (statement as ModifyStatement)?.Update?.Apply(default);
        }
        catch (AwsException error)
        {
            Assert.That(error.Code, Is.EqualTo("ValidationException").Or.EqualTo("NotImplemented"), source);
        }
        catch (Exception bug)
        {
            Assert.Fail($"{source}\n{bug}");
        }
    }
}
