using System.Text;

namespace Emulator.ApplicationAutoScaling;

/// <summary>Keys of the store: texts one after the other, with a zero byte after each, so that no key is the beginning of another's part.</summary>
internal static class StoreKey
{
    public static byte[] Of(params ReadOnlySpan<string> parts) => Encoding.UTF8.GetBytes(string.Join('\0', parts) + '\0');
}
