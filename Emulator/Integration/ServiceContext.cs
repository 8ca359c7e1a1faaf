using Emulator.Configuration;
using Emulator.Identifiers;
using Emulator.Storage;

namespace Emulator.Integration;

/// <summary>What every slice is given: where state lives, time, identifiers and the configuration.</summary>
internal sealed record ServiceContext(IStore Store, BodyFiles Bodies, EmulatorClock Clock, IdSource Ids, EmulatorConfig Config);
