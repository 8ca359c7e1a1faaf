using System.Text.Json;

namespace Emulator;

/// <summary>Settings of a function that is registered in code. What is null is as emulator.yaml declares it for a function of this name, else as AWS defaults it.</summary>
public sealed record FunctionOptions
{
    /// <summary>How long an invocation may take, in real time whatever the emulator's clock shows. Default: 3 seconds.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The memory that the context and the log report, in MB. Nothing is limited by it. Default: 128.</summary>
    public int? MemorySizeMb { get; init; }

    /// <summary>Environment variables of the function, seen through <see cref="LambdaContext.Environment"/>.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>The role whose credentials the function gets: its name in emulator.yaml, or an ARN. Default: a role named <c>FUNCTION-role</c>.</summary>
    public string? Role { get; init; }

    /// <summary>The description that GetFunction shows.</summary>
    public string? Description { get; init; }

    /// <summary>How events are read and results written. Default: names as they are in C#, read without regard to case, nulls left out, as Amazon.Lambda.Serialization.SystemTextJson does.</summary>
    public JsonSerializerOptions? SerializerOptions { get; init; }
}
