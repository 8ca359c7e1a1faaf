namespace Emulator.Storage;

/// <summary>How a full disk shows itself: as an error of the file system under bodies, and as one of the store.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28;             // ENOSPC
    private const int NoQuota = 122;            // EDQUOT on Linux
    private const int NoQuotaOnMac = 69;        // EDQUOT on macOS
    private const int WindowsDiskFull = 112;    // ERROR_DISK_FULL
    private const int WindowsHandleFull = 39;   // ERROR_HANDLE_DISK_FULL

    public static bool Is(Exception error) => error is IOException && (OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) is WindowsDiskFull or WindowsHandleFull
        : error.HResult is NoSpace or NoQuota or NoQuotaOnMac);

    /// <summary>What the store throws.</summary>
    public static StoreException OfStore() => new("The disk is full: the store takes no writes until there is room.") { HResult = OperatingSystem.IsWindows() ? unchecked((int)0x80070000) | WindowsDiskFull : NoSpace };
}
