using Emulator.Iam;

namespace Emulator.SigV4;

/// <summary>Where the emulator's access keys are: those it issued and those that emulator.yaml names.</summary>
internal interface ICredentialLookup
{
    /// <summary>The key, also when it has expired; null when nobody has it.</summary>
    KnownKey? Find(string accessKeyId);
}

/// <summary>An access key with its secret and the principal it belongs to.</summary>
/// <param name="SessionToken">Temporary credentials only: what the request must carry as X-Amz-Security-Token.</param>
/// <param name="Expiration">Temporary credentials only.</param>
internal sealed record KnownKey(string SecretAccessKey, string? SessionToken, DateTimeOffset? Expiration, Caller Caller);
