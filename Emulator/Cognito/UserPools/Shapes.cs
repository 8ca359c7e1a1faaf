namespace Emulator.Cognito.UserPools;

/// <summary>The text shapes of the API model.</summary>
internal static class Shapes
{
    public static readonly TextShape UserPoolId = new(1, 55, @"[\w-]+_[0-9a-zA-Z]+", IsUserPoolId);
    public static readonly TextShape PoolName = new(1, 128, @"[\w\s+=,.@-]+", Patterns.Name);
    public static readonly TextShape ClientId = new(1, 128, @"[\w+]+", Patterns.WordOrPlus, Sensitive: true);
    public static readonly TextShape ClientName = PoolName;
    public static readonly TextShape Username = new(1, 128, Patterns.VisiblePattern, Patterns.Visible, Sensitive: true);
    public static readonly TextShape Password = new(0, 256, Patterns.NonSpacePattern, Patterns.NonSpace, Sensitive: true);
    public static readonly TextShape SecretHash = new(1, 128, @"[\w+=/]+", text => Patterns.AllAscii(text, "_+=/"), Sensitive: true);
    public static readonly TextShape ClientSecret = new(24, 64, @"[\w+]+", Patterns.WordOrPlus, Sensitive: true);
    public static readonly TextShape Code = new(1, 2048, Patterns.NonSpacePattern, Patterns.NonSpace);
    public static readonly TextShape Token = new(0, int.MaxValue, @"[A-Za-z0-9-_=.]+", text => Patterns.AllAscii(text, "-_=."), Sensitive: true);
    public static readonly TextShape Session = new(20, 2048, Sensitive: true);
    public static readonly TextShape GroupName = new(1, 128, Patterns.VisiblePattern, Patterns.Visible);
    public static readonly TextShape Description = new(0, 2048);
    public static readonly TextShape AttributeName = new(1, 32);
    public static readonly TextShape AttributeValue = new(0, 2048, Sensitive: true);
    public static readonly TextShape Filter = new(0, 256);
    public static readonly TextShape PageToken = new(1, 131_072, Patterns.NonSpacePattern, Patterns.NonSpace);
    public static readonly TextShape Arn = new(20, 2048);

    private static bool IsUserPoolId(string id)
    {
        var at = id.LastIndexOf('_');
        return at > 0 && Patterns.AllAscii(id[..at], "_-") && Patterns.AllAscii(id[(at + 1)..], "");
    }
}

/// <summary>Checks of user pools' own shapes.</summary>
internal static class ShapeChecks
{
    /// <summary>Names and values of a list of attributes.</summary>
    public static ShapeCheck Attributes(this ShapeCheck check, string member, IReadOnlyList<AttributeType>? attributes)
    {
        check.NoNulls(member, attributes);
        for (var i = 0; i < attributes?.Count; i++)
        {
            if (attributes[i] is not { } attribute) continue;
            check.Required($"{member}.{i + 1}.member.name", attribute.Name, Shapes.AttributeName);
            check.Optional($"{member}.{i + 1}.member.value", attribute.Value, Shapes.AttributeValue);
        }
        return check;
    }
}
