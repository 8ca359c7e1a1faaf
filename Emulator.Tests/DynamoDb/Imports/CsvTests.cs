using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Imports;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Format.html")]
internal sealed class CsvTests() : ImportFixture(onDisk: false)
{
    [TestCase("p,n,v\na,1,x\nb,2.50,007\n", "n=1,p=a,v=x n=2.5,p=b,v=007", TestName = "Keys have their types and all else are strings")]
    [TestCase("p,n,v\r\na,1,x\r\nb,2,y", "n=1,p=a,v=x n=2,p=b,v=y", TestName = "Lines end as on Windows, the last not at all")]
    [TestCase("p,n,v\ra,1,x\rb,2,y\r", "n=1,p=a,v=x n=2,p=b,v=y", TestName = "Lines end with returns")]
    [TestCase("\uFEFFp,n\na,1\n", "n=1,p=a", TestName = "The byte order mark is no part of the first name")]
    [TestCase("p,n,v\n\"\"\"123\"\"\",1,Women's Full Lenth Dress\n", "n=1,p=\"123\",v=Women's Full Lenth Dress", TestName = "Doubled quotes within quotes are quotes")]
    [TestCase("p,n,v\na,1,\"x,y\"\nb,2,\"x\ny\r\nz\"\n", "n=1,p=a,v=x,y n=2,p=b,v=x\ny\r\nz", TestName = "Delimiters and line ends within quotes are text")]
    [TestCase("p,n,v\na,1,\nb,2,\"\"\n", "n=1,p=a,v= n=2,p=b,v=", TestName = "An empty field is an empty string")]
    [TestCase("\n\np,n\n\na,1\n\n\nb,2\n\n", "n=1,p=a n=2,p=b", TestName = "Empty lines are passed over")]
    [TestCase("\"p\",\"n\"\n\"a\",\"1\"", "n=1,p=a", TestName = "Every field may be quoted")]
    [TestCase("n,é,p\n1, ü ,a\n", "n=1,p=a,é= ü ", TestName = "Columns come in any order and spaces count")]
    public async Task Csv_is_imported(string text, string expected)
    {
        await PutSourceAsync("data", text);
        var import = await ImportAsync("data", InputFormat.CSV);
        Assert.That((import.ImportStatus.Value, import.ErrorCount, await ItemsAsync(Imported)), Is.EqualTo(("COMPLETED", (long?)0, expected)));
    }

    [TestCase("p,n\na\nb,2\n", 2, "n=2,p=b", TestName = "A field too few")]
    [TestCase("p,n\na,1,x\nb,2\n", 2, "n=2,p=b", TestName = "A field too many")]
    [TestCase("p,n\na,one\nb,2\n", 2, "n=2,p=b", TestName = "A number that is none")]
    [TestCase("p,n\n,1\nb,2\n", 2, "n=2,p=b", TestName = "An empty key")]
    [TestCase("p,n\n\"a\"x,1\nb,2\n", 2, "n=2,p=b", TestName = "Text after closing quotes")]
    [TestCase("p,n\na\"x,1\nb,2\n", 2, "n=2,p=b", TestName = "A quote within a field without quotes")]
    [TestCase("p,n\nb,2\n\"a,1\nc,3\n", 2, "n=2,p=b", TestName = "Quotes without end")]
    [TestCase("title,artist\nThe Dark Side of the Moon,Pink Floyd\n", 1, "", TestName = "No column of the key")]
    [TestCase("p,n,p\na,1,b\n", 1, "", TestName = "The same name twice")]
    [TestCase("p,,n\na,1,b\n", 1, "", TestName = "A column without a name")]
    public async Task What_is_malformed_is_an_error(string text, int processed, string expected)
    {
        await PutSourceAsync("data", text);
        var import = await ImportAsync("data", InputFormat.CSV);
        Assert.That((Outcome(import), import.FailureCode, await ItemsAsync(Imported)), Is.EqualTo((("FAILED", (long?)processed, (long?)(processed - 1), (long?)1), "ItemValidationError", expected)));
    }

    [Test]
    public async Task The_size_of_a_source_is_that_of_all_its_bytes()
    {
        await PutSourceAsync("data", "title,artist,year_of_release\nThe Dark Side of the Moon,Pink Floyd,1973");
        var import = await ImportAsync("data", InputFormat.CSV);
        Assert.That((Outcome(import), import.ProcessedSizeBytes), Is.EqualTo((("FAILED", (long?)1, (long?)0, (long?)1), (long?)70)));
    }

    [Test]
    public async Task A_list_of_headers_makes_the_first_line_an_item([Values(",", ";", ":", "|", "\t", " ")] string delimiter)
    {
        await PutSourceAsync("data/1", $"a{delimiter}1{delimiter}x\n");
        await PutSourceAsync("data/2", $"b{delimiter}2{delimiter}\"{delimiter}\"\n");
        var import = await ImportAsync("data/", InputFormat.CSV, request => request.InputFormatOptions = new() { Csv = new() { Delimiter = delimiter, HeaderList = ["p", "n", "v"] } });
        Assert.That((import.ImportStatus.Value, import.InputFormatOptions.Csv.Delimiter, string.Concat(import.InputFormatOptions.Csv.HeaderList)), Is.EqualTo(("COMPLETED", delimiter, "pnv")));
        Assert.That(await ItemsAsync(Imported), Is.EqualTo($"n=1,p=a,v=x n=2,p=b,v={delimiter}"));
    }

    [Test]
    public async Task Each_object_has_a_header_of_its_own()
    {
        await PutSourceAsync("data/1", "p,n\na,1");
        await PutSourceAsync("data/2", "n,p\n2,b");
        await PutSourceAsync("data/3", "");
        Assert.That(Outcome(await ImportAsync("data/", InputFormat.CSV)), Is.EqualTo(("COMPLETED", (long?)2, (long?)2, (long?)0)));
        Assert.That(await ItemsAsync(Imported), Is.EqualTo("n=1,p=a n=2,p=b"));
    }

    [Test]
    public async Task Binary_keys_are_in_base_64()
    {
        await PutSourceAsync("data", "b,v\nAAEC,AAEC\n!,x\n");
        var import = await ImportAsync("data", InputFormat.CSV, request =>
        {
            request.TableCreationParameters.AttributeDefinitions = [new("b", ScalarAttributeType.B)];
            request.TableCreationParameters.KeySchema = [new("b", KeyType.HASH)];
        });
        var item = (await DynamoDb.ScanAsync(new ScanRequest(Imported))).Items.Single();
        Assert.That((import.ErrorCount, item["b"].B.ToArray(), item["v"].S), Is.EqualTo(((long?)1, new byte[] { 0, 1, 2 }, "AAEC")));
    }
}
