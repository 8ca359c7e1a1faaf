using Amazon.Runtime;

namespace Emulator.Lambda.Functions;

/// <summary>What functions need of the emulator that hosts them.</summary>
internal sealed class FunctionHost
{
    /// <summary>Where a function's AWS clients find the emulator, as <c>http://127.0.0.1:4566</c>; null while nothing listens.</summary>
    public Func<Uri?> Endpoint { get; init; } = static () => null;

    /// <summary>The handler that brings requests into the emulator without a port, for the AWS SDK that a function has brought along; null: they go to <see cref="Endpoint"/>.</summary>
    public Func<HttpMessageHandler>? Transport { get; init; }

    /// <summary>Makes a client for <see cref="LambdaContext.CreateClient{T}"/>: its type, the function's credentials.</summary>
    public Func<Type, AWSCredentials, object>? CreateClient { get; init; }

    /// <summary>What is told while projects are built and functions are loaded.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Receives each log line of each function (its name, the line).</summary>
    public Action<string, FunctionLogLine>? Log { get; init; }

    /// <summary>Whether the process is the emulator's own, so that environment variables of functions may stay set.</summary>
    public bool OwnsProcess { get; init; }

    /// <summary>Whether projects are built when the emulator starts, not at their first invocation.</summary>
    public bool BuildAtStart { get; init; }

    /// <summary>Whether changed sources and assemblies are loaded anew.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>Where copies of functions' code are loaded from, so that the originals can be overwritten.</summary>
    public string WorkFolder { get; init; } = DefaultWorkFolder();

    private static string DefaultWorkFolder()
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(data.Length > 0 ? data : Path.Combine(Path.GetTempPath(), Environment.UserName), "aws-emulator", "functions");
    }
}
