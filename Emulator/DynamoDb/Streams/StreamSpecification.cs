using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.Streams;

/// <summary>What CreateTable and UpdateTable ask of a table's stream, and how DescribeTable tells it.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html</remarks>
internal sealed record StreamSpecification(bool? StreamEnabled, string? StreamViewType)
{
    public static StreamSpecification Decode(ref InputReader json)
    {
        bool? enabled = null;
        string? viewType = null;
        while (json.NextMember())
        {
            if (json.Is("StreamEnabled"u8)) enabled = json.Boolean();
            else if (json.Is("StreamViewType"u8)) viewType = json.String();
            else json.Skip();
        }
        return new(enabled, viewType);
    }

    public void AddTo(ref Constraints constraints)
    {
        constraints.NotNull(StreamEnabled, "streamSpecification.streamEnabled");
        constraints.OneOf(StreamViewType, "streamSpecification.streamViewType", Enums.StreamViewType);
    }

    /// <summary>The rules of CreateTable.</summary>
    public void CheckForCreate()
    {
        // Observed: https://github.com/nubo-db/dynoxide/issues/115.
        if (StreamEnabled == false && StreamViewType is not null) throw DynamoDbErrors.Invalid("Table is being created with a stream disabled, UpdateViewType should not be specified");
        if (StreamEnabled == true && StreamViewType is null) throw DynamoDbErrors.Invalid("Table is being created with a stream enabled, UpdateViewType must be specified");
    }

    /// <summary>The rules of UpdateTable.</summary>
    public void CheckForUpdate()
    {
        // Observed: https://github.com/hashicorp/terraform-provider-aws/issues/1134.
        if (StreamEnabled == false && StreamViewType is not null) throw DynamoDbErrors.Invalid("If stream is being disabled, then UpdateViewType must not be specified");
        if (StreamEnabled == true && StreamViewType is null) throw DynamoDbErrors.Invalid("If stream is being enabled, then UpdateViewType must be specified");
    }

    /// <summary>A new table with its stream, where it shall have one; the caller stores the table.</summary>
    public Table ApplyToNew(IWriteTransaction transaction, Table table, Guid id, DateTimeOffset now) =>
        StreamEnabled == true ? StreamStore.Enable(transaction, table, StreamViewType!, id, now) : table;

    /// <summary>UpdateTable: the table with a stream enabled or disabled; the caller stores the table.</summary>
    public Table Apply(IWriteTransaction transaction, Table table, Guid id, DateTimeOffset now)
    {
        var isEnabled = table.LatestStream is { IsEnabled: true };
        if (StreamEnabled != true) return isEnabled ? StreamStore.Disable(transaction, table, now) : throw StreamErrors.NothingToDisable(table.Name);
        return isEnabled ? throw StreamErrors.AlreadyEnabled(table.Name) : StreamStore.Enable(transaction, table, StreamViewType!, id, now);
    }

    /// <summary>How a table's description tells of its stream; null where none is enabled.</summary>
    public static StreamSpecification? Of(Table table) => table.LatestStream is { IsEnabled: true } stream ? new(true, stream.ViewType) : null;
}
