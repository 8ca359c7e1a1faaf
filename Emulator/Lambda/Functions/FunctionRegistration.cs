namespace Emulator.Lambda.Functions;

/// <summary>A delegate and its settings, in the one form that all registrations are brought to.</summary>
internal sealed record FunctionRegistration(FunctionOptions Options, Func<ReadOnlyMemory<byte>, LambdaContext, Task<ReadOnlyMemory<byte>>> Run);
