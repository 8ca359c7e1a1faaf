using Emulator.SigV4;

namespace Emulator.Tests.SigV4;

/// <summary>A directory of one key.</summary>
internal sealed class OneKey(string accessKeyId, KnownKey key) : ICredentialLookup
{
    public KnownKey? Find(string accessKeyId1) => accessKeyId1 == accessKeyId ? key : null;
}

/// <summary>A clock that shows one time.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
