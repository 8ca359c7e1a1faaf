using System.Diagnostics;
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

    /// <summary>Kills it in the midst of its writing, once it has said so many lines, and counts up what it said: the greatest number of each writer.</summary>
    public static async Task RunAndKillAsync(string command, string folder, int lines, long[] acknowledged)
    {
        using var child = Start(command, folder);
        var errors = child.StandardError.ReadToEndAsync();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            if (--lines == 0) child.Kill();
            var parts = line.Split(' ');
            // Killed in the midst of a line, it has not said it.
            if (parts.Length == 2 && long.TryParse(parts[1], out var number)) acknowledged[int.Parse(parts[0])] = Math.Max(acknowledged[int.Parse(parts[0])], number);
        }
        await child.WaitForExitAsync();
        Assert.That(await errors, Is.Empty);
    }
}
