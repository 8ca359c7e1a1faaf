using System.IO.Compression;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Emulator.Tests.DynamoDb.Exports;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Imports;

/// <summary>A bucket with sources of imports into the table <c>Imported</c>, whose keys are <c>p</c> and, a number, <c>n</c>.</summary>
internal abstract class ImportFixture(bool onDisk) : ExportFixture(onDisk)
{
    protected const string Imported = "Imported";

    protected Task PutSourceAsync(string key, string text) => PutSourceAsync(key, Encoding.UTF8.GetBytes(text));

    protected Task PutSourceAsync(string key, byte[] content) =>
        S3.PutObjectAsync(new() { BucketName = Bucket, Key = key, InputStream = new MemoryStream(content) });

    protected static byte[] Compress(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }

    protected static ImportTableRequest Request(string prefix, InputFormat format) => new()
    {
        S3BucketSource = new() { S3Bucket = Bucket, S3KeyPrefix = prefix },
        InputFormat = format,
        TableCreationParameters = new()
        {
            TableName = Imported,
            AttributeDefinitions = [new("p", ScalarAttributeType.S), new("n", ScalarAttributeType.N)],
            KeySchema = [new("p", KeyType.HASH), new("n", KeyType.RANGE)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        },
    };

    /// <summary>Imports and returns the description after its end.</summary>
    protected async Task<ImportTableDescription> ImportAsync(string prefix, InputFormat format, Action<ImportTableRequest>? with = null)
    {
        var request = Request(prefix, format);
        with?.Invoke(request);
        var started = (await DynamoDb.ImportTableAsync(request)).ImportTableDescription;
        Assert.That(started.ImportStatus.Value, Is.EqualTo("IN_PROGRESS"));
        return await DescribeImportAsync(started.ImportArn);
    }

    protected async Task<ImportTableDescription> DescribeImportAsync(string arn) => (await DynamoDb.DescribeImportAsync(new DescribeImportRequest { ImportArn = arn })).ImportTableDescription;

    /// <summary>Status, and the counts of processed and imported items and of errors.</summary>
    protected static (string, long?, long?, long?) Outcome(ImportTableDescription import) => (import.ImportStatus.Value, import.ProcessedItemCount, import.ImportedItemCount, import.ErrorCount);
}
