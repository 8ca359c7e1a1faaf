namespace Emulator.SigV4;

/// <summary>How far the time of a request may be from the server's.</summary>
internal static class ClockSkew
{
    /// <param name="clientClock">The clock that clients sign by, where it is another one: a request is in time that agrees with either.</param>
    public static void Check(DateTimeOffset time, DateTimeOffset now, TimeProvider? clientClock, AuthDialect dialect)
    {
        if ((now - time).Duration() <= SigV4Limits.MaxSkew || (clientClock?.GetUtcNow() - time)?.Duration() <= SigV4Limits.MaxSkew) return;
        throw SigV4Errors.Skewed(dialect, time, now, SigV4Limits.MaxSkew);
    }
}
