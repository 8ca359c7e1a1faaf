using System.Diagnostics;
using System.Text;
using NUnit.Framework;

namespace Emulator.Tests.Storage;

/// <summary>This assembly as a program that writes until it is killed, and says a line for each write that was acknowledged.</summary>
internal static class CrashProcess
{
    public static Process Start(string command, string folder) => Process.Start(new ProcessStartInfo
    {
        FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        ArgumentList = { typeof(CrashProcess).Assembly.Location, command, folder },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;

    /// <summary>Kills it in the midst of its writing, once it has said so many lines.</summary>
    /// <returns>All lines that it has said; one in the midst of which it was killed, it has not said.</returns>
    public static async Task<IReadOnlyList<string>> LinesUntilKilledAsync(string command, string folder, int lines)
    {
        using var child = Start(command, folder);
        var errors = child.StandardError.ReadToEndAsync();
        var said = new List<string>();
        var line = new StringBuilder();
        var buffer = new char[4096];
        for (int read; (read = await child.StandardOutput.ReadAsync(buffer)) > 0;)
        {
            foreach (var c in buffer.AsSpan(0, read))
            {
                if (c != '\n')
                {
                    line.Append(c);
                    continue;
                }
                said.Add(line.ToString());
                line.Clear();
                if (said.Count == lines) child.Kill();
            }
        }
        await child.WaitForExitAsync();
        Assert.That(await errors, Is.Empty);
        return said;
    }

    /// <summary>As above, and counts up what it said: the greatest number of each writer.</summary>
    public static async Task RunAndKillAsync(string command, string folder, int lines, long[] acknowledged)
    {
        foreach (var line in await LinesUntilKilledAsync(command, folder, lines))
        {
            var parts = line.Split(' ');
            acknowledged[int.Parse(parts[0])] = Math.Max(acknowledged[int.Parse(parts[0])], long.Parse(parts[1]));
        }
    }
}
