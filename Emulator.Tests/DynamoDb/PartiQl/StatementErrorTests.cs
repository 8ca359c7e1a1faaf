using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html")]
internal sealed class StatementErrorTests : PartiQlFixture
{
    private static string At(string statement, string token, int from = 0, int? length = null) => $"1:{statement.IndexOf(token, from, StringComparison.Ordinal) + 1}:{length ?? token.Length}";

    // Of what follows, those with a source of their own were observed on AWS; the others are the texts of the parser that AWS has.
    [TestCase("SLECT * FROM \"Hash\"", "Expected data manipulation")]
    [TestCase("UPDATE Hash-x SET a = 1 WHERE p = 'x'", "Expected data manipulation")]
    [TestCase("INSERT INTO Hash (key, b) VALUES (?, ?)", "Unexpected keyword")]
    [TestCase("UPDATE \"Hash\" SET t = 1 WHERE p = 'x' garbage", "Unexpected token after expression")]
    [TestCase("SELECT * FROM (\"Hash\" WHERE p = 'x')", "Expected RIGHT_PAREN")]
    [TestCase("SELECT * FROM \"Hash\" WHERE attribute_exists(m.inner)", "Invalid path dot component")]
    [TestCase("SELECT * FROM \"Hash", "")]
    [TestCase("SELECT * FROM \"Hash\" WHERE p = 'oops", "")]
    [TestCase("SELECT * FROM \"Hash\" WHERE p = 'x' /* open", "")]
    [Observed("2026, nubo-db/dynamodb-conformance, floci-io/floci, awsdocs/aws-sdk-for-javascript-v3 issue 98, passren/PyDynamoDB issue 26, all of them quoting AWS")]
    [TestCase("SELECT * FROM", "Unexpected term", Description = "reference parser")]
    [TestCase("SELECT *", "Expected FROM after SELECT list", Description = "reference parser")]
    [TestCase("SELECT *, p FROM \"Hash\"", "Other expressions may not be present in the select list when '*' is used without dot notation.", Description = "reference parser")]
    [TestCase("SELECT * FROM \"Hash\" WHERE p =", "Missing right-hand side expression of infix operator", Description = "reference parser")]
    [TestCase("SELECT * FROM \"Hash\" WHERE p BETWEEN 'a' AND", "Expected expression after AND", Description = "reference parser")]
    [TestCase("SELECT * FROM \"Hash\" WHERE p IS 'a'", "Expected type name", Description = "reference parser")]
    [TestCase("SELECT * FROM \"Hash\" WHERE p = 'a'; SELECT 1", "Unexpected token after semicolon. (Only one query is allowed.)", Description = "reference parser")]
    [TestCase("UPDATE \"Hash\" SET WHERE p = 'x'", "Expected identifier for simple path", Description = "reference parser")]
    [TestCase("UPDATE \"Hash\" SET a 1 WHERE p = 'x'", "Expected '='", Description = "reference parser")]
    [TestCase("UPDATE \"Hash\" WHERE p = 'x'", "Expected data manipulation", Description = "reference parser")]
    [TestCase("DELETE \"Hash\" WHERE p = 'x'", "Expected FROM after DELETE", Description = "reference parser")]
    [TestCase("DELETE FROM \"Hash\" WHERE p = 'x' RETURNING *", "Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.", Description = "reference parser")]
    [TestCase("UPDATE \"Hash\" REMOVE a, b WHERE p = 'x'", "Unexpected token after expression", Description = "reference parser")]
    [TestCase("SELECT * FROM \"Hash\" WHERE sum(*) = 1", "sum(*) is not allowed", Description = "reference parser")]
    public void Statements_that_are_not_well_formed_are_refused(string statement, string detail) => Refused(statement, NotWellFormed + detail);

    [TestCase("SELECT COUNT(*) FROM \"Nope\"", "COUNT")]
    [TestCase("SELECT p, count(p) FROM \"Nope\"", "count")]
    [TestCase("SELECT attribute_exists(ss) FROM \"Nope\"", "attribute_exists")]
    [Observed(Conformance)]
    public void Functions_are_no_columns_even_before_the_table_is_looked_for(string statement, string token) => Refused(statement, $"Unexpected path component at {At(statement, token)}");

    [TestCase("SELECT * FROM \"Hash\" LIMIT 100", "LIMIT", "100")]
    [Observed("2026, a comment of a public client: Unsupported clause: LIMIT at 5:7:3 for LIMIT 100")]
    public void Clauses_that_DynamoDB_does_not_have_are_refused(string statement, string clause, string token) => Refused(statement, $"Unsupported clause: {clause} at {At(statement, token)}");

    [Test]
    public void Lines_count_in_places() => Refused("SELECT *\n\n\n\nFROM \"Hash\"\n\tLIMIT 100", "Unsupported clause: LIMIT at 6:8:3");

    [TestCase("EXISTS(ss)", "exists", "EXISTS")]
    [TestCase("set_add(ss, <<'x'>>) = ss", "set_add", "set_add")]
    [Observed(Conformance)]
    public void Functions_of_other_places_are_not_recognized(string condition, string name, string token)
    {
        var statement = $"SELECT * FROM \"Hash\" WHERE p = 'x' AND {condition}";
        Refused(statement, $"Unrecognized function: {name} at {At(statement, token)}");
    }

    [TestCase("attribute_exists('ss')", "Operator or function requires a document path; operator or function: attribute_exists")]
    [TestCase("attribute_exists()", "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0")]
    [TestCase("attribute_exists(ss, ns)", "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2")]
    [TestCase("attribute_type(l, 1)", "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N")]
    [TestCase("attribute_type(l, true)", "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: BOOL")]
    [TestCase("attribute_type(l, 'X')", "Invalid attribute type name found; type: X, valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}")]
    [TestCase("attribute_exists(n) > false", "Incorrect operand type for operator or function; operator or function: >, operand type: BOOL")]
    [TestCase("s = <<'a', 'a'>>", "One or more parameter values were invalid: Input collection [a, a] contains duplicates.")]
    [TestCase("n = 5 + 5", "Unsupported operator in Condition Expression. Operator: +")]
    [TestCase("n > -m", "Incorrect number of operands for operator or function; operator or function: -, number of operands: 1")]
    [Observed(Conformance + "; " + Floci + "; notes of moriyoshi/winterbaume on tests against AWS")]
    public void Conditions_are_checked_before_the_table_is_looked_for(string condition, string message) => Refused($"SELECT * FROM \"Nope\" WHERE p = 'x' AND {condition}", message);

    [TestCase("<", "BOOL")]
    [TestCase("<=", "NULL")]
    [TestCase(">", "L")]
    [TestCase(">=", "SS")]
    [TestCase("BETWEEN ? AND", "BOOL")]
    [Observed(Conformance)]
    public void Only_scalars_have_an_order(string op, string type)
    {
        AttributeValue value = type switch
        {
            "BOOL" => new() { BOOL = true },
            "NULL" => new() { NULL = true },
            "L" => new() { L = [S("a")] },
            _ => new() { SS = ["a"] },
        };
        AttributeValue[] parameters = op.StartsWith("BETWEEN", StringComparison.Ordinal) ? [value, value] : [value];
        Refused($"SELECT p FROM \"Hash\" WHERE p = 'x' AND val {op} ?", $"Incorrect operand type for operator or function; operator or function: {op.Split(' ')[0]}, operand type: {type}", parameters);
    }

    [Test]
    [Observed("2024, getmoto/moto tests/test_dynamodb/test_dynamodb_statements.py")]
    public void Parameters_and_question_marks_are_as_many()
    {
        const string message = "Number of parameters in request and statement don't match.";
        Assert.Multiple(() =>
        {
            Refused("SELECT * FROM \"Hash\" WHERE p = ? AND a = ?", message, S("x"));
            Refused("SELECT * FROM \"Hash\" WHERE p = ?", message);
            Refused("SELECT * FROM \"Hash\" WHERE p = '?'", message, S("x"));
        });
    }

    [Test]
    [Observed(Floci)]
    public void Parameters_are_looked_at_before_the_statement() =>
        Refused("UPDATE \"Hash\" SET WHERE", "One or more parameter values were invalid: Input collection [a, a] contains duplicates.", new AttributeValue { SS = ["a", "a"] });

    [TestCase("SELECT l[-1] FROM \"Hash\"", "-1", "1")]
    [TestCase("SELECT l[2147483648] FROM \"Hash\"", "2147483648", "2147483648")]
    [Observed(Floci)]
    public void Indexes_of_lists_are_natural_numbers(string statement, string index, string digits) =>
        Refused(statement, $"List index is not within the allowable range; index: [{index}] at {At(statement, digits)}");

    [TestCase("SELECT * FROM \"Hash\".\"i\".\"j\"", "A path may contain at most 2 components in the FROM clause")]
    [TestCase("SELECT * FROM \"Hash\".\"\"", "Path component cannot be an empty string")]
    [TestCase("SELECT * FROM \"\"", "Path component cannot be an empty string")]
    [TestCase("SELECT * FROM \"Hash\".\"no-such-index\" WHERE p = 'x'", "The table does not have the specified index")]
    [TestCase("SELECT * FROM \"Hash\".\"Hash\" WHERE p = 'x'", "The table does not have the specified index")]
    [TestCase("UPDATE \"Nope\".\"gsi\" SET a = 1 WHERE p = 'x'", "This operation is not supported on an index")]
    [TestCase("DELETE FROM \"Nope\".\"gsi\" WHERE p = 'x'", "This operation is not supported on an index")]
    [TestCase("INSERT INTO \"Nope\".\"gsi\" VALUE {'p': 'x'}", "FROM clause may only contain a single table name in data manipulation statements at 1:13:6")]
    [TestCase("EXISTS(SELECT * FROM \"Hash\" WHERE p = 'x' AND a IS MISSING)", "EXISTS can only be used in ExecuteTransaction write requests.")]
    [Observed(Conformance + "; " + Dynoxide + "; " + Floci)]
    public void What_is_well_formed_may_be_refused_all_the_same(string statement, string message) => Refused(statement, message);

    [Test]
    public void An_absent_table_is_not_named() =>
        Fails(() => RunAsync("SELECT * FROM \"Nope\" WHERE p = 'x'"), "ResourceNotFoundException", "Requested resource not found");

    [Test]
    [Observed(Floci)]
    public async Task Comments_are_skipped()
    {
        await PutAsync(Hash, ("p", S("comments")), ("note", S("a--b /*c*/")));
        Assert.Multiple(async () =>
        {
            Assert.That(await RowsAsync("SELECT/**/* FROM \"Hash\" -- the table\nWHERE p/* key */='comments' --"), Has.Length.EqualTo(1));
            Assert.That(await RowsAsync("SELECT note FROM \"Hash\" WHERE p = 'comments' AND note = 'a--b /*c*/'; -- done"), Has.Length.EqualTo(1));
        });
    }

    [TestCase(0, "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [Observed(Dynoxide)]
    public void Limit_is_at_least_one(int limit, string message) =>
        Refuses(() => DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM \"Hash\"", Limit = limit }), $"1 validation error detected: {message}");

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html")]
    public void A_statement_has_8192_characters()
    {
        var statement = $"SELECT * FROM \"Hash\" WHERE p = '{new string('x', 8192)}'";
        Refused(statement, $"1 validation error detected: Value '{statement}' at 'statement' failed to satisfy constraint: Member must have length less than or equal to 8192");
    }
}
