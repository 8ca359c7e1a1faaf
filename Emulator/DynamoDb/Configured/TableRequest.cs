using System.Text.Json;
using Emulator.Configuration;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Operations;

namespace Emulator.DynamoDb.Configured;

/// <summary>The CreateTable that a declared table stands for: so that the same rules hold for both, in the same words.</summary>
internal static class TableRequest
{
    public static CreateTableInput Of(string name, TableConfig declared)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content)) Write(json, name, declared);
        return InputReader.Decode(content.GetBuffer().AsSpan(0, (int)content.Length), CreateTableInput.Decode);
    }

    private static void Write(Utf8JsonWriter json, string name, TableConfig declared)
    {
        json.WriteStartObject();
        json.WriteString("TableName", name);
        WriteDefinitions(json, declared);
        WriteKeys(json, [declared.PartitionKey], declared.SortKey is { } sort ? [sort] : []);
        WriteThroughput(json, declared.ReadCapacityUnits, declared.WriteCapacityUnits);
        WriteIndexes(json, "LocalSecondaryIndexes", declared, isLocal: true);
        WriteIndexes(json, "GlobalSecondaryIndexes", declared, isLocal: false);
        if (declared.Stream is { } view)
        {
            json.WriteStartObject("StreamSpecification");
            json.WriteBoolean("StreamEnabled", true);
            json.WriteString("StreamViewType", view);
            json.WriteEndObject();
        }
        if (declared.TableClass is { } tableClass) json.WriteString("TableClass", tableClass);
        if (declared.DeletionProtection) json.WriteBoolean("DeletionProtectionEnabled", true);
        if (declared.Encryption is { } encryption) WriteEncryption(json, encryption);
        if (declared.Tags.Count > 0) WriteTags(json, declared.Tags);
        json.WriteEndObject();
    }

    /// <summary>Each attribute that is a key of the table or of an index, once.</summary>
    private static void WriteDefinitions(Utf8JsonWriter json, TableConfig declared)
    {
        IEnumerable<KeyAttribute> all = [declared.PartitionKey, .. declared.SortKey is { } sort ? new[] { sort } : [], .. declared.Indexes.Values.SelectMany(index => index.PartitionKeys.Concat(index.SortKeys))];
        json.WriteStartArray("AttributeDefinitions");
        foreach (var key in all.DistinctBy(key => key.Name))
        {
            json.WriteStartObject();
            json.WriteString("AttributeName", key.Name);
            json.WriteString("AttributeType", key.Type);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteKeys(Utf8JsonWriter json, IReadOnlyList<KeyAttribute> partition, IReadOnlyList<KeyAttribute> sort)
    {
        json.WriteStartArray("KeySchema");
        foreach (var (key, type) in partition.Select(key => (key, "HASH")).Concat(sort.Select(key => (key, "RANGE"))))
        {
            json.WriteStartObject();
            json.WriteString("AttributeName", key.Name);
            json.WriteString("KeyType", type);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteThroughput(Utf8JsonWriter json, long? read, long? write)
    {
        json.WriteString("BillingMode", read is null && write is null ? "PAY_PER_REQUEST" : "PROVISIONED");
        WriteUnits(json, read, write);
    }

    private static void WriteUnits(Utf8JsonWriter json, long? read, long? write)
    {
        if (read is null && write is null) return;
        json.WriteStartObject("ProvisionedThroughput");
        json.WriteNumber("ReadCapacityUnits", read ?? 1);
        json.WriteNumber("WriteCapacityUnits", write ?? 1);
        json.WriteEndObject();
    }

    private static void WriteIndexes(Utf8JsonWriter json, string member, TableConfig declared, bool isLocal)
    {
        var indexes = declared.Indexes.Where(index => index.Value.IsLocal == isLocal).ToList();
        if (indexes.Count == 0) return;
        json.WriteStartArray(member);
        foreach (var (name, index) in indexes)
        {
            json.WriteStartObject();
            json.WriteString("IndexName", name);
            WriteKeys(json, isLocal ? [declared.PartitionKey] : index.PartitionKeys, index.SortKeys);
            WriteProjection(json, index);
            // An index of a provisioned table has as much as the table where nothing else is said.
            if (!isLocal) WriteUnits(json, index.ReadCapacityUnits ?? declared.ReadCapacityUnits, index.WriteCapacityUnits ?? declared.WriteCapacityUnits);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteProjection(Utf8JsonWriter json, IndexConfig index)
    {
        json.WriteStartObject("Projection");
        json.WriteString("ProjectionType", index.Projection);
        if (index.NonKeyAttributes.Count > 0)
        {
            json.WriteStartArray("NonKeyAttributes");
            foreach (var attribute in index.NonKeyAttributes) json.WriteStringValue(attribute);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteEncryption(Utf8JsonWriter json, string encryption)
    {
        json.WriteStartObject("SSESpecification");
        json.WriteBoolean("Enabled", true);
        json.WriteString("SSEType", "KMS");
        if (encryption != "kms") json.WriteString("KMSMasterKeyId", encryption);
        json.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter json, IReadOnlyDictionary<string, string> tags)
    {
        json.WriteStartArray("Tags");
        foreach (var (key, value) in tags)
        {
            json.WriteStartObject();
            json.WriteString("Key", key);
            json.WriteString("Value", value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
