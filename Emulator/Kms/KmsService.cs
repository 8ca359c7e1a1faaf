using Emulator.Integration;

namespace Emulator.Kms;

/// <summary>The keys of KMS that AWS manages in each account. They follow from the account and the region: nothing is stored.</summary>
internal sealed class KmsService : IServiceSlice
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ApplyAsync(CancellationToken cancelled) => new([]);

    /// <inheritdoc/>
    public IEnumerable<ResourceSummary> Resources() => [];
}
