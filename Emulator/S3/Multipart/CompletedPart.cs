using System.Globalization;
using Emulator.Protocols;
using Emulator.S3.Checksums;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Multipart;

/// <summary>A part as a completion names it.</summary>
internal sealed record CompletedPart(int Number, string ETag, GivenChecksum? Checksum)
{
    /// <summary>The parts as they are named; of one that is named twice in a row the last naming counts.</summary>
    public static IReadOnlyList<CompletedPart> ReadAll(XmlNode document)
    {
        var parts = new List<CompletedPart>();
        foreach (var node in document.Only("Part").Children)
        {
            var part = Read(node);
            if (parts.Count > 0 && parts[^1].Number == part.Number) parts[^1] = part;
            else parts.Add(part);
        }
        return parts;
    }

    private static CompletedPart Read(XmlNode node)
    {
        var number = int.TryParse(node.Required("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : throw RestXml.MalformedXml();
        if (number is < 1 or > S3Limits.PartNumbers) throw S3Errors.InvalidArgument("PartNumber must be >= 1", "PartNumber", number.ToString());
        GivenChecksum? checksum = null;
        foreach (var algorithm in ChecksumAlgorithms.All)
        {
            if (node.Value("Checksum" + algorithm.Name()) is { } value) checksum = new(algorithm, value);
        }
        return new(number, node.Required("ETag"), checksum);
    }
}
