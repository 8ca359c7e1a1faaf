namespace Emulator.Tests.Benchmarks;

/// <summary>The bytes that a request allocates beyond what the same costs an empty Kestrel endpoint, both in this process.</summary>
internal static class AllocationBenchmark
{
    private const int Connections = 1;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    public static async Task RunAsync()
    {
        await using var aws = await AwsEmulator.StartAsync();
        var port = (await aws.ListenAsync()).Port;
        await HttpBenchmark.PrepareAsync(port);
        var emptyPort = ServerProcess.FreePort();
        _ = EmptyServer.RunAsync(emptyPort, null);
        await Task.Delay(TimeSpan.FromSeconds(2));

        var empty = await MeasureAsync(emptyPort, HttpBenchmark.Baseline);
        Console.WriteLine($"empty endpoint: {empty:N0} bytes a request");
        foreach (var (name, request) in HttpBenchmark.Cases()) Console.WriteLine($"{name}: {await MeasureAsync(port, request(0)) - empty:N0} bytes beyond the empty endpoint");
    }

    private static async Task<double> MeasureAsync(int port, byte[] request)
    {
        await LoadGenerator.RunAsync(port, Connections, Round, _ => request); // warm up
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var rate = await LoadGenerator.RunAsync(port, Connections, Round, _ => request);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (rate * Round.TotalSeconds);
    }
}
