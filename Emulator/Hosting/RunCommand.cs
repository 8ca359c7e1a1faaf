using System.Net.Sockets;
using System.Runtime.InteropServices;
using Emulator.Configuration;
using Emulator.Storage;

namespace Emulator.Hosting;

/// <summary>Runs the emulator in the foreground until Ctrl+C.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(RunSettings settings)
    {
        var options = new AwsEmulatorOptions
        {
            ConfigurationFile = settings.FindConfiguration(),
            DataFolder = settings.InMemory ? null : settings.FindDataFolder(),
            Log = Terminal.Log,
            OwnsProcess = true,
        };
        try
        {
            var host = await EmulatorHost.CreateAsync(options);
            await using var emulator = new AwsEmulator(host);
            return await ServeAsync(emulator, settings.Port ?? host.Config.Port);
        }
        catch (Exception error) when (error is EmulatorConfigurationException or StoreException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            Terminal.Error(error.Message);
            return 1;
        }
        catch (Exception error) when (error is IOException && error.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            Terminal.Error($"The port cannot be opened: {error.Message} Another emulator may be running; --port chooses another port.");
            return 1;
        }
    }

    private static async Task<int> ServeAsync(AwsEmulator emulator, int port)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopped.TrySetResult();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        // The port is open before everything declared is there: a call that comes early waits in the pipeline.
        var ready = emulator.Host.BeginApply();
        var address = await emulator.ListenAsync(port);
        await ready;
        Terminal.Welcome(emulator.Host, address.Port);
        await stopped.Task;
        Terminal.Log("Stopping.");
        return 0;
    }
}

/// <summary><c>check</c>: validates emulator.yaml and exits.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(RunSettings settings, CancellationToken cancelled)
    {
        if (settings.FindConfiguration() is not { } path)
        {
            Terminal.Error("There is no emulator.yaml here; --config names another.");
            return 1;
        }
        if (!File.Exists(path))
        {
            Terminal.Error($"{path} does not exist.");
            return 1;
        }
        var result = ConfigurationReader.Read(await File.ReadAllTextAsync(path, cancelled), path);
        foreach (var problem in result.Problems) Terminal.Error(problem.ToString());
        if (result.Problems.Count == 0) Terminal.Log($"{path} is valid.");
        return result.Problems.Count == 0 ? 0 : 1;
    }
}

/// <summary><c>reset</c>: removes the state of a data folder, and nothing else that may be in it.</summary>
internal static class ResetCommand
{
    public static int Run(RunSettings settings)
    {
        var folder = settings.FindDataFolder();
        try
        {
            var removed = SqliteStore.Remove(folder);
            Terminal.Log(removed ? $"The state in {Path.GetFullPath(folder)} is removed." : $"There is no state in {Path.GetFullPath(folder)}.");
            return 0;
        }
        catch (Exception error) when (error is StoreException or IOException or UnauthorizedAccessException)
        {
            Terminal.Error(error.Message);
            return 1;
        }
    }
}
