using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Imports;

/// <summary>What an export writes, an import reads.</summary>
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Format.html")]
[TestFixture(false)]
[TestFixture(true)]
internal sealed class RoundTripTests(bool onDisk) : ImportFixture(onDisk)
{
    private Random _random = null!;

    [Test]
    public async Task An_imported_export_is_the_table([Values(1, 2)] int seed)
    {
        _random = new(seed);
        for (var batch = 0; batch < 12; batch++)
        {
            var items = Enumerable.Range(0, 25).Select(i => new WriteRequest(new PutRequest(NextItem($"{batch}-{i}"))));
            await DynamoDb.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>> { [Hash] = [.. items] });
        }
        var first = await ExportAsync(Hash, request => request.S3Prefix = "first");
        var import = await ImportAsync($"{Folder(first)}/data/", InputFormat.DYNAMODB_JSON, request =>
        {
            request.InputCompressionType = InputCompressionType.GZIP;
            request.TableCreationParameters.AttributeDefinitions = [new("p", ScalarAttributeType.S)];
            request.TableCreationParameters.KeySchema = [new("p", KeyType.HASH)];
        });
        Assert.That(Outcome(import), Is.EqualTo(("COMPLETED", (long?)300, (long?)300, (long?)0)));
        await EnableRecoveryAsync(Imported);
        var second = await ExportAsync(Imported, request => request.S3Prefix = "second");
        Assert.That(await TextsAsync(second), Is.EqualTo(await TextsAsync(first)));
        Assert.That((await DynamoDb.DescribeTableAsync(Imported)).Table.TableSizeBytes, Is.EqualTo((await DynamoDb.DescribeTableAsync(Hash)).Table.TableSizeBytes));
    }

    private static string Folder(ExportDescription export) => export.ExportManifest[..export.ExportManifest.LastIndexOf('/')];

    private async Task<List<string>> TextsAsync(ExportDescription export) =>
        [.. (await LinesAsync($"{Folder(export)}/data/")).Select(line => line.ToJsonString()).Order(StringComparer.Ordinal)];

    private Dictionary<string, AttributeValue> NextItem(string key)
    {
        var item = Item(("p", S(key)));
        for (var i = _random.Next(4); i > 0; i--) item[NextText() + i] = NextValue(depth: 0);
        return item;
    }

    private AttributeValue NextValue(int depth) => _random.Next(depth < 4 ? 10 : 8) switch
    {
        0 => S(NextText()),
        1 => N(NextNumber()),
        2 => new() { B = new MemoryStream(NextBytes()) },
        3 => new() { BOOL = _random.Next(2) == 0 },
        4 => new() { NULL = true },
        5 => new() { SS = [.. Some(NextText).Distinct()] },
        6 => new() { NS = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => (i * 1.5m).ToString(CultureInfo.InvariantCulture))] },
        7 => new() { BS = [new MemoryStream([1]), new MemoryStream([0, 2])] },
        8 => new() { L = [.. Some(() => NextValue(depth + 1))], IsLSet = true },
        _ => new() { M = Enumerable.Range(0, _random.Next(3)).ToDictionary(i => NextText() + i, _ => NextValue(depth + 1)), IsMSet = true },
    };

    private IEnumerable<T> Some<T>(Func<T> next) => [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => next())];

    private string NextText()
    {
        const string Characters = "ab{}[]\"\\,:\n\r\t\0 é\u2028😀";
        var text = new StringBuilder();
        foreach (var rune in Characters.EnumerateRunes().OrderBy(_ => _random.Next()).Take(_random.Next(6))) text.Append(rune.ToString());
        return text.ToString() + "x";
    }

    private byte[] NextBytes()
    {
        var bytes = new byte[_random.Next(5)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string NextNumber() => _random.Next(4) switch
    {
        0 => "0",
        1 => "-1.5E-130",
        2 => "9.9999999999999999999999999999999999999E+125",
        _ => (_random.Next(-1000, 1000) / 8m).ToString(CultureInfo.InvariantCulture),
    };
}
