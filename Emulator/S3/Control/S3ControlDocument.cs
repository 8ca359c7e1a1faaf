using Emulator.Protocols;

namespace Emulator.S3.Control;

/// <summary>Documents in S3 Control's namespace.</summary>
internal static class S3ControlDocument
{
    public static XmlBuilder Open(ReadOnlySpan<byte> root) => new XmlBuilder().Root(root, "http://awss3control.amazonaws.com/doc/2018-08-20/"u8);
}
