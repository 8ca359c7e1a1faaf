using Emulator.Integration;

namespace Emulator.Iam.Sts;

/// <summary>The Security Token Service: who one is, and temporary credentials. Its state is the directory's.</summary>
internal sealed class StsService(ServiceContext context, IamDirectory directory) : IServiceSlice
{
    public ServiceContext Context { get; } = context;

    public IamDirectory Directory { get; } = directory;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ApplyAsync(CancellationToken cancelled) => new([]);

    /// <inheritdoc/>
    public IEnumerable<ResourceSummary> Resources() => [];
}
