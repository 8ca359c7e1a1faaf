using System.Text;
using Emulator.Lambda.Invocations;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.Invocations;

internal sealed class JsonPayloadTests
{
    [TestCase("{}")]
    [TestCase(" [1, 2.5e3, \"x\", null, true, {\"a\": []}] ")]
    [TestCase("\"text\"")]
    [TestCase("null")]
    public void Json_is_no_problem(string payload) => Assert.That(JsonPayload.Problem(Encoding.UTF8.GetBytes(payload)), Is.Null);

    [TestCase("hello", "Unrecognized token 'hello': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 1, 6)]
    [TestCase("{\"a\": nul}", "Unrecognized token 'nul': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 1, 10)]
    [TestCase("{foo: 1}", "Unexpected character ('f' (code 102)): was expecting double-quote to start field name", 1, 2)]
    [TestCase("{'foo': 1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 1, 2)]
    [TestCase("{\"a\" 1}", "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", 1, 6)]
    [TestCase("{\"a\": 1 \"b\": 2}", "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries", 1, 9)]
    [TestCase("[1 2]", "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 1, 4)]
    [Source("https://github.com/FasterXML/jackson-core")]
    public void What_is_not_json_is_told_in_the_words_of_jackson(string payload, string problem, int line, int column) =>
        Assert.That(JsonPayload.Problem(Encoding.UTF8.GetBytes(payload)),
            Is.EqualTo($"{problem}\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: {line}, column: {column}]"));

    [Test]
    public void An_end_in_the_midst_names_where_the_object_began()
    {
        const string source = "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)";
        Assert.That(JsonPayload.Problem("[1,\n {\"a\": 1"u8), Is.EqualTo($"Unexpected end-of-input: expected close marker for Object (start marker at {source}; line: 2, column: 2])\n at {source}; line: 2, column: 9]"));
    }

    [Test]
    public void Nothing_makes_it_throw()
    {
        var random = new Random(1);
        var letters = "{}[]\",:0123456789-+.eEtrufalsn \\\n\t\u00e9\u0001"u8.ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var payload = new byte[random.Next(1, 24)];
            for (var j = 0; j < payload.Length; j++) payload[j] = random.Next(8) == 0 ? (byte)random.Next(256) : letters[random.Next(letters.Length)];
            Assert.That(() => JsonPayload.Problem(payload), Throws.Nothing, Convert.ToHexString(payload));
        }
    }

    [Test]
    public void Depth_is_bounded() => Assert.That(JsonPayload.Problem(Encoding.UTF8.GetBytes(new string('[', 5_000_000))), Is.Not.Null);
}
