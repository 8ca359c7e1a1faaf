using System.Globalization;

namespace Emulator.DynamoDb.Streams;

/// <summary>A record's place in its stream as AWS writes it: the shard's number, from one on, and twenty digits of the record's.</summary>
/// <remarks>Numbers seen on AWS have that form: <c>100000000023373864478</c>, <c>4000000000000642977831</c> (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.LowLevel.Walkthrough.html).</remarks>
internal static class SequenceNumber
{
    private const int SerialDigits = 20;

    public static string Format(long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"{StreamTime.Generation(serial) + 1}{serial.ToString("D20", CultureInfo.InvariantCulture)}");

    /// <summary>The serial; null where this is no number of a record.</summary>
    public static long? Parse(string text)
    {
        if (text.Length <= SerialDigits || !long.TryParse(text.AsSpan(text.Length - SerialDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var serial)) return null;
        return Format(serial) == text ? serial : null;
    }
}
