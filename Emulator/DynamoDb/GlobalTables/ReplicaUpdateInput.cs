using Emulator.DynamoDb.Input;

namespace Emulator.DynamoDb.GlobalTables;

/// <summary>One of the ReplicaUpdates of UpdateTable: to create, to change or to delete a replica.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ReplicationGroupUpdate.html</remarks>
internal sealed record ReplicaUpdateInput(ReplicaInput? Create, ReplicaInput? Update, ReplicaInput? Delete)
{
    /// <summary>The one action, where the rules are checked.</summary>
    public ReplicaInput Action => (Create ?? Update ?? Delete)!;

    public int Actions => (Create is null ? 0 : 1) + (Update is null ? 0 : 1) + (Delete is null ? 0 : 1);

    public static ReplicaUpdateInput Decode(ref InputReader json)
    {
        ReplicaInput? create = null, update = null, delete = null;
        while (json.NextMember())
        {
            if (json.Is("Create"u8)) create = json.Struct("CreateReplicationGroupMemberAction", ReplicaInput.Decode);
            else if (json.Is("Update"u8)) update = json.Struct("UpdateReplicationGroupMemberAction", ReplicaInput.Decode);
            else if (json.Is("Delete"u8)) delete = json.Struct("DeleteReplicationGroupMemberAction", ReplicaInput.Decode);
            else json.Skip();
        }
        return new(create, update, delete);
    }

    public static void AddTo(ref Constraints constraints, List<ReplicaUpdateInput?>? updates)
    {
        constraints.Count(updates?.Count, () => "[]", "replicaUpdates", 1, int.MaxValue);
        for (var i = 0; i < updates?.Count; i++)
        {
            updates[i]!.Create?.AddTo(ref constraints, $"replicaUpdates.{i + 1}.member.create");
            updates[i]!.Update?.AddTo(ref constraints, $"replicaUpdates.{i + 1}.member.update");
            updates[i]!.Delete?.AddTo(ref constraints, $"replicaUpdates.{i + 1}.member.delete");
        }
    }
}

/// <summary>What an action names: a region, and what shall be otherwise there.</summary>
internal sealed record ReplicaInput(string? RegionName, string? KMSMasterKeyId, ReadOverride Reads, string? TableClassOverride, List<ReplicaIndexInput?>? GlobalSecondaryIndexes)
{
    /// <summary>Whether it changes nothing.</summary>
    public bool IsEmpty => KMSMasterKeyId is null && Reads.IsEmpty && TableClassOverride is null && GlobalSecondaryIndexes?.Exists(index => !index!.Reads.IsEmpty) != true;

    public static ReplicaInput Decode(ref InputReader json)
    {
        string? region = null, key = null, tableClass = null;
        var reads = default(ReadOverride);
        List<ReplicaIndexInput?>? indexes = null;
        while (json.NextMember())
        {
            if (json.Is("RegionName"u8)) region = json.String();
            else if (json.Is("KMSMasterKeyId"u8)) key = json.String();
            else if (json.Is("TableClassOverride"u8)) tableClass = json.String();
            else if (json.Is("GlobalSecondaryIndexes"u8)) indexes = json.Structs("ReplicaGlobalSecondaryIndex", ReplicaIndexInput.Decode);
            else if (!reads.TryDecode(ref json)) json.Skip();
        }
        return new(region, key, reads, tableClass, indexes);
    }

    public void AddTo(ref Constraints constraints, string path)
    {
        constraints.NotNull(RegionName, $"{path}.regionName");
        constraints.Least(Reads.ReadCapacityUnits, $"{path}.provisionedThroughputOverride.readCapacityUnits", 1);
        for (var i = 0; i < GlobalSecondaryIndexes?.Count; i++)
        {
            var index = GlobalSecondaryIndexes[i]!;
            constraints.NotNull(index.IndexName, $"{path}.globalSecondaryIndexes.{i + 1}.member.indexName");
            if (index.IndexName is { } name) constraints.Name(name, $"{path}.globalSecondaryIndexes.{i + 1}.member.indexName");
            constraints.Least(index.Reads.ReadCapacityUnits, $"{path}.globalSecondaryIndexes.{i + 1}.member.provisionedThroughputOverride.readCapacityUnits", 1);
        }
    }
}

internal sealed record ReplicaIndexInput(string? IndexName, ReadOverride Reads)
{
    public static ReplicaIndexInput Decode(ref InputReader json)
    {
        string? name = null;
        var reads = default(ReadOverride);
        while (json.NextMember())
        {
            if (json.Is("IndexName"u8)) name = json.String();
            else if (!reads.TryDecode(ref json)) json.Skip();
        }
        return new(name, reads);
    }
}

/// <summary>Only what is read may differ from region to region: ProvisionedThroughputOverride and OnDemandThroughputOverride.</summary>
internal record struct ReadOverride(long? ReadCapacityUnits, long? MaxReadRequestUnits)
{
    public readonly bool IsEmpty => ReadCapacityUnits is null && MaxReadRequestUnits is null;

    public bool TryDecode(ref InputReader json)
    {
        if (json.Is("ProvisionedThroughputOverride"u8)) ReadCapacityUnits = json.Struct("ProvisionedThroughputOverride", ThroughputInput.Decode)?.ReadCapacityUnits;
        else if (json.Is("OnDemandThroughputOverride"u8)) MaxReadRequestUnits = json.Struct("OnDemandThroughputOverride", OnDemandThroughputInput.Decode)?.MaxReadRequestUnits;
        else return false;
        return true;
    }
}
