using System.Text;
using Emulator.DynamoDb.Imports;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Imports;

/// <summary>Whatever an object holds, it is read to its end; and however it comes in pieces, it is the same.</summary>
internal sealed class ReaderFuzzTests
{
    private static readonly string[] Json = ["{", "}", "[", "]", "\"", "\\", ":", ",", "\n", " ", "\"Item\":", "{\"Item\":{\"p\":{\"S\":\"a\"}}}", "{\"Item\":{\"p\":{\"N\":\"1\"}}}", "null", "\uFEFF", "é"];
    private static readonly string[] Csv = [",", "\"", "\"\"", "\n", "\r", "\r\n", "a", "p", "p,q\n", "a,b\n", "\"a\"", " ", "\uFEFF", "é", "\0"];

    private static readonly Table Table = new()
    {
        Name = "Notes",
        Account = "000000000000",
        Region = "us-east-1",
        Id = Guid.Empty,
        Created = default,
        AttributeDefinitions = [new("p", "S")],
        KeySchema = [new("p", "HASH")],
    };

    [Test]
    public void Any_bytes_are_read_in_any_pieces([Values] bool isCsv)
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var words = isCsv ? Csv : Json;
            var text = new StringBuilder();
            for (var length = random.Next(30); length > 0; length--) text.Append(words[random.Next(words.Length)]);
            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            if (bytes.Length > 0 && random.Next(5) == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var whole = Read(isCsv, bytes, bytes.Length);
            Assert.That(Read(isCsv, bytes, random.Next(1, 4)), Is.EqualTo(whole), text.ToString());
        }
    }

    [TestCase("{\"Item\":{\"p\":{\"S\":\"", "x")]
    [TestCase("p,q\n\"", "x")]
    [TestCase("p,q\n", ",")]
    public void What_has_no_end_is_given_up(string begin, string more)
    {
        ItemReader reader = begin[0] == '{' ? new JsonItemReader(Table) : new CsvItemReader(Table, null, null);
        var items = new List<Item>();
        reader.Read(Encoding.UTF8.GetBytes(begin), items);
        var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(more, 100_000)));
        for (var i = 0; i < 100 && !reader.IsBroken; i++) reader.Read(piece, items);
        Assert.That((reader.IsBroken, items.Count), Is.EqualTo((true, 1)));
    }

    private static string Read(bool isCsv, byte[] bytes, int pieceLength)
    {
        ItemReader reader = isCsv ? new CsvItemReader(Table, null, null) : new JsonItemReader(Table);
        var items = new List<Item>();
        for (var at = 0; at < bytes.Length; at += pieceLength) reader.Read(bytes.AsSpan(at, Math.Min(pieceLength, bytes.Length - at)), items);
        if (!reader.IsBroken) reader.End(items);
        return string.Join(' ', items.Select(item => item.IsAbsent ? "-" : Convert.ToHexString(item.Record.Span)));
    }
}
