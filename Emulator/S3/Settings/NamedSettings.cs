using System.Text;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Listing;
using Emulator.S3.Rows;
using Emulator.Storage;

namespace Emulator.S3.Settings;

/// <summary>Settings of which a bucket has many, each with an id: analytics, inventory, metrics and intelligent-tiering configurations.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html and its like. Nothing is analysed, listed, measured or moved: they are kept and described.</remarks>
internal sealed class NamedSettings(string name, XmlShape shape, string listRoot)
{
    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html</summary>
    private const int Most = 1000;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketInventoryConfigurations.html</summary>
    private const int PageSize = 100;

    public static NamedSettings Analytics { get; } = new("analytics", SettingShapes.Analytics, "ListBucketAnalyticsConfigurationResult");
    public static NamedSettings IntelligentTiering { get; } = new("intelligent-tiering", SettingShapes.IntelligentTiering, "ListBucketIntelligentTieringConfigurationsOutput");
    public static NamedSettings Inventory { get; } = new("inventory", SettingShapes.Inventory, "ListInventoryConfigurationsResult");
    public static NamedSettings Metrics { get; } = new("metrics", SettingShapes.Metrics, "ListMetricsConfigurationsResult");

    public async ValueTask<Bucket> Put(S3Service service, Call call, NamedInput input)
    {
        var document = shape.Check(await input.Document.ReadAsync(shape.Name, call.Cancelled));
        if (document.Value("Id") != input.Id) throw new AwsException("IdMismatch", "Document ID does not match the specified configuration ID.");
        CheckDestination(document);
        return await service.CommitAsync((tx, _) =>
        {
            var bucket = BucketStore.Require(tx, input.Bucket);
            Put(tx, Key(bucket, input.Id), KeyRange.Prefix(Key(bucket, "")), Fragment(document));
            return bucket;
        });
    }

    /// <summary>Puts what emulator.yaml declares, if there is nothing of its id.</summary>
    /// <returns>Whether what is stored is what is declared.</returns>
    public async ValueTask<bool> EnsureAsync(S3Service service, Bucket bucket, XmlNode document)
    {
        CheckDestination(shape.Check(document));
        var fragment = Fragment(document);
        return await service.CommitAsync((tx, _) =>
        {
            var key = Key(bucket, document.Value("Id")!);
            if (tx.TryGet(BucketSettings.Space, key, out var present)) return present.Span.SequenceEqual(fragment);
            Put(tx, key, KeyRange.Prefix(Key(bucket, "")), fragment);
            return true;
        });
    }

    private static void Put(IWriteTransaction tx, byte[] key, KeyRange all, byte[] fragment)
    {
        if (!tx.TryGet(BucketSettings.Space, key, out _) && tx.Range(BucketSettings.Space, all).Count() >= Most)
        {
            throw new AwsException("TooManyConfigurations", "You are attempting to create a new configuration but have already reached the 1,000-configuration limit.");
        }
        tx.Put(BucketSettings.Space, key, fragment);
    }

    public ValueTask<ReadOnlyMemory<byte>> Get(S3Service service, Call call, NamedInput input)
    {
        using var snapshot = service.Snapshot();
        return new(snapshot.TryGet(BucketSettings.Space, Key(BucketStore.Require(snapshot, input.Bucket), input.Id), out var row) ? row : throw NoSuchConfiguration());
    }

    public Reply Write(ReadOnlyMemory<byte> fragment) => new() { ContentType = "application/xml", Content = InNamespace(fragment.Span, shape.Name) };

    public async ValueTask<Bucket> Delete(S3Service service, Call call, NamedInput input) => await service.CommitAsync((tx, _) =>
    {
        var bucket = BucketStore.Require(tx, input.Bucket);
        if (!tx.Delete(BucketSettings.Space, Key(bucket, input.Id))) throw NoSuchConfiguration();
        return bucket;
    });

    public ValueTask<NamedPage> List(S3Service service, Call call, NamedInput input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        var range = KeyRange.Prefix(Key(bucket, ""));
        if (input.ContinuationToken is { } token)
        {
            var last = ContinuationToken.Decode(token) ?? throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token");
            range = range with { From = (byte[])[.. Key(bucket, Encoding.UTF8.GetString(last)), 0] };
        }
        var entries = snapshot.Range(BucketSettings.Space, range).Take(PageSize + 1).ToList();
        var next = entries.Count <= PageSize ? null : ContinuationToken.Encode(entries[PageSize - 1].Key.Span[Key(bucket, "").Length..]);
        return new(new NamedPage([.. entries.Take(PageSize).Select(entry => entry.Value)], input.ContinuationToken, next));
    }

    public Reply WriteList(NamedPage page)
    {
        var root = Encoding.UTF8.GetBytes(listRoot);
        var xml = new XmlBuilder().Root(root);
        foreach (var fragment in page.Fragments) xml.Raw(fragment.Span);
        xml.Element("IsTruncated"u8, page.Next is not null).Element("ContinuationToken"u8, page.Token).Element("NextContinuationToken"u8, page.Next);
        return xml.End(root).ToReply();
    }

    private byte[] Key(Bucket bucket, string id) => S3Keys.Setting(bucket.Id, $"{name}/{id}");

    private byte[] Fragment(XmlNode document)
    {
        var xml = new XmlBuilder();
        var start = xml.Written.Length;
        shape.Write(xml, document);
        return xml.Written[start..].ToArray();
    }

    private static ReadOnlyMemory<byte> InNamespace(ReadOnlySpan<byte> fragment, string name)
    {
        var xml = new XmlBuilder(fragment.Length + 128).Root(Encoding.UTF8.GetBytes(name));
        xml.Raw(fragment[(name.Length + 2)..]);
        return xml.Written;
    }

    // Observed: test_s3_put_inventory_report_exceptions.
    private static void CheckDestination(XmlNode document)
    {
        if (document.Name != "InventoryConfiguration") return;
        var bucket = document.Child("Destination")!.Child("S3BucketDestination")!.Value("Bucket")!;
        if (!bucket.StartsWith("arn:aws:s3:::", StringComparison.Ordinal)) throw new AwsException("InvalidS3DestinationBucket", "Invalid bucket ARN.");
    }

    private static AwsException NoSuchConfiguration() => new("NoSuchConfiguration", "The specified configuration does not exist.", 404);
}

/// <summary>One page of a list; the fragments are documents as they are stored, without a namespace.</summary>
internal sealed record NamedPage(IReadOnlyList<ReadOnlyMemory<byte>> Fragments, string? Token, string? Next);

internal sealed record NamedInput(BucketReference Bucket, string Id, string? ContinuationToken, S3Document Document)
{
    public static NamedInput Bind(RestRequest request) =>
        new(S3Request.Bucket(request), request.QueryValue("id") ?? "", request.QueryValue("continuation-token"), S3Request.Document(request));
}
