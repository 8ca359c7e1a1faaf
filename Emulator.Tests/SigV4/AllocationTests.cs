using System.Text;
using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.SigV4;
using NUnit.Framework;

namespace Emulator.Tests.SigV4;

/// <summary>Every request comes by here, so that it leaves next to nothing for the garbage collector.</summary>
[NonParallelizable]
internal sealed class AllocationTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [TestCase(false, 0)]
    [TestCase(true, 0)]
    public void A_request_that_is_seen_again_allocates_nothing(bool known, long limitBytes)
    {
        var keys = new OneKey("AKIAIOSFODNN7EXAMPLE", new("secret", null, null, Caller.RootOf("123456789012")));
        var verifier = new SigV4Verifier(keys, new FixedClock(Now), CredentialsMode.Any, "000000000000");
        var request = Sign(known ? "AKIAIOSFODNN7EXAMPLE" : "test", verifier);
        for (var warm = 0; warm < 100; warm++) verifier.Authenticate(request, "dynamodb", "us-east-1", AuthDialect.Json);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < 1000; call++) verifier.Authenticate(request, "dynamodb", "us-east-1", AuthDialect.Json);
        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, Is.LessThanOrEqualTo(limitBytes));
    }

    private static RestRequest Sign(string accessKeyId, SigV4Verifier verifier)
    {
        var content = Encoding.UTF8.GetBytes("{\"TableName\":\"Notes\",\"Key\":{\"id\":{\"S\":\"1\"}}}");
        string Authorization(string signature) => $"AWS4-HMAC-SHA256 Credential={accessKeyId}/20260102/us-east-1/dynamodb/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature={signature}";
        var headers = Requests.Headers(("Host", "localhost:4566"), ("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Date", "20260102T030405Z"), ("X-Amz-Target", "DynamoDB_20120810.GetItem"), ("Authorization", Authorization(new('0', 64))));
        var request = Requests.Make("POST", "/", headers: headers, content: content);
        try
        {
            verifier.Authenticate(request, "dynamodb", "us-east-1", AuthDialect.RestJson);
        }
        catch (AwsException mismatch)
        {
            var stringToSign = mismatch.Message[(mismatch.Message.LastIndexOf("\n'", StringComparison.Ordinal) + 2)..^2];
            var signature = new byte[64];
            SigningKey.Sign(SigningKey.Derive("secret", "20260102", "us-east-1", "dynamodb"), Encoding.UTF8.GetBytes(stringToSign), signature);
            request.Headers.Authorization = Authorization(Encoding.ASCII.GetString(signature));
        }
        return request;
    }
}
