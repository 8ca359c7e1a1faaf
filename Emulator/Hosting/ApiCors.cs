using Emulator.Protocols;

namespace Emulator.Hosting;

/// <summary>CORS as the service APIs send it, so that a page of any origin can use an SDK. S3 and deployed APIs have rules of their own.</summary>
internal static class ApiCors
{
    public static bool IsPreflight(RestRequest request) =>
        request.Method == "OPTIONS" && request.Headers.Origin.Count > 0;

    /// <summary>Allowed is what is asked for. Observed: test/connection.js of architect/dynalite; test_cors.py of scylladb/scylladb test/alternator.</summary>
    public static Reply Preflight(RestRequest request) =>
        Reply.Empty()
            .Header("Access-Control-Allow-Origin", "*")
            .Header("Access-Control-Allow-Methods", request.Header("Access-Control-Request-Method"))
            .Header("Access-Control-Allow-Headers", request.Header("Access-Control-Request-Headers"))
            .Header("Access-Control-Expose-Headers", Exposed)
            .Header("Access-Control-Max-Age", "172800");

    public static void Allow(Reply reply, RestRequest request)
    {
        if (request.Headers.Origin.Count == 0) return;
        reply.Header("Access-Control-Allow-Origin", "*").Header("Access-Control-Expose-Headers", Exposed);
    }

    private const string Exposed = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,x-amz-crc32,x-amz-log-result,x-amz-function-error,Date";
}
