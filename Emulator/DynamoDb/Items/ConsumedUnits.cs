using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Items;

/// <summary>The capacity units that a request consumes of a table and of its indexes.</summary>
/// <param name="Table">Those of the table itself.</param>
/// <param name="Indexes">Those of each index, in the order of <see cref="Tables.Table.IndexSpaces"/>; null where none has any.</param>
internal readonly record struct ConsumedUnits(double Table, double[]? Indexes = null)
{
    public double Total => Table + (Indexes?.Sum() ?? 0);

    /// <summary>What a transaction consumes for the same: twice the units of the table; the indexes follow later, at their own price.</summary>
    /// <remarks>Captured on AWS: src/actions/index_capacity.rs of nubo-db/dynoxide.</remarks>
    public ConsumedUnits InTransaction => this with { Table = Table * 2 };

    /// <summary>What it costs to put one item in the place of another; either may be absent.</summary>
    public static ConsumedUnits OfWrite(Table table, Item before, Item after) =>
        new(Capacity.Write(before.Size, after.Size), table.IndexSpaces is { } indexes ? OfIndexes(indexes, before, after) : null);

    /// <summary>What it costs to read an index alone.</summary>
    public static ConsumedUnits OfIndex(Table table, IndexSpace index, double units, double tableUnits = 0)
    {
        var all = new double[table.IndexSpaces!.Length];
        all[Array.IndexOf(table.IndexSpaces, index)] = units;
        return new(tableUnits, all);
    }

    public static ConsumedUnits operator +(ConsumedUnits one, ConsumedUnits other) => new(one.Table + other.Table,
        one.Indexes is null ? other.Indexes : other.Indexes is null ? one.Indexes : [.. one.Indexes.Zip(other.Indexes, (a, b) => a + b)]);

    private static double[]? OfIndexes(IndexSpace[] indexes, Item before, Item after)
    {
        double[]? units = null;
        for (var i = 0; i < indexes.Length; i++)
        {
            var consumed = IndexChange.Of(indexes[i], before, after).Units;
            if (consumed > 0) (units ??= new double[indexes.Length])[i] = consumed;
        }
        return units;
    }
}
