using System.Globalization;

namespace Emulator.Iam.Sts;

/// <summary>What the operations of STS read alike.</summary>
internal static class StsForm
{
    public static int? Seconds(IReadOnlyDictionary<string, string> form)
    {
        if (!form.TryGetValue("DurationSeconds", out var text)) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) ? seconds : throw StsErrors.MalformedInput();
    }

    /// <summary>Whether the caller signs with temporary credentials.</summary>
    public static bool IsSession(Caller caller) => caller.Kind is CallerKind.AssumedRole || caller.AccessKeyId?.StartsWith("ASIA", StringComparison.Ordinal) == true;
}
