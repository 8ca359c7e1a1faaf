using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-functions.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-operators.html")]
internal sealed class ConditionStatementTests : PartiQlFixture
{
    [SetUp]
    public Task FillAsync() => RunAsync("""
        INSERT INTO "Hash" VALUE {'p': 'x', 'n': 1, 'flag': 'right', 'yes': true, 'nul': null, 'address': '7834 24th Kirkland', 'tags': <<'a', 'b'>>, 'm': {'x': 'y'}, 'l': ['a', 2], 'size': 3}
        """);

    [TestCase("contains(address, 'Kirkland')")]
    [TestCase("contains(tags, 'a') AND contains(l, 2)")]
    [TestCase("attribute_type(n, 'N')")]
    [TestCase("size(address) > 10 AND size(tags) = 2")]
    [TestCase("\"size\" = 3")]
    [TestCase("nul IS NULL")]
    [TestCase("absent IS NOT NULL")]
    [TestCase("absent IS MISSING AND n IS NOT MISSING AND nul IS NOT MISSING")]
    [TestCase("attribute_exists(m.x) AND ATTRIBUTE_NOT_EXISTS (nope) AND attribute_exists(l[0])")]
    [TestCase("n = - - 1 AND n BETWEEN - 2 AND +5 AND n IN [- 1, 1]")]
    [TestCase("NOT NOT n = 1")]
    [TestCase("NOT absent = 'x' AND absent <> 'x'")]
    [TestCase("attribute_exists(nope) = false")]
    [TestCase("true = attribute_exists(n)")]
    [TestCase("attribute_exists(n) <> 1")]
    [TestCase("contains(nope, 'z') = false")]
    [TestCase("(n BETWEEN 0 AND 5) = true")]
    [TestCase("(n = 5 OR flag = 'x') = false")]
    [TestCase("attribute_exists(nope) IN [true, false]")]
    [TestCase("attribute_exists(n) = attribute_exists(flag)")]
    [TestCase("attribute_exists(n) = yes")]
    [TestCase("m = {'x': 'y'} AND l = ['a', 2] AND tags = <<'b', 'a'>>")]
    [Observed(Floci)]
    public async Task These_hold(string condition) => Assert.That(await RowsAsync($"SELECT p FROM \"Hash\" WHERE p = 'x' AND {condition}"), Has.Length.EqualTo(1));

    [TestCase("nul IS NOT NULL")]
    [TestCase("absent IS NULL")]
    [TestCase("n > -/* c */-1")]
    [TestCase("attribute_exists(n) = 1")]
    [TestCase("NOT attribute_exists(n) = true")]
    [TestCase("(attribute_exists(n) = true) = false")]
    [TestCase("attribute_exists(n) = flag")]
    [TestCase("(attribute_exists(nope) OR NOT attribute_exists(\"m\"))")]
    [TestCase("flag < 1")]
    [TestCase("l = [2, 'a']")]
    [Observed(Floci)]
    public async Task These_do_not_hold(string condition) => Assert.That(await RowsAsync($"SELECT p FROM \"Hash\" WHERE p = 'x' AND {condition}"), Is.Empty);

    [TestCase("a = 'x' OR a = 'y' AND b = 'q'", "1 2")]
    [TestCase("(a = 'x' OR a = 'y') AND b = 'p'", "1")]
    [TestCase("NOT (a = 'x' OR a = 'y')", "3 x")]
    [TestCase("NOT (a = 'x' AND b = 'p')", "2 3 x")]
    [Observed(Dynoxide)]
    public async Task And_binds_more_than_or(string where, string items)
    {
        foreach (var (p, a, b) in new[] { ("1", "x", "p"), ("2", "y", "q"), ("3", "z", "p") }) await PutAsync(Hash, ("p", S(p)), ("a", S(a)), ("b", S(b)));
        var answer = await RunAsync($"SELECT p FROM \"Hash\" WHERE {where}");
        Assert.That(string.Join(' ', answer.Items.Select(item => item["p"].S).Order()), Is.EqualTo(items));
    }
}
