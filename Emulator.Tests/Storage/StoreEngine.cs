using Emulator.Configuration;
using Emulator.Storage;

namespace Emulator.Tests.Storage;

/// <summary>The engines, all of which the tests of the store hold to the same behaviour.</summary>
internal sealed class StoreEngine(string name, Func<string, IStore> open)
{
    public static StoreEngine Memory { get; } = new("Memory", _ => new MemoryStore());
    public static StoreEngine Sqlite { get; } = new("Sqlite", folder => SqliteStore.Open(folder, Durability.Process));
    public static StoreEngine SqlitePower { get; } = new("SqlitePower", folder => SqliteStore.Open(folder, Durability.Power));

    public static IReadOnlyList<StoreEngine> All { get; } = [Memory, Sqlite];

    public IStore Open(string folder) => open(folder);

    public override string ToString() => name;
}
