namespace Emulator.Tests.Benchmarks;

/// <summary>From the start of the process to the first answer, and memory when idle, beside the empty Kestrel program in the same run.</summary>
internal static class StartupBenchmark
{
    private const int Runs = 20;

    public static async Task RunAsync()
    {
        var times = new List<double>();
        var memory = new List<double>();
        var own = new List<(double Ms, double MiB)>();
        await using (await ServerProcess.EmptyAsync()) { }
        await using (await ServerProcess.EmulatorAsync("--in-memory")) { }
        for (var run = 0; run < Runs; run++)
        {
            await using var empty = await ServerProcess.EmptyAsync();
            await using var emulator = await ServerProcess.EmulatorAsync("--in-memory");
            await Task.Delay(300); // idle: what start-up left behind has settled
            times.Add(emulator.UntilFirstAnswer / empty.UntilFirstAnswer);
            memory.Add((double)emulator.WorkingSetBytes / empty.WorkingSetBytes);
            own.Add((emulator.UntilFirstAnswer.TotalMilliseconds, emulator.WorkingSetBytes / 1048576.0));
        }
        Console.WriteLine($"{Runs} runs in turn, {Environment.ProcessorCount} cores");
        Console.WriteLine($"first answer after {Median(own.Select(run => run.Ms)):N0} ms, {Median(times):N2} x the empty program ({times.Min():N2} to {times.Max():N2})");
        Console.WriteLine($"idle memory {Median(own.Select(run => run.MiB)):N0} MiB, {Median(memory):N2} x the empty program ({memory.Min():N2} to {memory.Max():N2})");
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
