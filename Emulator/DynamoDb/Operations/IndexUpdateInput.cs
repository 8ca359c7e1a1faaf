using Emulator.DynamoDb.Input;

namespace Emulator.DynamoDb.Operations;

/// <summary>One of GlobalSecondaryIndexUpdates: an index that UpdateTable shall create, update or delete.</summary>
internal sealed record IndexUpdateInput(IndexInput? Create, IndexInput? Update, IndexInput? Delete)
{
    /// <summary>The index that the only action names.</summary>
    public string IndexName => (Create ?? Update ?? Delete)!.IndexName!;

    public static IndexUpdateInput Decode(ref InputReader json)
    {
        IndexInput? create = null, update = null, delete = null;
        while (json.NextMember())
        {
            if (json.Is("Create"u8)) create = json.Struct("CreateGlobalSecondaryIndexAction", IndexInput.DecodeGlobal);
            else if (json.Is("Update"u8)) update = json.Struct("UpdateGlobalSecondaryIndexAction", IndexInput.DecodeGlobal);
            else if (json.Is("Delete"u8)) delete = json.Struct("DeleteGlobalSecondaryIndexAction", IndexInput.DecodeGlobal);
            else json.Skip();
        }
        return new(create, update, delete);
    }

    /// <summary>The constraints of the shapes.</summary>
    public static void AddTo(ref Constraints constraints, List<IndexUpdateInput?>? updates)
    {
        for (var i = 0; i < updates?.Count; i++)
        {
            var path = $"globalSecondaryIndexUpdates.{i + 1}.member";
            if (updates[i]?.Update is { } update)
            {
                update.AddNameTo(ref constraints, $"{path}.update");
                update.ProvisionedThroughput?.AddTo(ref constraints, $"{path}.update.provisionedThroughput");
            }
            if (updates[i]?.Create is { } create) IndexInput.AddTo(ref constraints, create, $"{path}.create", isLocal: false);
            updates[i]?.Delete?.AddNameTo(ref constraints, $"{path}.delete");
        }
    }
}
