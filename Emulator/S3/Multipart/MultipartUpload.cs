using Emulator.S3.Access;
using Emulator.S3.Checksums;
using Emulator.S3.Encryption;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;
using Emulator.S3.Rows;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Multipart;

/// <summary>A multipart upload in progress.</summary>
internal sealed record MultipartUpload
{
    /// <summary>1 had no optional fields.</summary>
    private const byte Format = 2;

    /// <summary>What a row holds only where the upload has it, each after its number, which are those of <see cref="StoredObject"/>.</summary>
    private enum OptionalField : byte { Retention = 1, LegalHold = 2, Encryption = 3, Acl = 4 }

    public required string Key { get; init; }

    public required string UploadId { get; init; }

    public required DateTimeOffset Initiated { get; init; }

    /// <summary>Who began it: the account, or a user or role by its ARN.</summary>
    public required Owner Initiator { get; init; }

    /// <summary>null: the client named none; the object then gets the default one.</summary>
    public ChecksumAlgorithm? ChecksumAlgorithm { get; init; }

    public ChecksumType ChecksumType { get; init; }

    public string StorageClass { get; init; } = StoredObject.StandardClass;

    public required ObjectHeaders Headers { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>What the object will have.</summary>
    public Acl? Acl { get; init; }

    /// <summary>How the object will be encrypted.</summary>
    public ObjectEncryption Encryption { get; init; } = ObjectEncryption.S3;

    /// <summary>The lock of the object that the upload will make.</summary>
    public LockHeaders Lock { get; init; } = LockHeaders.None;

    /// <summary>Whether the key was written or deleted since: a conditional completion then conflicts.</summary>
    public bool IsDisturbed { get; init; }

    /// <summary>What is computed of each part.</summary>
    public ChecksumAlgorithm EffectiveAlgorithm => ChecksumAlgorithm ?? ObjectChecksum.DefaultAlgorithm;

    public ReadOnlyMemory<byte> ToRow()
    {
        var row = new RowWriter(Format).Number(Initiated.UtcTicks).Text(Initiator.Id).Text(Initiator.DisplayName)
            .Byte(ChecksumAlgorithm is { } algorithm ? (byte)(algorithm + 1) : (byte)0).Byte((byte)ChecksumType)
            .Text(StorageClass).Byte(IsDisturbed ? (byte)1 : (byte)0);
        Headers.Write(row);
        row.Number(Tags.Count);
        foreach (var tag in Tags) row.Text(tag.Key).Text(tag.Value);
        if (Lock.Retention is { } retention) row.Byte((byte)OptionalField.Retention).Byte((byte)retention.Mode).Number(retention.RetainUntil.UtcTicks);
        if (Lock.LegalHold is { } hold) row.Byte((byte)OptionalField.LegalHold).Byte(hold ? (byte)1 : (byte)0);
        if (Encryption != ObjectEncryption.S3) Encryption.Write(row.Byte((byte)OptionalField.Encryption));
        if (Acl is { } acl) acl.Write(row.Byte((byte)OptionalField.Acl));
        return row.ToRow();
    }

    public static MultipartUpload FromRow(string key, string uploadId, ReadOnlySpan<byte> bytes)
    {
        var row = new RowReader(bytes, Format);
        var initiated = new DateTimeOffset(row.Number(), TimeSpan.Zero);
        var initiator = new Owner(row.Text()!, row.Text());
        var algorithm = row.Byte();
        var upload = new MultipartUpload
        {
            Key = key,
            UploadId = uploadId,
            Initiated = initiated,
            Initiator = initiator,
            ChecksumAlgorithm = algorithm == 0 ? null : (ChecksumAlgorithm)(algorithm - 1),
            ChecksumType = (ChecksumType)row.Byte(),
            StorageClass = row.Text()!,
            IsDisturbed = row.Byte() != 0,
            Headers = ObjectHeaders.Read(ref row),
            Tags = StoredObject.ReadTags(ref row),
        };
        while (!row.AtEnd) upload = upload.ReadOptional(ref row);
        return upload;
    }

    private MultipartUpload ReadOptional(ref RowReader row) => (OptionalField)row.Byte() switch
    {
        OptionalField.Retention => this with { Lock = Lock with { Retention = new((RetentionMode)row.Byte(), new(row.Number(), TimeSpan.Zero)) } },
        OptionalField.LegalHold => this with { Lock = Lock with { LegalHold = row.Byte() != 0 } },
        OptionalField.Encryption => this with { Encryption = ObjectEncryption.Read(ref row) },
        OptionalField.Acl => this with { Acl = Acl.Read(ref row) },
        var unknown => throw new InvalidDataException($"An upload of S3 has the field {unknown}, which this emulator does not know. It was written by a newer one."),
    };
}

/// <summary>A part that has been uploaded.</summary>
/// <param name="Checksum">Base 64, by the upload's algorithm.</param>
internal sealed record UploadedPart(int Number, long Size, DateTimeOffset LastModified, string ETag, string Checksum, IReadOnlyList<Bodies.BodySlice> Slices)
{
    private const byte Format = 1;

    public ReadOnlyMemory<byte> ToRow()
    {
        var row = new RowWriter(Format).Number(Size).Number(LastModified.ToUnixTimeSeconds()).Text(ETag).Text(Checksum);
        Bodies.BodyRow.WriteSlices(row, Slices);
        return row.ToRow();
    }

    public static UploadedPart FromRow(int number, ReadOnlySpan<byte> bytes)
    {
        var row = new RowReader(bytes, Format);
        return new(number, row.Number(), DateTimeOffset.FromUnixTimeSeconds(row.Number()), row.Text()!, row.Text()!, Bodies.BodyRow.ReadSlices(ref row));
    }
}
