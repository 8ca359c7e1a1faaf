namespace Emulator.Cognito;

/// <summary>Times as Cognito sends them: seconds since 1970 with milliseconds.</summary>
internal static class EpochSeconds
{
    public static double ToEpochSeconds(this DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
