using System.Text;
using Emulator.Configuration;
using Emulator.Storage;

namespace Emulator.Tests.DynamoDb.Transactions;

/// <summary>The child process of <see cref="TransferCrashTests"/>: transfers until it is killed, and says what was acknowledged.</summary>
internal static class TransferWriter
{
    public const string Command = "transfer-writer";
    public const int Writers = 6;

    public static async Task RunAsync(string folder)
    {
        await using var service = new DirectService(SqliteStore.Open(folder, Durability.Process));
        var transfers = new Transfers(service);
        if (!service.Service.Tables.All().Any()) await transfers.CreateAsync();
        await using var output = Console.OpenStandardOutput();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(transfers, writer, output))));
    }

    private static async Task WriteAsync(Transfers transfers, int writer, Stream output)
    {
        var random = new Random(writer);
        for (var number = await transfers.CountAsync(writer) + 1; ; number++)
        {
            await transfers.TransferAsync(random, writer, number);
            var line = Encoding.ASCII.GetBytes($"{writer} {number}\n");
            lock (output) output.Write(line);
        }
    }
}
