using Emulator.Configuration;

namespace Emulator.Lambda.Functions;

/// <summary>What holds for a function, from emulator.yaml and from code.</summary>
internal sealed record FunctionSettings(
    TimeSpan Timeout, int MemorySizeMb, IReadOnlyDictionary<string, string> Environment, string RoleArn, string Description)
{
    public static FunctionSettings Of(EmulatorConfig config, string name, FunctionConfig? declared, FunctionOptions? options)
    {
        declared ??= new FunctionConfig();
        return new(
            options?.Timeout ?? declared.Timeout,
            options?.MemorySizeMb ?? declared.MemorySizeMb,
            options?.Environment ?? declared.Environment,
            DeclaredIds.RoleArn(config, options?.Role ?? declared.Role ?? $"{name}-role"),
            options?.Description ?? declared.Description ?? "");
    }
}
