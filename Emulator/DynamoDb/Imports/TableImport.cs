using System.Buffers;
using System.IO.Compression;
using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Imports;

/// <summary>One import under way: fills the table, which is there when it has ended.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Validation.html</remarks>
internal sealed class TableImport(DynamoDbService service, Call call, Table table, Import import)
{
    private const int PieceBytes = 64 * 1024;
    private const int BatchItems = 500;
    private const int BatchBytes = 1024 * 1024;

    private readonly StorageBucket _bucket = new(import.Request.S3BucketSource.S3Bucket, import.Request.S3BucketSource.S3BucketOwner ?? call.Account);
    private readonly List<Item> _batch = [];
    private int _batchBytes;
    private ImportCounts _counts;

    /// <summary>Runs to its end, which is stored.</summary>
    public async Task RunAsync()
    {
        IReadOnlyList<string> keys;
        try
        {
            keys = Keys(after: null);
        }
        catch (AwsException error) // S3 refuses the source: there is no table
        {
            await UpdateAsync(Refused(error));
            return;
        }
        var ended = false;
        await UnfinishedTables.BeginAsync(service, table);
        try
        {
            var result = await TryReadAsync(keys);
            await WriteAsync();
            await EndAsync(result with { Counts = _counts, Ended = service.Clock.GetUtcNow() });
            ended = true;
        }
        finally
        {
            if (!ended) await UnfinishedTables.RemoveAsync(service, table);
        }
    }

    private ValueTask<bool> UpdateAsync(Import changed) => service.Store.WriteAsync(transaction =>
    {
        ImportStore.Update(transaction, changed);
        return true;
    });

    private IReadOnlyList<string> Keys(string? after) => service.Objects.List(call, _bucket, import.Request.S3BucketSource.S3KeyPrefix ?? "", after);

    private Import Refused(AwsException error) => import.Fail($"S3{error.Code}", StorageFailure.Text(service, error), service.Clock.GetUtcNow());

    /// <summary>Reads all objects. What was read before S3 refuses one stays in the table.</summary>
    private async Task<Import> TryReadAsync(IReadOnlyList<string> keys)
    {
        try
        {
            for (; keys.Count > 0; keys = Keys(after: keys[^1]))
            {
                foreach (var key in keys) await ReadAsync(key);
            }
        }
        catch (AwsException error)
        {
            return Refused(error);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return import.Fail("InternalServerError", error.Message, service.Clock.GetUtcNow());
        }
        return _counts.Errors == 0 ? import with { Status = Import.Completed } : import.Fail(
            "ItemValidationError", "Some of the items failed validation checks and were not imported. Please check CloudWatch error logs for more details.", service.Clock.GetUtcNow());
    }

    private async Task ReadAsync(string key)
    {
        await using var source = await service.Objects.ReadAsync(call, _bucket, key);
        await using var content = import.Request.InputCompressionType == "GZIP" ? new GZipStream(source, CompressionMode.Decompress) : source;
        var reader = NewReader();
        var found = new List<Item>();
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (!reader.IsBroken && await content.ReadAsync(piece, call.Cancelled) is > 0 and var length)
            {
                _counts = _counts with { SizeBytes = _counts.SizeBytes + length };
                reader.Read(piece.AsSpan(0, length), found);
                await AddAsync(found);
            }
            if (!reader.IsBroken) reader.End(found);
        }
        catch (InvalidDataException) // not gzip
        {
            found.Add(default);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
        await AddAsync(found);
    }

    private ItemReader NewReader() => import.Request.InputFormat == "CSV"
        ? new CsvItemReader(table, import.Request.InputFormatOptions?.Csv?.Delimiter, import.Request.InputFormatOptions?.Csv?.HeaderList)
        : new JsonItemReader(table);

    /// <summary>Counts what was found, absent items as errors, and writes what suffices for a transaction.</summary>
    private async ValueTask AddAsync(List<Item> found)
    {
        foreach (var item in found)
        {
            _counts = item.IsAbsent
                ? _counts with { Processed = _counts.Processed + 1, Errors = _counts.Errors + 1 }
                : _counts with { Processed = _counts.Processed + 1, Imported = _counts.Imported + 1 };
            if (item.IsAbsent) continue;
            _batch.Add(item);
            _batchBytes += item.Size;
            if (_batch.Count >= BatchItems || _batchBytes >= BatchBytes) await WriteAsync();
        }
        found.Clear();
    }

    private async ValueTask WriteAsync()
    {
        call.Cancelled.ThrowIfCancellationRequested();
        await service.Store.WriteAsync(transaction =>
        {
            foreach (var item in _batch)
            {
                var key = ItemKey.Of(table, item.Attributes);
                TableItems.Replace(transaction, table, key, TableItems.Get(transaction, key), item, new(call.Now));
            }
            ImportStore.Update(transaction, import with { Counts = _counts });
            return _batch.Count;
        });
        _batch.Clear();
        _batchBytes = 0;
    }

    /// <summary>Makes the table known, unless one of its name was made meanwhile.</summary>
    private async Task EndAsync(Import result)
    {
        await service.Store.WriteAsync(transaction =>
        {
            if (!UnfinishedTables.End(transaction, table)) return false;
            var isTaken = TableStore.IsTaken(transaction, import.Table, service.Clock.GetUtcNow());
            if (isTaken) TableStore.DeleteEntries(transaction, table.Space.Whole);
            else TableStore.Put(transaction, service.Transitions.Created(table, service.Clock.GetUtcNow()));
            ImportStore.Update(transaction, isTaken ? result.Fail("ResourceInUseException", $"Table already exists: {table.Name}", result.Ended!.Value) : result);
            return true;
        });
    }
}
