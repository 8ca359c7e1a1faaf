using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>Real clients of AWS, as processes of their own. One that is not on this machine skips its tests; where CI=true it fails them.</summary>
internal static class Client
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static string Node() => OnPath("node") ?? throw Missing("Node.js is not installed.");

    public static string AwsCli() => OnPath("aws") ?? throw Missing("The AWS CLI is not installed.");

    /// <summary>A Python that has boto3.</summary>
    public static async Task<string> PythonAsync()
    {
        foreach (var python in new[] { OnPath("python3"), OnPath("python"), "/usr/bin/python3" }.OfType<string>().Where(File.Exists).Distinct())
        {
            if ((await RunAsync(python, ["-c", "import boto3"], new Dictionary<string, string>(), Path.GetTempPath())).ExitCode == 0) return python;
        }
        throw Missing("Python with boto3 is not installed.");
    }

    public static string Terraform() => OnPath("terraform") ?? throw Missing("Terraform is not installed.");

    /// <summary>A folder that mirrors Terraform's registry with the AWS provider in it; null where the provider must be downloaded.</summary>
    /// <remarks>https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories, and optional software.</remarks>
    public static string? TerraformMirror()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] implied = [Path.Combine(home, ".terraform.d", "plugins"), "/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins"];
        return implied.Concat(Directory.Exists("/opt") ? Directory.EnumerateDirectories("/opt") : [])
            .FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "registry.terraform.io", "hashicorp", "aws")));
    }

    public static string Chromium() =>
        new[] { "chromium", "chromium-browser", "google-chrome", "chrome", "msedge" }.Select(OnPath).FirstOrDefault(path => path is not null)
        ?? Places().FirstOrDefault(File.Exists)
        ?? throw Missing("Neither Chromium nor Chrome is installed.");

    /// <summary>Ends the test: skipped, or failed where everything must be there.</summary>
    public static Exception Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
        Assert.Ignore(reason);
        return new UnreachableException();
    }

    /// <summary>Runs a client to its end. Of this machine's AWS settings it sees none.</summary>
    public static async Task<ClientOutput> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            Assert.Fail($"{Path.GetFileName(program)} {string.Join(' ', start.ArgumentList)} did not end within {Patience}. {await output}{await error}");
        }
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>What every SDK reads: where AWS is, and as whom to call it.</summary>
    public static Dictionary<string, string> Settings(Uri endpoint, string region, string keyId, string secret) => new()
    {
        ["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority),
        ["AWS_REGION"] = region,
        ["AWS_DEFAULT_REGION"] = region,
        ["AWS_ACCESS_KEY_ID"] = keyId,
        ["AWS_SECRET_ACCESS_KEY"] = secret,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_CONFIG_FILE"] = Path.Combine(Path.GetTempPath(), "no-such-folder", "config"),
        ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(Path.GetTempPath(), "no-such-folder", "credentials"),
        ["NO_PROXY"] = "127.0.0.1,localhost",
        ["no_proxy"] = "127.0.0.1,localhost",
    };

    private static bool IsSetting(string name) => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("NODE_", StringComparison.OrdinalIgnoreCase);

    public static string? OnPath(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        return (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                from ending in endings
                let path = Path.Combine(folder, program + ending)
                where File.Exists(path)
                select path).FirstOrDefault();
    }

    /// <summary>Where Windows and macOS keep browsers, which are not on the path there.</summary>
    private static IEnumerable<string> Places() =>
        new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86 }
            .Select(Environment.GetFolderPath)
            .SelectMany(folder => new[] { Path.Combine(folder, "Google", "Chrome", "Application", "chrome.exe"), Path.Combine(folder, "Microsoft", "Edge", "Application", "msedge.exe") })
            .Concat(["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"]);

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended meanwhile.
        }
    }
}

/// <summary>What a client printed, and how it ended.</summary>
internal sealed record ClientOutput(int ExitCode, string Out, string Error);
