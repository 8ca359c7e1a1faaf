using System.Text;
using Emulator.Identifiers;
using Emulator.Protocols;
using Emulator.S3.Objects;

namespace Emulator.S3.Lifecycle;

/// <summary>How a configuration is stored: the document as it is answered, and beside it what comes in a header.</summary>
internal sealed record LifecycleDocument(string Document, string MinimumSize);

/// <summary>The lifecycle rules of a bucket.</summary>
/// <param name="MinimumSize">Which objects are too small to be moved where a filter says nothing of sizes.</param>
internal sealed record LifecycleConfiguration(IReadOnlyList<LifecycleRule> Rules, string MinimumSize)
{
    public const string MinimumSizeHeader = "x-amz-transition-default-minimum-object-size";

    public const string AllClasses = "all_storage_classes_128K";
    private const string ByClass = "varies_by_storage_class";

    /// <summary>Reads what is stored.</summary>
    public static LifecycleConfiguration Parse(LifecycleDocument stored) =>
        new(RulesOf(RestXml.Parse(Encoding.UTF8.GetBytes(stored.Document), "LifecycleConfiguration")), stored.MinimumSize);

    /// <summary>Checks what a client sends, and gives an id to each rule that has none.</summary>
    public static LifecycleDocument Accept(XmlNode document, string? minimumSize, IdSource ids)
    {
        if (minimumSize is not (null or AllClasses or ByClass)) throw S3Errors.InvalidRequest($"Invalid TransitionDefaultMinimumObjectSize found: {minimumSize}");
        LifecycleChecks.Check(RulesOf(LifecycleShape.Document.Check(document)));
        foreach (var rule in document.Children) rule.Default("ID", Convert.ToBase64String(Encoding.ASCII.GetBytes(ids.Uuid().ToString())));
        return new(Encoding.UTF8.GetString(LifecycleShape.Document.ToReply(document).Content.Span), minimumSize ?? AllClasses);
    }

    /// <summary>When the current object expires, and by which rule: <c>x-amz-expiration</c>. null where it does not.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html: the rule's id is URL-encoded.</remarks>
    public string? ExpirationHeader(StoredObject current)
    {
        (DateTimeOffset At, string Id)? first = null;
        foreach (var rule in Rules)
        {
            if (!rule.IsEnabled || rule.Expiration is not { } expiration || !rule.Filter.Fits(current)) continue;
            var at = expiration.Since(current.LastModified);
            if (first is null || at < first.Value.At) first = (at, rule.Id);
        }
        return first is { } told ? $"expiry-date=\"{told.At:R}\", rule-id=\"{Uri.EscapeDataString(told.Id)}\"" : null;
    }

    /// <summary>What has an upload end; null where nothing does.</summary>
    public AbortRule? AbortOf(string key, DateTimeOffset initiated)
    {
        AbortRule? first = null;
        foreach (var rule in Rules)
        {
            if (!rule.IsEnabled || rule.Abort is not { } abort || !rule.Filter.FitsKey(key)) continue;
            var at = abort.Since(initiated);
            if (first is null || at < first.At) first = new(at, rule.Id);
        }
        return first;
    }

    /// <summary>Whether a rule may move an object of that size to a storage class.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html</remarks>
    public bool AllowsSize(LifecycleRule rule, long size, string storageClass) =>
        size >= S3Limits.TransitionBytes || rule.Filter.HasSize || (MinimumSize == ByClass && storageClass is ("GLACIER" or "DEEP_ARCHIVE"));

    private static List<LifecycleRule> RulesOf(XmlNode document) => document.Children.ConvertAll(LifecycleRule.Parse);
}
