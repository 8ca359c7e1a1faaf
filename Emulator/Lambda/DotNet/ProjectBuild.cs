using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Emulator.Lambda.DotNet;

/// <summary>One run of <c>dotnet build</c>.</summary>
/// <param name="Errors">The compiler's first errors; null where it succeeded.</param>
internal sealed record ProjectBuild(string? Errors)
{
    private const int ShownErrors = 5;
    private const int KeptLines = 200;

    /// <summary>Builds a project with all that it needs at run time into a folder of its own.</summary>
    public static async Task<ProjectBuild> RunAsync(string project, string artifacts, TimeSpan limit, CancellationToken stopped)
    {
        var start = new ProcessStartInfo(DotNetHost())
        {
            WorkingDirectory = Path.GetDirectoryName(project)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            CreateNoWindow = true,
        };
        foreach (var argument in Arguments(project, artifacts)) start.ArgumentList.Add(argument);
        CleanEnvironment(start.Environment);

        var lines = new ConcurrentQueue<string>();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(lines, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(lines, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new($"The .NET SDK was not found: '{start.FileName}' does not start.");
        }
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        end.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new(stopped.IsCancellationRequested ? "The emulator was stopped." : string.Create(CultureInfo.InvariantCulture, $"The build took more than {limit.TotalMinutes:F0} minutes."));
        }
        return new(process.ExitCode == 0 ? null : FirstErrors(lines));
    }

    private static string[] Arguments(string project, string artifacts) =>
    [
        "build", project, "--configuration", "Debug", "--artifacts-path", artifacts, "--nologo", "--verbosity", "quiet", "-tl:off", "-consoleLoggerParameters:NoSummary",
        "-nodeReuse:false", // no process is left behind
        "-p:CopyLocalLockFileAssemblies=true", "-p:GenerateDependencyFile=true", // a library is to run from its folder, packages included
        "-p:TreatWarningsAsErrors=false", // a warning is no reason not to try one's change
    ];

    /// <summary>The host that runs this program, where it is one; else the one on the path.</summary>
    private static string DotNetHost()
    {
        var self = Environment.ProcessPath;
        if (self is not null && Path.GetFileNameWithoutExtension(self).Equals("dotnet", StringComparison.OrdinalIgnoreCase)) return self;
        return Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
    }

    /// <summary>MSBuild takes environment variables for properties, and a test host or an IDE leaves some that are not for other projects.</summary>
    private static void CleanEnvironment(IDictionary<string, string?> environment)
    {
        string[] prefixes = ["MSBUILD", "VSTEST", "TESTINGPLATFORM", "CORECLR_", "COR_", "DOTNET_CLI_", "DOTNET_STARTUP_HOOKS", "AWS_"];
        string[] names = ["Platform", "Configuration", "TargetFramework", "OutputPath", "OutDir", "BaseOutputPath", "BaseIntermediateOutputPath"];
        foreach (var name in environment.Keys.ToArray())
        {
            if (prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) || names.Contains(name, StringComparer.OrdinalIgnoreCase)) environment.Remove(name);
        }
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "1";
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lines.Enqueue(line.Trim());
        while (lines.Count > KeptLines) lines.TryDequeue(out _);
    }

    private static string FirstErrors(IReadOnlyCollection<string> lines)
    {
        var errors = lines.Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct().Take(ShownErrors).ToList();
        return string.Join('\n', errors.Count > 0 ? errors : lines.TakeLast(ShownErrors));
    }
}
