using System.Diagnostics;
using System.Net.Sockets;

namespace Emulator.Tests.Benchmarks;

/// <summary>A server in a process of its own on a free port of the loopback address, stopped when it is disposed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port, TimeSpan untilFirstAnswer) => (_process, Port, UntilFirstAnswer) = (process, port, untilFirstAnswer);

    public int Port { get; }

    /// <summary>From the start of the process to its first answered request.</summary>
    public TimeSpan UntilFirstAnswer { get; }

    public long WorkingSetBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public long PeakWorkingSetBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>The emulator itself, as it is built in this configuration.</summary>
    public static Task<ServerProcess> EmulatorAsync(params string[] arguments)
    {
        var port = FreePort();
        return StartAsync(port, [typeof(AwsEmulator).Assembly.Location, "--port", port.ToString(), .. arguments]);
    }

    /// <summary>The yardstick.</summary>
    public static Task<ServerProcess> EmptyAsync(string? folder = null)
    {
        var port = FreePort();
        return StartAsync(port, [typeof(ServerProcess).Assembly.Location, "empty-server", port.ToString(), .. folder is null ? Array.Empty<string>() : [folder]]);
    }

    private static async Task<ServerProcess> StartAsync(int port, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", arguments)
        {
            WorkingDirectory = Directory.CreateTempSubdirectory("emulator-benchmark").FullName,
            RedirectStandardOutput = true,
        };
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var response = await http.GetAsync($"http://127.0.0.1:{port}/_emulator/health");
                break;
            }
            catch (HttpRequestException)
            {
                if (process.HasExited) throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}.");
                await Task.Delay(1);
            }
        }
        return new ServerProcess(process, port, clock.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        Directory.Delete(_process.StartInfo.WorkingDirectory, recursive: true);
        _process.Dispose();
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
