using System.Buffers;

namespace Emulator.Cognito.IdentityPools;

/// <summary>The text shapes of the API model.</summary>
internal static class IdentityShapes
{
    public static readonly TextShape PoolId = new(1, 55, "[\\w-]+:[0-9a-f-]+", IsId);
    public static readonly TextShape IdentityId = PoolId;
    public static readonly TextShape PoolName = new(1, 128, @"[\w\s+=,.@-]+", Patterns.Name);
    public static readonly TextShape PageToken = new(1, 65_535, Patterns.NonSpacePattern, Patterns.NonSpace);
    public static readonly TextShape Arn = new(20, 2048);
    public static readonly TextShape ProviderName = new(1, 128, @"[\w._:/-]+", text => Patterns.AllAscii(text, "_.:/-"));
    public static readonly TextShape ClientId = new(1, 128, @"[\w_]+", text => Patterns.AllAscii(text, "_"));

    private static readonly SearchValues<char> HexOrDash = SearchValues.Create("0123456789abcdef-");

    private static bool IsId(string id)
    {
        var at = id.IndexOf(':');
        return at > 0 && Patterns.AllAscii(id[..at], "_-") && id.Length > at + 1 && !id.AsSpan(at + 1).ContainsAnyExcept(HexOrDash);
    }
}
