using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.insert.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.update.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.delete.html")]
internal sealed class WriteStatementTests : PartiQlFixture
{
    private Task<string> ReadAsync(string p) => ItemAsync(Hash, ("p", S(p)));

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.data-types.html")]
    public async Task Literals_become_values()
    {
        var answer = await RunAsync("""
            INSERT INTO "Hash" VALUE {'p':'x', 's':'it''s', 'a':1E3, 'b':-1.5e-3, 'c':2.50, 'd':-0, 't':true, 'n':null, 'm':{'k':'v','e':{}}, 'l':[1,'x',[]], 'ns':<<1,4.5>>, 'ss':<<'b','a'>>}
            """);
        Assert.That((answer.Items.Count, await ReadAsync("x")), Is.EqualTo((0, "a=1000 b=-0.0015 c=2.5 d=0 l=[1,x,[]] m={e={} k=v} n=null ns=<1,4.5> p=x s=it's ss=<a,b> t=true")));
    }

    [Test]
    [Observed(Conformance)]
    public async Task An_insert_does_not_replace()
    {
        await RunAsync("INSERT INTO \"Hash\" VALUE {'p': ?, 'data': ?}", S("x"), S("first"));
        Fails(() => RunAsync("INSERT INTO \"Hash\" VALUE {'p': 'x', 'data': 'second'}"), "DuplicateItemException", "Duplicate primary key exists in table");
        Assert.That(await ReadAsync("x"), Is.EqualTo("data=first p=x"));
    }

    [TestCase("{'p': 'x', 's': <<>>}", "Empty bags are not supported")]
    [TestCase("{'p': 'x', 's': <<1, 'a'>>}", "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags")]
    [TestCase("{'p': 'x', 's': <<'a', 'a'>>}", "One or more parameter values were invalid: Input collection [a, a] contains duplicates.")]
    [TestCase("{'p': 'x', 's': <<2, 2.0>>}", "One or more parameter values were invalid: Input collection [2, 2.0] contains duplicates! under root")]
    [TestCase("{'p': 'x', 'm': {'k': ?}}", "Unsupported data type: Parameter under key root.k at 1:48:1")]
    [TestCase("{'p': 'x', 'ss': set_add(<<'a'>>, <<'b'>>)}", "Unsupported data type: set_add under key root at 1:43:7")]
    [TestCase("{'c': 'x'}", "One or more parameter values were invalid: Missing the key p in the item")]
    [Observed(Floci + "; " + Conformance)]
    public void An_insert_refuses_what_DynamoDB_cannot_hold(string item, string message) =>
        Refused($"INSERT INTO \"Hash\" VALUE {item}", message, item.Contains('?', StringComparison.Ordinal) ? [S("x")] : []);

    [Test]
    [Observed(Floci)]
    public async Task Literals_have_31_levels_below_an_attribute()
    {
        string Nested(string open, string close, int levels) => string.Concat(Enumerable.Repeat(open, levels)) + "1" + string.Concat(Enumerable.Repeat(close, levels));
        const string prefix = "Nesting Levels have exceeded supported limits under root";
        Refused($"UPDATE \"Hash\" SET d = {Nested("{'a':", "}", 32)} WHERE p = 'x'", prefix + string.Concat(Enumerable.Repeat(".a", 32)));
        Refused($"UPDATE \"Hash\" SET d = {{'a': {Nested("[", "]", 31)}}} WHERE p = 'x'", prefix + ".a" + string.Concat(Enumerable.Repeat("[0]", 31)));
        await RunAsync($"INSERT INTO \"Hash\" VALUE {{'p': 'x', 'd': {Nested("{'a':", "}", 31)}}}");
        Assert.That(await ReadAsync("x"), Does.StartWith("d={a={a={"));
    }

    [Test]
    [Observed(Floci)]
    public async Task An_update_takes_any_number_of_SET_and_REMOVE()
    {
        await RunAsync("INSERT INTO \"Hash\" VALUE {'p':'dt', 'n':1, 'm':{'a':'v'}, 'l':[1,'x'], 'ns':<<1,34>>, 'ss':<<'s1'>>}");
        await RunAsync("""
            UPDATE "Hash" SET n=n + 100 SET m.entry=[2020, 'v', 2.4] SET l = LIST_APPEND(l, [4, <<'a', 'b'>>]) SET ns=SET_ADD(ns, <<345>>) SET ss = set_add(ss, <<'s2'>>), fresh = set_add(fresh, <<'m'>>)
            WHERE p='dt'
            """);
        Assert.That(await ReadAsync("dt"), Is.EqualTo("fresh=<m> l=[1,x,4,<a,b>] m={a=v entry=[2020,v,2.4]} n=101 ns=<1,34,345> p=dt ss=<s1,s2>"));
        await RunAsync("UPDATE \"Hash\" SET n=n-1 REMOVE l[1] REMOVE m.entry SET ns = SET_DELETE( ns, <<345>>) SET fresh = set_delete(fresh, <<'m'>>) WHERE p='dt'");
        Assert.That(await ReadAsync("dt"), Is.EqualTo("l=[1,4,<a,b>] m={a=v} n=100 ns=<1,34> p=dt ss=<s1,s2>"));
    }

    [TestCase("n = n - - 2", "n=3 p=x")]
    [TestCase("n = 5 + n + 1", "n=7 p=x")]
    [TestCase("n = (n + 1) - 2", "n=0 p=x")]
    [TestCase("a = n", "a=1 n=1 p=x")]
    [TestCase("\"n\" = ?", "n=9 p=x")]
    [Observed(Floci + "; notes of moriyoshi/winterbaume on tests against AWS")]
    public async Task Values_are_sums_and_paths_and_parameters(string set, string item)
    {
        await PutAsync(Hash, ("p", S("x")), ("n", N("1")));
        await RunAsync($"UPDATE \"Hash\" SET {set} WHERE p = 'x'", set.Contains('?', StringComparison.Ordinal) ? [N("9")] : []);
        Assert.That(await ReadAsync("x"), Is.EqualTo(item));
    }

    [TestCase("t = set_add(ss, <<'x'>>)", "The first argument to SET_ADD must equal the assignment value at 1:23:7")]
    [TestCase("ss = set_add(<<'a'>>, <<'b'>>)", "The first argument to SET_ADD must equal the assignment value at 1:24:7")]
    [TestCase("ss = set_add(ss, 'x')", "The second argument to SET_ADD must be a value with type SET at 1:32:2")]
    [TestCase("ss = set_delete(ss, ['x'])", "The second argument to SET_DELETE must be a value with type SET at 1:35:2")]
    [TestCase("ss = set_add(ss)", "SET_ADD must have exactly two arguments at 1:24:7")]
    [TestCase("ss = set_add(ss, <<'x'>>, <<'y'>>)", "SET_ADD must have exactly two arguments at 1:24:7")]
    [TestCase("ss = set_add(ss, <<1>>)", "An operand in the update expression has an incorrect data type")]
    [TestCase("n = set_add(n, <<'x'>>)", "An operand in the update expression has an incorrect data type")]
    [TestCase("n = 'a' + 1", "Incorrect operand type for operator or function; operator or function: +, operand type: S")]
    [TestCase("n = n - null", "Incorrect operand type for operator or function; operator or function: -, operand type: NULL")]
    [TestCase("l = list_append(nope, [1])", "The provided expression refers to an attribute that does not exist in the item")]
    [TestCase("nope[0] = 'x'", "The document path provided in the update expression is invalid for update")]
    [TestCase("n[0] = 'x'", "The document path provided in the update expression is invalid for update")]
    [TestCase("x = [?]", "Unsupported data type: Parameter under key root[0] at 1:24:1")]
    [TestCase("p = 'y'", "One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key")]
    [Observed(Conformance + "; " + Floci + "; " + Dynoxide)]
    public async Task An_update_refuses_what_it_cannot_do(string set, string message)
    {
        await PutAsync(Hash, ("p", S("x")), ("n", N("1")), ("ss", new AttributeValue { SS = ["a"] }));
        Refused($"UPDATE \"Hash\" SET {set} WHERE p = 'x'", message, set.Contains('?', StringComparison.Ordinal) ? [S("x")] : []);
        Assert.That(await ReadAsync("x"), Is.EqualTo("n=1 p=x ss=<a>"));
    }

    [Test]
    [Observed(Dynoxide + "; " + Floci)]
    public async Task An_update_makes_no_item_and_a_delete_of_nothing_does_nothing()
    {
        Fails(() => RunAsync("UPDATE \"Hash\" SET a = 1 WHERE p = 'absent'"), "ConditionalCheckFailedException", "The conditional request failed");
        var answer = await RunAsync("DELETE FROM \"Hash\" WHERE p = 'absent' AND kind = 'x' RETURNING ALL OLD *");
        Assert.That((answer.Items.Count, await ReadAsync("absent")), Is.EqualTo((0, "none")));
    }

    [TestCase("UPDATE \"Hash\" SET a = 1")]
    [TestCase("DELETE FROM \"Hash\"")]
    [Observed(Dynoxide)]
    public async Task What_a_where_clause_asks_beside_the_key_is_a_condition(string statement)
    {
        await PutAsync(Hash, ("p", S("x")), ("kind", S("alpha")));
        Fails(() => RunAsync($"{statement} WHERE p = 'x' AND kind = 'beta'"), "ConditionalCheckFailedException", "The conditional request failed");
        Fails(() => RunAsync($"{statement} WHERE p = 'x' AND NOT begins_with(kind, 'al')"), "ConditionalCheckFailedException", "The conditional request failed");
        Assert.That(await ReadAsync("x"), Is.EqualTo("kind=alpha p=x"));
        await RunAsync($"{statement} WHERE (p = 'x') AND NOT (kind = 'q' OR kind = 'r')");
        Assert.That(await ReadAsync("x"), Is.Not.EqualTo("kind=alpha p=x"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html")]
    public async Task A_condition_that_fails_shows_the_item_where_it_is_asked_for()
    {
        await PutAsync(Hash, ("p", S("x")), ("kind", S("alpha")));
        var request = new ExecuteStatementRequest { Statement = "DELETE FROM \"Hash\" WHERE p = 'x' AND kind = 'beta'", ReturnValuesOnConditionCheckFailure = "ALL_OLD" };
        var error = Assert.ThrowsAsync<ConditionalCheckFailedException>(() => DynamoDb.ExecuteStatementAsync(request))!;
        Assert.That(Text(error.Item), Is.EqualTo("kind=alpha p=x"));
    }

    [TestCase("c = '1'", "Where clause does not contain a mandatory equality on all key attributes")]
    [TestCase("p = 'x'", "Where clause does not contain a mandatory equality on all key attributes")]
    [TestCase("p = 'x' OR c = '1'", "Where clause does not contain a mandatory equality on all key attributes")]
    [TestCase("p IN ['x'] AND c = '1'", "Where clause does not contain a mandatory equality on all key attributes")]
    [TestCase("p = 'x' AND c = '1' AND p = 'y'", "Multiple conditions on same key p. Only single item Update/Insert/Delete are supported")]
    [TestCase("p = 'x' AND c = 1", "The provided key element does not match the schema")]
    [Observed(Dynoxide + "; " + Floci)]
    public void Writes_name_one_item(string where, string message)
    {
        Refused($"UPDATE \"Range\" SET a = 1 WHERE {where}", message);
        Refused($"DELETE FROM \"Range\" WHERE {where}", message);
    }

    [TestCase("SET data = 'new'", "ALL OLD", "data=old keep=same p=x")]
    [TestCase("SET data = 'new'", "ALL NEW", "data=new keep=same p=x")]
    [TestCase("SET data = 'new'", "MODIFIED OLD", "data=old")]
    [TestCase("SET data = 'new'", "MODIFIED NEW", "data=new")]
    [TestCase("REMOVE data", "MODIFIED OLD", "data=old")]
    [TestCase("REMOVE data", "MODIFIED NEW", null)]
    [TestCase("SET fresh = 'new'", "MODIFIED OLD", null)]
    [TestCase("SET fresh = 'new'", "MODIFIED NEW", "fresh=new")]
    [Observed(Dynoxide)]
    public async Task Returning_shows_the_item_or_what_has_changed(string change, string returning, string? row)
    {
        await PutAsync(Hash, ("p", S("x")), ("data", S("old")), ("keep", S("same")));
        Assert.That(await RowsAsync($"UPDATE \"Hash\" {change} WHERE p = 'x' RETURNING {returning} *"), Is.EqualTo(row is null ? [] : new[] { row }));
    }

    [TestCase("SET m.a = 'x', m.b = 'y'", "MODIFIED NEW", "m={a=x b=y}")]
    [TestCase("REMOVE m.a", "MODIFIED OLD", "m={a=1}")]
    [TestCase("SET l[2] = 'y', l[0] = 'x'", "MODIFIED NEW", "l=[x,y]")]
    [TestCase("SET l[2] = 'y', l[0] = 'x'", "MODIFIED OLD", "l=[a,c]")]
    [TestCase("REMOVE l[1]", "MODIFIED NEW", "l=[c]")]
    [TestCase("SET l[9] = 'd'", "MODIFIED NEW", null)]
    [Observed(Dynoxide)]
    public async Task Returning_cuts_out_the_parts_of_documents(string change, string returning, string? row)
    {
        await RunAsync("INSERT INTO \"Hash\" VALUE {'p': 'x', 'm': {'a': 1, 'b': 2, 'c': 3}, 'l': ['a', 'b', 'c']}");
        Assert.That(await RowsAsync($"UPDATE \"Hash\" {change} WHERE p = 'x' RETURNING {returning} *"), Is.EqualTo(row is null ? [] : new[] { row }));
    }

    [TestCase("MODIFIED OLD")]
    [TestCase("ALL NEW")]
    [TestCase("MODIFIED NEW")]
    [Observed(Conformance)]
    public async Task A_delete_returns_the_old_item_and_nothing_else(string returning)
    {
        Refused($"DELETE FROM \"Hash\" WHERE p = 'x' RETURNING {returning} *", $"Invalid returning clause: RETURNING {returning} *. Only RETURNING ALL OLD * is allowed in DELETE statements.");
        await PutAsync(Hash, ("p", S("x")), ("n", N("1")));
        Assert.That((await RowsAsync("DELETE FROM \"Hash\" WHERE p = 'x' RETURNING ALL OLD *"), await ReadAsync("x")), Is.EqualTo((new[] { "n=1 p=x" }, "none")));
    }

    [TestCase("INSERT INTO \"Hash\" VALUE {'p': 'new', 'x': ?}", 3)]
    [TestCase("UPDATE \"Hash\" SET x = 'short' WHERE p = 'large' AND x <> ?", 3)]
    [TestCase("DELETE FROM \"Hash\" WHERE p = 'large' AND x <> ?", 3)]
    [TestCase("DELETE FROM \"Hash\" WHERE p = 'absent' AND x <> ?", 1)]
    [Observed(Dynoxide)]
    public async Task Writes_cost_as_those_of_other_operations(string statement, double units)
    {
        await PutAsync(Hash, ("p", S("large")), ("x", S(new string('x', 2500))));
        var request = new ExecuteStatementRequest { Statement = statement, Parameters = [S(new string('y', 2500))], ReturnConsumedCapacity = "TOTAL" };
        Assert.That((await DynamoDb.ExecuteStatementAsync(request)).ConsumedCapacity.CapacityUnits, Is.EqualTo(units));
    }
}
