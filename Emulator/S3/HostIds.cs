using System.Text;

namespace Emulator.S3;

/// <summary>The second id of a request (<c>x-amz-id-2</c>), as the protocol sends it: it repeats the first.</summary>
internal static class HostIds
{
    public static string Of(string requestId) => Convert.ToBase64String(Encoding.ASCII.GetBytes(requestId.PadRight(56, '=')));
}
