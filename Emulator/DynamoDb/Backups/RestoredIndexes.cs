using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Backups;

/// <summary>The indexes of a restored table: those of its source, or of these the ones that the request names.</summary>
internal static class RestoredIndexes
{
    public static IReadOnlyList<SecondaryIndex>? Of(Table source, RestoreOverrides overrides, bool onDemand)
    {
        var present = (source.Indexes ?? []).ToList();
        CheckKnown(present.FindAll(index => index.IsLocal), overrides.LocalSecondaryIndexes);
        CheckKnown(present.FindAll(index => !index.IsLocal), overrides.GlobalSecondaryIndexes);
        var kept = new List<SecondaryIndex>();
        foreach (var index in present)
        {
            var named = index.IsLocal ? overrides.LocalSecondaryIndexes : overrides.GlobalSecondaryIndexes;
            var wanted = named?.Find(input => input!.IndexName == index.Name);
            if (named is null) kept.Add(Kept(index, onDemand));
            else if (wanted is not null) kept.Add(Overridden(index, wanted, onDemand));
        }
        return kept.Count > 0 ? kept : null;
    }

    /// <summary>The definitions of the attributes that are left in a key.</summary>
    public static IReadOnlyList<AttributeDefinition> Definitions(Table source, IReadOnlyList<SecondaryIndex>? indexes)
    {
        var used = source.KeySchema.Concat((indexes ?? []).SelectMany(index => index.KeySchema)).Select(element => element.AttributeName).ToHashSet();
        return [.. source.AttributeDefinitions.Where(definition => used.Contains(definition.AttributeName))];
    }

    private static void CheckKnown(List<SecondaryIndex> present, List<IndexInput?>? wanted)
    {
        foreach (var input in wanted ?? [])
        {
            if (!present.Exists(index => index.Name == input!.IndexName)) throw DynamoDbErrors.Invalid($"The source table does not have the index: {input!.IndexName}");
        }
    }

    private static SecondaryIndex Kept(SecondaryIndex index, bool onDemand)
    {
        if (!onDemand && !index.IsLocal && index.ReadCapacityUnits == 0) throw DynamoDbErrors.Invalid($"ProvisionedThroughput is not specified for index: {index.Name}");
        return index with
        {
            Transition = null,
            Insights = null,
            Throughput = ThroughputHistory.None,
            ReadCapacityUnits = onDemand ? 0 : index.ReadCapacityUnits,
            WriteCapacityUnits = onDemand ? 0 : index.WriteCapacityUnits,
            MaxReadRequestUnits = onDemand ? index.MaxReadRequestUnits : null,
            MaxWriteRequestUnits = onDemand ? index.MaxWriteRequestUnits : null,
        };
    }

    private static SecondaryIndex Overridden(SecondaryIndex index, IndexInput wanted, bool onDemand)
    {
        if (!index.IsLocal) IndexRules.CheckThroughput(wanted, onDemand);
        var made = wanted.ToIndex(index.IsLocal, index.Number, onDemand);
        if (made.KeySchema.SequenceEqual(index.KeySchema) && made.ProjectionType == index.ProjectionType && (made.NonKeyAttributes ?? []).SequenceEqual(index.NonKeyAttributes ?? [])) return made;
        throw DynamoDbErrors.Invalid($"The key schema or projection differs from that of the source table for index: {index.Name}");
    }
}
