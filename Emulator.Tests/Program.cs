using BenchmarkDotNet.Running;
using Emulator.Tests.Storage;

namespace Emulator.Tests;

/// <summary>What this assembly does when it is run, not tested: the child of the crash tests, and the benchmarks.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case [CrashWriter.Command, var folder]:
                await CrashWriter.RunAsync(folder);
                return 0;
            case ["benchmark", .. var rest]:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest);
                return 0;
            default:
                await Console.Error.WriteLineAsync("dotnet run -c Release --project Emulator.Tests -- benchmark --filter '*'");
                return 2;
        }
    }
}
