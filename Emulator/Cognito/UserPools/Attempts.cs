namespace Emulator.Cognito.UserPools;

/// <summary>Counts what a user may do only so often, and locks sign-in after failures.</summary>
internal static class Attempts
{
    /// <summary>The user with one more attempt of this kind; throws where the hour's number is used up.</summary>
    public static User Count(User user, string kind, int limit, DateTimeOffset now)
    {
        var window = user.Attempts.GetValueOrDefault(kind);
        if (window is null || now - window.WindowStart >= CognitoLimits.AttemptWindow || now < window.WindowStart) window = new(now, 0);
        if (window.Count >= limit) throw CognitoErrors.AttemptLimitExceeded();
        var attempts = new Dictionary<string, AttemptCount>(user.Attempts) { [kind] = window with { Count = window.Count + 1 } };
        return user with { Attempts = attempts };
    }

    public static bool IsLocked(User user, DateTimeOffset now) => user.FailedSignIns?.LockedUntil > now;

    /// <summary>The user with one more failed sign-in: from the fifth on locked for 1, 2, 4... seconds, at most about 15 minutes.</summary>
    public static User Fail(User user, DateTimeOffset now)
    {
        var before = user.FailedSignIns is { } failed && now - (failed.LockedUntil ?? failed.Last) < CognitoLimits.LongestLockout ? failed.Count : 0;
        var count = before + 1;
        var seconds = Math.Min(Math.Pow(2, count - CognitoLimits.FailedSignInsToLockout), CognitoLimits.LongestLockout.TotalSeconds);
        DateTimeOffset? lockedUntil = count >= CognitoLimits.FailedSignInsToLockout ? now.AddSeconds(seconds) : null;
        return user with { FailedSignIns = new(count, now, lockedUntil) };
    }
}
