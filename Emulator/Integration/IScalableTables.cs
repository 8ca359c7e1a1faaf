namespace Emulator.Integration;

/// <summary>The provisioned throughput of tables and global indexes, as Application Auto Scaling reads and changes it.</summary>
internal interface IScalableTables
{
    /// <summary>Counts from now on what is consumed, minute by minute, or stops. It costs each request something, so it is asked for only while somebody scales by it.</summary>
    void Count(bool isWanted);

    /// <summary>The units that are provisioned; 0 where the table is on demand, null where there is no such table or index.</summary>
    long? Provisioned(in ScalableCapacity capacity);

    /// <summary>The units consumed in each of the minutes before a full one, the latest first.</summary>
    /// <returns>How many of these minutes are known: none before counting began, or before the table was there.</returns>
    int Consumed(in ScalableCapacity capacity, DateTimeOffset minute, Span<double> units);

    /// <summary>Provisions other units, as UpdateTable does; throws its errors.</summary>
    ValueTask ProvisionAsync(ScalableCapacity capacity, long units);
}

/// <summary>The read or the write capacity of a table or of one of its global indexes.</summary>
internal readonly record struct ScalableCapacity(string Account, string Region, string Table, string? Index, bool IsWrite);
