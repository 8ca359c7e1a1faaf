namespace Emulator.Iam;

/// <summary>One thing that a request wants to do: an IAM action, the ARN of what it is done to, and the condition keys that only the service can know.</summary>
internal readonly record struct Permission(string Action, string Resource)
{
    /// <summary>Service condition keys, as <c>s3:prefix</c> or <c>dynamodb:LeadingKeys</c>; a key with several values stands several times.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Context { get; init; }

    /// <summary>Whether the resource only comes to be by this: nobody's policy hangs from it yet, although another account may have taken its name.</summary>
    public bool IsCreation { get; init; }

    /// <summary>The account that will own what comes to be, where that may be another than owns the place: it decides, and the policy of the place can only deny. null: who owns the place.</summary>
    public string? Owner { get; init; }
}
