using Emulator.Configuration;
using NUnit.Framework;

namespace Emulator.Tests.Configuration;

/// <summary>Short ways to read emulator.yaml in tests.</summary>
internal static class Reading
{
    public static ConfigurationResult Read(string yaml) => ConfigurationReader.Read(yaml, "emulator.yaml");

    /// <summary>The problems as they are shown.</summary>
    public static string[] Problems(string yaml) => [.. Read(yaml).Problems.Select(problem => problem.ToString())];

    /// <summary>A file without a problem.</summary>
    public static EmulatorConfig Config(string yaml)
    {
        var result = Read(yaml);
        Assert.That(result.Problems, Is.Empty);
        return result.Config;
    }
}
