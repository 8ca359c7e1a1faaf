using System.Buffers.Binary;
using System.Security.Cryptography;
using Emulator.DynamoDb.Output;

namespace Emulator.DynamoDb.Streams;

/// <summary>Records as GetRecords answers them, and as the event of a function carries them.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html</remarks>
internal static class StreamRecordJson
{
    /// <summary>Writes a record of GetRecords.</summary>
    public static void Write(JsonOutput json, TableStream stream, long serial, in StreamRecord record)
    {
        json.BeginObject();
        WriteMembers(json, stream, serial, record);
        if (record.ByTimeToLive) WriteIdentity(json, "Type"u8, "PrincipalId"u8);
        json.EndObject();
    }

    /// <summary>The event with which Lambda calls a function for records of a stream.</summary>
    /// <remarks>As AWS sent it: test_dynamodb_event_source_mapping of the recorded events. The members of userIdentity begin with small letters there: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html.</remarks>
    public static ReadOnlyMemory<byte> FunctionEvent(TableStream stream, IEnumerable<(long Serial, StreamRecord Record)> records)
    {
        var arn = stream.Arn;
        using var json = new JsonOutput();
        json.BeginObject();
        json.Member("Records"u8);
        json.BeginArray();
        foreach (var (serial, record) in records)
        {
            json.BeginObject();
            WriteMembers(json, stream, serial, record);
            if (record.ByTimeToLive) WriteIdentity(json, "type"u8, "principalId"u8);
            json.Member("eventSourceARN"u8);
            json.Text(arn);
            json.EndObject();
        }
        json.EndArray();
        json.EndObject();
        return json.ToArray();
    }

    private static void WriteMembers(JsonOutput json, TableStream stream, long serial, in StreamRecord record)
    {
        json.Member("eventID"u8);
        json.Text(EventId(stream, serial));
        json.Member("eventName"u8);
        json.Text(record.Event.ToString());
        json.Member("eventVersion"u8);
        json.Text("1.1"u8);
        json.Member("eventSource"u8);
        json.Text("aws:dynamodb"u8);
        json.Member("awsRegion"u8);
        json.Text(stream.Region);
        json.Member("dynamodb"u8);
        json.BeginObject();
        json.Member("ApproximateCreationDateTime"u8);
        json.Number((double)record.At.ToUnixTimeSeconds());
        json.Member("Keys"u8);
        json.Map(record.Keys);
        if (!record.New.IsEmpty)
        {
            json.Member("NewImage"u8);
            json.Map(record.New);
        }
        if (!record.Old.IsEmpty)
        {
            json.Member("OldImage"u8);
            json.Map(record.Old);
        }
        json.Member("SequenceNumber"u8);
        json.Text(SequenceNumber.Format(serial));
        json.Member("SizeBytes"u8);
        json.Number(record.SizeBytes);
        json.Member("StreamViewType"u8);
        json.Text(stream.ViewType);
        json.EndObject();
    }

    private static void WriteIdentity(JsonOutput json, ReadOnlySpan<byte> type, ReadOnlySpan<byte> principal)
    {
        json.Member("userIdentity"u8);
        json.BeginObject();
        json.Member(type);
        json.Text("Service"u8);
        json.Member(principal);
        json.Text("dynamodb.amazonaws.com"u8);
        json.EndObject();
    }

    /// <summary>The same each time that the record is read.</summary>
    private static string EventId(TableStream stream, long serial)
    {
        Span<byte> source = stackalloc byte[24];
        stream.Id.TryWriteBytes(source, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(source[16..], serial);
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(source, hash);
        return Convert.ToHexStringLower(hash);
    }
}
