using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Emulator.Tests.DynamoDb.Backups;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Exports;

/// <summary>Tables with point-in-time recovery and a bucket.</summary>
internal abstract class ExportFixture(bool onDisk) : BackupFixture(onDisk)
{
    protected const string Bucket = "the-bucket";

    protected AmazonS3Client S3 { get; private set; } = null!;

    [SetUp]
    public async Task CreateBucketAsync()
    {
        S3 = Aws.CreateClient<AmazonS3Client>();
        await S3.PutBucketAsync(Bucket);
        await EnableRecoveryAsync(Hash);
        await EnableRecoveryAsync(Range);
    }

    [TearDown]
    public void DisposeClient() => S3.Dispose();

    protected static string ArnOf(string table) => $"arn:aws:dynamodb:us-east-1:{Account}:table/{table}";

    /// <summary>Exports and returns the description after its end.</summary>
    protected async Task<ExportDescription> ExportAsync(string table, Action<ExportTableToPointInTimeRequest>? with = null)
    {
        var request = new ExportTableToPointInTimeRequest { TableArn = ArnOf(table), S3Bucket = Bucket };
        with?.Invoke(request);
        var started = (await DynamoDb.ExportTableToPointInTimeAsync(request)).ExportDescription;
        Assert.That(started.ExportStatus.Value, Is.EqualTo("IN_PROGRESS"));
        return await DescribeAsync(started.ExportArn);
    }

    protected async Task<ExportDescription> DescribeAsync(string arn) => (await DynamoDb.DescribeExportAsync(new DescribeExportRequest { ExportArn = arn })).ExportDescription;

    protected async Task<List<string>> KeysAsync(string prefix = "") =>
        ((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = prefix })).S3Objects ?? []).ConvertAll(found => found.Key);

    protected async Task<byte[]> GetObjectAsync(string key)
    {
        using var response = await S3.GetObjectAsync(Bucket, key);
        using var content = new MemoryStream();
        await response.ResponseStream.CopyToAsync(content);
        return content.ToArray();
    }

    protected async Task<string> TextAsync(string key) => Encoding.UTF8.GetString(await GetObjectAsync(key));

    /// <summary>The lines of all data files.</summary>
    protected async Task<List<JsonNode>> LinesAsync(string dataFolder)
    {
        var lines = new List<JsonNode>();
        foreach (var key in await KeysAsync(dataFolder))
        {
            using var reader = new StreamReader(new GZipStream(new MemoryStream(await GetObjectAsync(key)), CompressionMode.Decompress));
            while (await reader.ReadLineAsync() is { } line) lines.Add(JsonNode.Parse(line)!);
        }
        return lines;
    }
}
