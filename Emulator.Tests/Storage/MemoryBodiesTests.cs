using System.Runtime.CompilerServices;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.Storage;

internal sealed class MemoryBodiesTests
{
    [TestCase(1000)]
    [TestCase(3_000_000)]
    public async Task A_fork_and_its_parent_delete_for_themselves_alone(int length)
    {
        var parent = new MemoryBodies();
        var (first, second) = (await PutAsync(parent, length), await PutAsync(parent, length));
        var fork = parent.Fork();
        fork.Delete(first);
        parent.Delete(second);
        Assert.That(() => fork.OpenRead(first), Throws.TypeOf<FileNotFoundException>());
        Assert.That(() => parent.OpenRead(second), Throws.TypeOf<FileNotFoundException>());
        await parent.DisposeAsync();
        Assert.That(await LengthAsync(fork, second), Is.EqualTo(length));
        Assert.That(() => parent.OpenRead(first), Throws.TypeOf<FileNotFoundException>());
        await fork.DisposeAsync();
    }

    [Test]
    public async Task What_is_written_after_a_fork_is_its_writers_alone()
    {
        await using var parent = new MemoryBodies();
        await using var fork = parent.Fork();
        var (ofParent, ofFork) = (await PutAsync(parent, 10), await PutAsync(fork, 10));
        Assert.That(() => fork.OpenRead(ofParent), Throws.TypeOf<FileNotFoundException>());
        Assert.That(() => parent.OpenRead(ofFork), Throws.TypeOf<FileNotFoundException>());
    }

    [Test]
    [Platform("Linux")] // where the open files of a process can be looked at
    [NonParallelizable]
    public async Task Temporary_files_have_no_name_and_are_closed_when_nobody_has_them()
    {
        var others = OpenFiles();
        var parent = new MemoryBodies();
        var id = await PutAsync(parent, 2_000_000);
        Assert.That(OpenFiles().Except(others).Count(), Is.EqualTo(1));
        parent.Delete(id);
        Assert.That(OpenFiles().Except(others), Is.Empty, "at once");

        await PutAsync(parent, 2_000_000);
        await parent.DisposeAsync();
        Assert.That(OpenFiles().Except(others), Is.Empty, "with its owner");

        await ShareAndDisposeAsync();
        await Task.Yield(); // off the stack of the last read
        for (var i = 0; i < 10 && OpenFiles().Except(others).Any(); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.That(OpenFiles().Except(others), Is.Empty, "when the collector found that neither the fork nor the parent has it");
        Assert.That(Directory.GetFiles(Path.GetTempPath(), "emulator-body-*"), Is.Empty);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task ShareAndDisposeAsync()
    {
        var parent = new MemoryBodies();
        var id = await PutAsync(parent, 2_000_000);
        var fork = parent.Fork();
        parent.Delete(id);
        Assert.That(await LengthAsync(fork, id), Is.EqualTo(2_000_000));
        await parent.DisposeAsync();
        await fork.DisposeAsync();
    }

    private static async Task<string> PutAsync(MemoryBodies bodies, int length)
    {
        await using var writer = bodies.Create();
        await writer.WriteAsync(new byte[length]);
        await writer.CompleteAsync();
        return writer.Id;
    }

    private static async Task<long> LengthAsync(MemoryBodies bodies, string id)
    {
        await using var stream = bodies.OpenRead(id);
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.Length;
    }

    private static List<string> OpenFiles() =>
        [.. new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Select(file => file.LinkTarget ?? "").Where(target => target.Contains("/emulator-body-", StringComparison.Ordinal))];
}
