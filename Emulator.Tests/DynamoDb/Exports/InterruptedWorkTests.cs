using Emulator.DynamoDb;
using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.Tables;
using Emulator.Storage;
using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Exports;

/// <summary>Work that outlasts its request, and work that the end of the process interrupts.</summary>
internal sealed class InterruptedWorkTests
{
    [Test]
    public async Task A_request_waits_five_seconds_for_its_work()
    {
        var clock = new EmulatorClock();
        clock.Freeze();
        var background = new BackgroundWork(clock);
        var done = new TaskCompletionSource();
        var waiting = background.RunAsync("work", _ => done.Task).AsTask();
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.That((waiting.IsCompleted, background.IsRunning("work")), Is.EqualTo((false, true)));
        clock.Advance(TimeSpan.FromSeconds(1));
        await waiting;
        Assert.That(background.IsRunning("work"), Is.True);
        done.SetResult();
        await background.DisposeAsync();
        Assert.That(background.IsRunning("work"), Is.False);
    }

    [Test]
    public async Task The_end_of_the_service_cancels_its_work()
    {
        var clock = new EmulatorClock();
        clock.Freeze();
        var background = new BackgroundWork(clock);
        var waiting = background.RunAsync("work", cancelled => Task.Delay(Timeout.InfiniteTimeSpan, cancelled)).AsTask();
        await background.DisposeAsync();
        await waiting;
        Assert.That(background.IsRunning("work"), Is.False);
    }

    [Test]
    public async Task A_table_that_was_left_half_filled_is_removed_at_the_next_start([ValueSource(typeof(StoreEngine), nameof(StoreEngine.All))] StoreEngine engine)
    {
        using var folder = new TemporaryFolder();
        await using var service = new DirectService(engine.Open(folder.Path));
        await service.CreateTableAsync("Notes", "p");
        await service.SendAsync("PutItem", """{"TableName":"Notes","Item":{"p":{"S":"a"}}}""");
        var before = Count(service.Store);
        var table = service.Service.Tables.Find(new("000000000000", "us-east-1", "Notes"))! with { Id = Guid.NewGuid(), Name = "Half" };
        await UnfinishedTables.BeginAsync(service.Service, table);
        await service.Store.WriteAsync(transaction =>
        {
            using var snapshot = service.Store.Snapshot();
            foreach (var item in StoredItem.All(snapshot, service.Service.Tables.Find(new("000000000000", "us-east-1", "Notes"))!)) transaction.Put(TableSpace.Items, item.KeyIn(table), item.Record);
            return true;
        });
        Assert.That(Count(service.Store), Is.EqualTo(before + 2));
        await service.Service.ApplyAsync(default);
        Assert.That(Count(service.Store), Is.EqualTo(before));
    }

    private static int Count(IStore store)
    {
        using var snapshot = store.Snapshot();
        return snapshot.Spaces.Sum(space => snapshot.Range(space, KeyRange.All).Count());
    }
}
