using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Returns where the region's DynamoDB is reached: the host to which the request was sent.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html</remarks>
internal static class DescribeEndpoints
{
    private const long CachePeriodInMinutes = 1440;

    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, EmptyInput input) =>
        new(AwsJson.Encode(new DescribeEndpointsOutput([new(call.Host, CachePeriodInMinutes)]), ControlJson.Default.DescribeEndpointsOutput));
}

internal sealed record DescribeEndpointsOutput(IReadOnlyList<EndpointShape> Endpoints);

internal sealed record EndpointShape(string Address, long CachePeriodInMinutes);
