using System.Collections.Concurrent;
using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.Lifecycle;

/// <summary>The rules of buckets, parsed once: each request for an object asks for them.</summary>
internal sealed class LifecycleRules
{
    private Memory _memory = new(0);

    /// <summary>null where the bucket has none.</summary>
    public LifecycleConfiguration? Find(IReader reader, Bucket bucket)
    {
        var version = LifecycleStore.Version(reader);
        if (version == 0) return null; // no bucket ever had any
        var memory = _memory;
        if (memory.Version != version) _memory = memory = new(version);
        return memory.ByBucket.GetOrAdd(bucket.Name, static (_, at) => LifecycleStore.Find(at.reader, at.bucket) is { } stored ? LifecycleConfiguration.Parse(stored) : null, (reader, bucket));
    }

    /// <summary>What the store held at one moment, as far as it was asked for.</summary>
    private sealed record Memory(long Version)
    {
        public ConcurrentDictionary<string, LifecycleConfiguration?> ByBucket { get; } = new(StringComparer.Ordinal);
    }
}
