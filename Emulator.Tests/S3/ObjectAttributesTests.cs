using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html")]
[Observed("2026, recorded answers: get_object_attributes")]
internal sealed class ObjectAttributesTests : VersioningFixture
{
    private static readonly ObjectAttributes[] All = [ObjectAttributes.ETag, ObjectAttributes.Checksum, ObjectAttributes.ObjectParts, ObjectAttributes.StorageClass, ObjectAttributes.ObjectSize];

    [Test]
    public async Task Only_what_is_asked_for_is_told()
    {
        await PutAsync("key", "data", put => put.ChecksumAlgorithm = ChecksumAlgorithm.CRC32);
        var all = await AttributesAsync("key", All);
        Assert.That((all.ETag, all.ObjectSize, all.StorageClass, all.Checksum.ChecksumCRC32, all.Checksum.ChecksumType, all.ObjectParts),
            Is.EqualTo(("8d777f385d3dfec8815d20f7496026dc", (long?)4, S3StorageClass.Standard, "rfPzYw==", ChecksumType.FULL_OBJECT, (GetObjectAttributesParts?)null)));
        var one = await AttributesAsync("key", ObjectAttributes.ObjectSize);
        Assert.That((one.ETag, one.Checksum, one.StorageClass, one.ObjectSize), Is.EqualTo(((string?)null, (Checksum?)null, (S3StorageClass?)null, (long?)4)));
        Assert.That(one.LastModified, Is.Not.Null);
    }

    [Test]
    public async Task Parts_are_told_where_each_has_a_checksum()
    {
        await UploadAsync("composite", 7, ChecksumAlgorithm.SHA256, ChecksumType.COMPOSITE);
        await UploadAsync("whole", 2, ChecksumAlgorithm.CRC32, ChecksumType.FULL_OBJECT);
        var composite = (await AttributesAsync("composite", All)).ObjectParts;
        Assert.That((composite.TotalPartsCount, composite.PartNumberMarker, composite.NextPartNumberMarker, composite.MaxParts, composite.IsTruncated), Is.EqualTo(((int?)2, (int?)0, (int?)8, (int?)1000, (bool?)false)));
        Assert.That(composite.Parts.Select(part => (part.PartNumber, part.Size, part.ChecksumSHA256 is null)), Is.EqualTo(new[] { ((int?)7, (long?)(5 << 20), false), (8, 1, false) }));
        Assert.That((await AttributesAsync("composite", ObjectAttributes.Checksum)).Checksum.ChecksumSHA256, Does.Not.Contain("-"));
        var page = (await S3.GetObjectAttributesAsync(new GetObjectAttributesRequest { BucketName = TheBucket, Key = "composite", ObjectAttributes = [ObjectAttributes.ObjectParts], MaxParts = 1, PartNumberMarker = 0 })).ObjectParts;
        Assert.That((page.Parts.Single().PartNumber, page.IsTruncated, page.NextPartNumberMarker), Is.EqualTo(((int?)7, (bool?)true, (int?)7)));
        page = (await S3.GetObjectAttributesAsync(new GetObjectAttributesRequest { BucketName = TheBucket, Key = "composite", ObjectAttributes = [ObjectAttributes.ObjectParts], MaxParts = 1, PartNumberMarker = 10 })).ObjectParts;
        Assert.That((page.Parts, page.IsTruncated, page.NextPartNumberMarker), Is.EqualTo(((List<ObjectPart>?)null, (bool?)false, (int?)0)));

        var whole = (await AttributesAsync("whole", All)).ObjectParts;
        Assert.That((whole.TotalPartsCount, whole.Parts, whole.MaxParts), Is.EqualTo(((int?)2, (List<ObjectPart>?)null, (int?)null)));
    }

    [Test]
    public async Task A_version_has_its_own()
    {
        var one = await PutVersionAsync("key", "one");
        await PutAsync("key", "twenty");
        var old = await S3.GetObjectAttributesAsync(new GetObjectAttributesRequest { BucketName = TheBucket, Key = "key", VersionId = one, ObjectAttributes = [ObjectAttributes.ObjectSize] });
        Assert.That((old.VersionId, old.ObjectSize), Is.EqualTo((one, (long?)3)));
        var marker = (await DeleteAsync("key")).VersionId;
        await FailsAsync(() => AttributesAsync("key", All), "NoSuchKey", "The specified key does not exist.", HttpStatusCode.NotFound);
        await FailsAsync(() => S3.GetObjectAttributesAsync(new GetObjectAttributesRequest { BucketName = TheBucket, Key = "key", VersionId = marker, ObjectAttributes = [.. All] }),
            "MethodNotAllowed", "The specified method is not allowed against this resource.", HttpStatusCode.MethodNotAllowed);
    }

    [Test]
    public async Task The_header_must_name_attributes()
    {
        await PutAsync("key", "data");
        Assert.That((await AskAsync("")).Body, Does.Contain("<Code>InvalidRequest</Code><Message>The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty</Message>"));
        Assert.That((await AskAsync("ETag,Nonsense")).Body, Does.Contain("<Code>InvalidArgument</Code><Message>Invalid attribute name specified.</Message><ArgumentName>x-amz-object-attributes</ArgumentName><ArgumentValue>ETag,Nonsense</ArgumentValue>"));
        Assert.That((await AskAsync("ETag, ObjectSize")).Body, Does.EndWith("<ETag>8d777f385d3dfec8815d20f7496026dc</ETag><ObjectSize>4</ObjectSize></GetObjectAttributesResponse>"));

        Task<(HttpResponseMessage Response, string Body)> AskAsync(string names) => SendAsync(HttpMethod.Get, $"/{TheBucket}/key?attributes", null, ("x-amz-object-attributes", names));
    }

    private Task<GetObjectAttributesResponse> AttributesAsync(string key, params ObjectAttributes[] names) =>
        S3.GetObjectAttributesAsync(new GetObjectAttributesRequest { BucketName = TheBucket, Key = key, ObjectAttributes = [.. names] });

    private async Task UploadAsync(string key, int firstNumber, ChecksumAlgorithm algorithm, ChecksumType type)
    {
        var upload = await S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = TheBucket, Key = key, ChecksumAlgorithm = algorithm, ChecksumType = type });
        var parts = new List<PartETag>();
        foreach (var (number, size) in new[] { (firstNumber, 5 << 20), (firstNumber + 1, 1) })
        {
            var part = await S3.UploadPartAsync(new UploadPartRequest { BucketName = TheBucket, Key = key, UploadId = upload.UploadId, PartNumber = number, ChecksumAlgorithm = algorithm, InputStream = new MemoryStream(Bytes(size)) });
            parts.Add(new(number, part.ETag) { ChecksumSHA256 = part.ChecksumSHA256, ChecksumCRC32 = part.ChecksumCRC32 });
        }
        await S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = TheBucket, Key = key, UploadId = upload.UploadId, PartETags = parts, ChecksumType = type });
    }
}
