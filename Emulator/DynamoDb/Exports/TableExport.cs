using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Emulator.DynamoDb.Tables;
using Emulator.Integration;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Exports;

/// <summary>One export under way: writes the data files, then the manifests.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html; the names of the checksum files are those that test_dynamodb_export_table.py of getmoto/moto found in AWS.</remarks>
internal sealed class TableExport(DynamoDbService service, Call call, Table table, Export export)
{
    /// <summary>Compressed bytes of a data file, which is made in memory.</summary>
    private const int FileBytes = 8 * 1024 * 1024;

    private readonly StorageBucket _bucket = new(export.Request.Bucket, export.Request.BucketOwner ?? call.Account);
    private readonly List<ExportedFile> _files = [];
    private long _items;
    private long _bytes;

    /// <summary>Runs to its end, which is stored; disposes the snapshot.</summary>
    public async Task RunAsync(ISnapshot snapshot)
    {
        using (snapshot) await ExportStore.EndAsync(service, await TryAsync(snapshot));
    }

    private async Task<Export> TryAsync(ISnapshot snapshot)
    {
        try
        {
            await WriteAsync("_started", []);
            await WriteDataAsync(snapshot);
            var ended = export with { Status = Export.Completed, Ended = service.Clock.GetUtcNow(), ItemCount = _items, SizeBytes = _bytes };
            await WriteManifestsAsync(ended);
            return ended;
        }
        catch (AwsException error)
        {
            return export.Fail($"S3{error.Code}", StorageFailure.Text(service, error), service.Clock.GetUtcNow());
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return export.Fail("InternalServerError", error.Message, service.Clock.GetUtcNow());
        }
    }

    /// <summary>At least one file for each partition, in which all items of the file lie.</summary>
    private async Task WriteDataAsync(ISnapshot snapshot)
    {
        var partition = 0;
        var file = new DataFile();
        foreach (var line in ExportedLine.All(snapshot, table, export))
        {
            call.Cancelled.ThrowIfCancellationRequested();
            for (; partition < line.Partition; partition++) file = await NextAsync(file);
            file.Add(line.Text);
            _items++;
            _bytes += line.SizeBytes;
            if (file.Length >= FileBytes) file = await NextAsync(file);
        }
        for (; partition < Partitions.Count(table); partition++) file = await NextAsync(file);
    }

    /// <summary>Writes a file and begins the next.</summary>
    private async Task<DataFile> NextAsync(DataFile file)
    {
        var key = $"{export.DataFolder}/{service.Ids.LowerAlphanumeric(26)}.json.gz";
        using var written = file;
        var content = file.Complete();
        var md5 = await MD5.HashDataAsync(content, call.Cancelled);
        content.Position = 0;
        await service.Objects.WriteAsync(call, _bucket, key, content);
        _files.Add(new(file.Items, Convert.ToBase64String(md5), Convert.ToHexStringLower(md5), key));
        return new DataFile();
    }

    private async Task WriteManifestsAsync(Export ended)
    {
        var files = new StringBuilder();
        foreach (var file in _files) files.Append(JsonSerializer.Serialize(file, ExportJson.Default.ExportedFile)).Append('\n');
        await WriteWithChecksumAsync("manifest-files", Encoding.UTF8.GetBytes(files.ToString()));
        await WriteWithChecksumAsync("manifest-summary", Summary(ended));
    }

    private async Task WriteWithChecksumAsync(string name, byte[] content)
    {
        await WriteAsync($"{name}.json", content);
        await WriteAsync($"{name}.md5", Encoding.UTF8.GetBytes(Convert.ToBase64String(MD5.HashData(content))));
    }

    private async Task WriteAsync(string name, byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        await service.Objects.WriteAsync(call, _bucket, $"{export.Folder}/{name}", stream);
    }

    private byte[] Summary(Export ended)
    {
        var request = ended.Request;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, AwsJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("version", request.IsIncremental ? "2023-08-01" : "2020-06-30");
            json.WriteString("exportArn", ended.Arn);
            json.WriteString("startTime", Text(ended.Started));
            json.WriteString("endTime", Text(ended.Ended!.Value));
            json.WriteString("tableArn", ended.TableArn);
            json.WriteString("tableId", ended.TableId.ToString());
            if (request.IsIncremental)
            {
                json.WriteString("exportFromTime", Text(request.From!.Value));
                json.WriteString("exportToTime", Text(request.To ?? ended.Started));
            }
            else
            {
                json.WriteString("exportTime", Text(request.ExportTime ?? ended.Started));
            }
            json.WriteString("s3Bucket", request.Bucket);
            json.WriteString("s3Prefix", request.Prefix);
            json.WriteString("s3SseAlgorithm", "AES256");
            json.WriteNull("s3SseKmsKeyId");
            json.WriteString("manifestFilesS3Key", $"{ended.Folder}/manifest-files.json");
            json.WriteNumber("billedSizeBytes", _bytes);
            json.WriteNumber("itemCount", _items);
            json.WriteString("outputFormat", "DYNAMODB_JSON");
            if (request.IsIncremental) json.WriteString("outputView", request.View);
            json.WriteString("exportType", request.Type);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Lines, compressed.</summary>
    private sealed class DataFile : IDisposable
    {
        private readonly MemoryStream _content = new();
        private readonly GZipStream _compressed;

        public DataFile() => _compressed = new(_content, CompressionLevel.Fastest, leaveOpen: true);

        public long Items { get; private set; }

        /// <summary>Of what is compressed so far.</summary>
        public long Length => _content.Length;

        public void Add(byte[] line)
        {
            _compressed.Write(line);
            _compressed.WriteByte((byte)'\n');
            Items++;
        }

        public MemoryStream Complete()
        {
            _compressed.Dispose();
            _content.Position = 0;
            return _content;
        }

        public void Dispose()
        {
            _compressed.Dispose();
            _content.Dispose();
        }
    }
}
