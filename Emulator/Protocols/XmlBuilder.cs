using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Emulator.Protocols;

/// <summary>Writes an XML document as UTF-8, as S3 writes it: a declaration, a line feed, and elements without layout.</summary>
internal sealed class XmlBuilder
{
    /// <summary>The namespace of S3's documents.</summary>
    public const string S3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. "&<>\"\r"u8, .. Enumerable.Range(0, 32).Select(i => (byte)i).Where(b => b is not ((byte)'\t' or (byte)'\n'))]);

    private readonly ArrayBufferWriter<byte> _buffer;

    public XmlBuilder(int capacity = 512)
    {
        _buffer = new(capacity);
        Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
    }

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    /// <summary>Opens the root in S3's namespace.</summary>
    public XmlBuilder Root(ReadOnlySpan<byte> name) => Root(name, "http://s3.amazonaws.com/doc/2006-03-01/"u8);

    /// <summary>Opens the root in a namespace.</summary>
    public XmlBuilder Root(ReadOnlySpan<byte> name, ReadOnlySpan<byte> xmlNamespace)
    {
        Raw("<"u8);
        Raw(name);
        Raw(" xmlns=\""u8);
        Raw(xmlNamespace);
        Raw("\">"u8);
        return this;
    }

    public XmlBuilder Start(ReadOnlySpan<byte> name)
    {
        Raw("<"u8);
        Raw(name);
        Raw(">"u8);
        return this;
    }

    public XmlBuilder End(ReadOnlySpan<byte> name)
    {
        Raw("</"u8);
        Raw(name);
        Raw(">"u8);
        return this;
    }

    /// <summary>An element with text; nothing where the text is null.</summary>
    public XmlBuilder Element(ReadOnlySpan<byte> name, string? text)
    {
        if (text is null) return this;
        Start(name);
        Text(text);
        return End(name);
    }

    public XmlBuilder Element(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8Text)
    {
        Start(name);
        Text(utf8Text);
        return End(name);
    }

    public XmlBuilder Element(ReadOnlySpan<byte> name, long number)
    {
        Start(name);
        var span = _buffer.GetSpan(20);
        Utf8Formatter.TryFormat(number, span, out var written);
        _buffer.Advance(written);
        return End(name);
    }

    public XmlBuilder Element(ReadOnlySpan<byte> name, bool value) => Element(name, value ? "true"u8 : "false"u8);

    /// <summary>A moment as S3 writes it: <c>2026-01-02T03:04:05.000Z</c>.</summary>
    public XmlBuilder Element(ReadOnlySpan<byte> name, DateTimeOffset moment)
    {
        Start(name);
        var span = _buffer.GetSpan(24);
        moment.UtcDateTime.TryFormat(span, out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);
        _buffer.Advance(written);
        return End(name);
    }

    public XmlBuilder Text(string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = length <= 1024 ? null : ArrayPool<byte>.Shared.Rent(length);
        var span = rented ?? stackalloc byte[1024];
        Text(span[..Encoding.UTF8.GetBytes(text, span)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    /// <summary>Characters that XML 1.0 cannot hold are written as references all the same, as S3 does.</summary>
    public XmlBuilder Text(ReadOnlySpan<byte> utf8)
    {
        while (true)
        {
            var at = utf8.IndexOfAny(Escaped);
            if (at < 0)
            {
                Raw(utf8);
                return this;
            }
            Raw(utf8[..at]);
            switch (utf8[at])
            {
                case (byte)'&': Raw("&amp;"u8); break;
                case (byte)'<': Raw("&lt;"u8); break;
                case (byte)'>': Raw("&gt;"u8); break;
                case (byte)'"': Raw("&quot;"u8); break;
                case var control:
                    Raw("&#x"u8);
                    if (control >= 16) Raw("1"u8);
                    Raw("0123456789abcdef"u8.Slice(control & 15, 1));
                    Raw(";"u8);
                    break;
            }
            utf8 = utf8[(at + 1)..];
        }
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        bytes.CopyTo(_buffer.GetSpan(bytes.Length));
        _buffer.Advance(bytes.Length);
    }

    public Reply ToReply(int statusCode = 200) => new() { StatusCode = statusCode, ContentType = "application/xml", Content = Written };
}
