using System.Text;
using Emulator.Protocols;
using NUnit.Framework;

namespace Emulator.Tests.Protocols;

/// <summary>Documents of clients are read within bounds, or refused at once.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html")]
internal sealed class RestXmlTests
{
    [Test]
    public void Elements_and_their_texts_are_read()
    {
        var root = Parse("<?xml version=\"1.0\"?>\n<!-- a --><Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\n <Quiet>true</Quiet>\n <Object><Key>a&amp;b<![CDATA[<c>]]>&#13;</Key></Object></Delete>", "Delete");
        Assert.That((root.Value("Quiet"), root.Child("Object")!.Value("Key"), root.Value("Absent")), Is.EqualTo(("true", "a&b<c>\r", (string?)null)));
    }

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("text")]
    [TestCase("<Other/>")]
    [TestCase("<Delete>")]
    [TestCase("<Delete></Delete><Delete/>")]
    [TestCase("<Delete></Delete>text")]
    [TestCase("<Delete>&unknown;</Delete>")]
    [TestCase("<!DOCTYPE Delete [<!ENTITY a \"b\">]><Delete>&a;</Delete>")]
    [TestCase("<!DOCTYPE Delete SYSTEM \"file:///etc/passwd\"><Delete/>")]
    [TestCase("<Delete>\u0001</Delete>")]
    public void What_is_not_such_a_document_is_malformed(string text) =>
        Assert.That(() => Parse(text, "Delete"), Throws.TypeOf<AwsException>().With.Property(nameof(AwsException.Code)).EqualTo("MalformedXML"));

    [Test]
    public void A_document_is_not_deep() =>
        Assert.That(() => Parse(string.Concat(Enumerable.Repeat("<a>", 100_000)), "a"), Throws.TypeOf<AwsException>().With.Property(nameof(AwsException.Code)).EqualTo("MalformedXML"));

    [Test]
    public void A_document_has_not_more_elements_than_any_operation_needs() =>
        Assert.That(() => Parse($"<a>{string.Concat(Enumerable.Repeat("<b/>", 300_000))}</a>", "a"), Throws.TypeOf<AwsException>());

    [Test]
    public void A_body_is_read_no_further_than_its_limit() =>
        Assert.That(async () => await RestXml.ReadBodyAsync(new Endless(), 100_000, default), Throws.TypeOf<AwsException>().With.Property(nameof(AwsException.Code)).EqualTo("MalformedXML"));

    [Test]
    public void Many_pieces_of_text_are_joined_in_linear_time()
    {
        var root = Parse($"<a>{string.Concat(Enumerable.Repeat("<![CDATA[x]]><!-- -->", 200_000))}</a>", "a");
        Assert.That(root.Text, Has.Length.EqualTo(200_000));
    }

    /// <summary>Documents with random damage: read or refused, and nothing else.</summary>
    [Test]
    public void Damage_ends_in_MalformedXML([Range(1, 20)] int seed)
    {
        var random = new System.Random(seed);
        var document = Encoding.UTF8.GetBytes("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Part><PartNumber>1</PartNumber><ETag>\"a\"</ETag></Part><Part><PartNumber>2</PartNumber><ETag>&quot;b&quot;</ETag></Part></CompleteMultipartUpload>");
        for (var i = 0; i < 2000; i++)
        {
            var damaged = document.ToList();
            for (var j = random.Next(1, 6); j > 0; j--)
            {
                var at = random.Next(damaged.Count);
                switch (random.Next(4))
                {
                    case 0: damaged[at] = (byte)random.Next(256); break;
                    case 1: damaged.RemoveAt(at); break;
                    case 2: damaged.Insert(at, (byte)"<>&;/!?[]\"'"[random.Next(11)]); break;
                    default: damaged.RemoveRange(at, Math.Min(random.Next(20), damaged.Count - at)); break;
                }
                if (damaged.Count == 0) break;
            }
            try
            {
                RestXml.Parse(damaged.ToArray(), "CompleteMultipartUpload");
            }
            catch (AwsException error)
            {
                Assert.That(error.Code, Is.EqualTo("MalformedXML"));
            }
        }
    }

    [Test]
    [Observed("2024, recorded answers: keys with control characters in lists")]
    public void Texts_are_escaped()
    {
        var xml = new XmlBuilder().Start("Key"u8).Text("a&b<c>\"d\" \t\n\r\u0001\u001f한").End("Key"u8);
        Assert.That(Encoding.UTF8.GetString(xml.Written.Span), Is.EqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Key>a&amp;b&lt;c&gt;&quot;d&quot; \t\n&#xd;&#x1;&#x1f;한</Key>"));
    }

    private static XmlNode Parse(string text, string root) => RestXml.Parse(Encoding.UTF8.GetBytes(text), root);

    private sealed class Endless : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}
