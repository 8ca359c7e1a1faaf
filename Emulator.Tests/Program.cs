using BenchmarkDotNet.Running;
using Emulator.Tests.Benchmarks;
using Emulator.Tests.DynamoDb.Transactions;
using Emulator.Tests.S3.Crashes;
using Emulator.Tests.Storage;

namespace Emulator.Tests;

/// <summary>What this assembly does when it is run, not tested: the children of the crash tests, and the benchmarks.</summary>
internal static class Program
{
    private const string Usage = """
        dotnet run -c Release --project Emulator.Tests -- benchmark http [sqlite]       requests a second, beside an empty Kestrel endpoint
        dotnet run -c Release --project Emulator.Tests -- benchmark startup             time to the first answer and idle memory, beside an empty Kestrel program
        dotnet run -c Release --project Emulator.Tests -- benchmark bodies              1 GiB in and out of S3, beside Kestrel and a file; 16 at a time; copied
        dotnet run -c Release --project Emulator.Tests -- benchmark allocations         bytes that a request allocates
        dotnet run -c Release --project Emulator.Tests -- benchmark scale [sqlite]      a million items: put, scanned, queried; their memory
        dotnet run -c Release --project Emulator.Tests -- benchmark list [sqlite]       a bucket of a million keys: put and listed
        dotnet run -c Release --project Emulator.Tests -- benchmark --filter '*'        BenchmarkDotNet: stores, second start, fork, calls in memory
        """;

    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case [CrashWriter.Command, var folder]:
                await CrashWriter.RunAsync(folder);
                return 0;
            case [TransferWriter.Command, var folder]:
                await TransferWriter.RunAsync(folder);
                return 0;
            case [ObjectWriter.Command, var folder]:
                await ObjectWriter.RunAsync(folder);
                return 0;
            case ["empty-server", var port, .. var folder]:
                await EmptyServer.RunAsync(int.Parse(port), folder.FirstOrDefault());
                return 0;
            case ["benchmark", "http", .. var rest]:
                await HttpBenchmark.RunAsync(rest);
                return 0;
            case ["benchmark", "startup"]:
                await StartupBenchmark.RunAsync();
                return 0;
            case ["benchmark", "bodies"]:
                await BodyBenchmark.RunAsync();
                return 0;
            case ["benchmark", "allocations"]:
                await AllocationBenchmark.RunAsync();
                return 0;
            case ["benchmark", "scale", .. var rest]:
                await ScaleBenchmark.RunAsync(rest);
                return 0;
            case ["benchmark", "list", .. var rest]:
                await ObjectListBenchmark.RunAsync(rest);
                return 0;
            case ["benchmark", .. var rest]:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest);
                return 0;
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }
}
