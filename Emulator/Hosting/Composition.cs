using Emulator.Iam;
using Emulator.Iam.Sts;
using Emulator.Integration;
using Emulator.Protocols;
using Emulator.S3;
using Emulator.S3.Website;
using Emulator.SigV4;
using Emulator.Storage;

namespace Emulator.Hosting;

/// <summary>Makes the services of a host and ties them together.</summary>
internal sealed partial class EmulatorHost
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly Protocol Json11 = new AwsJsonProtocol("application/x-amz-json-1.1");
    private static readonly Protocol RestJson = new RestJsonProtocol();
    private static readonly Protocol RestXml = new RestXmlProtocol();
    private static readonly Protocol Sts = new AwsQueryProtocol("https://sts.amazonaws.com/doc/2011-06-15/");

    /// <summary>The service APIs by signing name.</summary>
    public IReadOnlyDictionary<string, ServiceEndpoint> Endpoints { get; private set; } = new Dictionary<string, ServiceEndpoint>();

    /// <summary>What answers plain HTTP, by the names that the router gives.</summary>
    public IReadOnlyDictionary<string, IHttpEndpoint> PlainEndpoints { get; private set; } = new Dictionary<string, IHttpEndpoint>();

    public IReadOnlyList<IServiceSlice> Slices { get; private set; } = [];

    public SigV4Verifier SigV4 { get; private set; } = null!;

    public IamAuthorizer Authorizer { get; private set; } = null!;

    private void Compose()
    {
        var directory = new IamDirectory(Context);
        var sts = new StsService(Context, directory);
        var s3 = new S3Service(Context, new NoFunctions(), new AccessCheck(this));
        Slices = [sts, s3];
        SigV4 = new SigV4Verifier(directory, Clock, Config.Credentials, Config.Account);
        Authorizer = new IamAuthorizer(directory, Config, Clock, [("s3", s3)]);
        Endpoints = new ServiceEndpoint[]
        {
            new ServiceEndpoint<StsService>("sts", Sts, Mebibyte, sts, StsOperations.Table),
            new ServiceEndpoint<S3Service>("s3", RestXml, Mebibyte, s3, S3Operations.Table),
        }.ToDictionary(endpoint => endpoint.SigningName);
        PlainEndpoints = new Dictionary<string, IHttpEndpoint> { ["control"] = new ControlEndpoint(this), ["website"] = new S3Website(s3) };
    }

    private ServiceContext Context => new(Store, Bodies, Clock, Ids, Config);

    /// <summary>Removes every row, and the bodies that only they named.</summary>
    private async Task ClearAsync()
    {
        var bodies = await Store.WriteAsync(write =>
        {
            var named = BodyReferences.All(write).ToList();
            foreach (var space in write.Spaces) write.DeleteRange(space, KeyRange.All);
            return named;
        });
        foreach (var id in bodies) Bodies.Delete(id);
    }

    private Task DisposeSlicesAsync() => Store is null ? Task.FromException(new InvalidOperationException()) : Task.CompletedTask;

    /// <summary>A service that AWS has and the emulator has not: refused by name, in a protocol that its client can read.</summary>
    public static ServiceEndpoint UnknownService(string name, RestRequest request)
    {
        var form = request.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ?? false;
        return new RefusedService(name, request.Header("X-Amz-Target") is not null ? Json11 : form ? Sts : RestJson);
    }

    private sealed class RefusedService(string name, Protocol protocol) : ServiceEndpoint(name, protocol, 16 * Mebibyte)
    {
        public override Operation Find(RestRequest request) => throw Errors.NotImplemented(Protocol.OperationName(request) is { Length: > 0 } operation ? $"{operation} of the service {SigningName}" : $"the service {SigningName}");

        public override PreparedCall Prepare(Operation operation, Call call, RestRequest request) => throw Errors.NotImplemented(SigningName);
    }
}
