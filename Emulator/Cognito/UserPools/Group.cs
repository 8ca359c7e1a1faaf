namespace Emulator.Cognito.UserPools;

/// <summary>A group of a pool, as it is stored.</summary>
internal sealed record Group
{
    public int Format { get; init; } = 1;
    public required string GroupName { get; init; }
    public required string UserPoolId { get; init; }
    public string? Description { get; init; }
    public string? RoleArn { get; init; }
    public int? Precedence { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public required DateTimeOffset LastModifiedDate { get; init; }
}
