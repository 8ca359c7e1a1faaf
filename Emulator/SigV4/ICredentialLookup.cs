using Emulator.Iam;

namespace Emulator.SigV4;

/// <summary>Knows the access keys that the emulator issued or that emulator.yaml names.</summary>
internal interface ICredentialLookup
{
    KnownKey? Find(string accessKeyId);
}

/// <summary>An access key, its secret, and who signs with it.</summary>
internal sealed record KnownKey(string SecretAccessKey, string? SessionToken, DateTimeOffset? Expiration, Caller Caller);
