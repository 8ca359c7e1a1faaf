using Emulator.Iam;
using Emulator.Iam.Sts;
using Emulator.Integration;
using Emulator.Lambda;
using Emulator.Lambda.Functions;
using Emulator.Protocols;
using Emulator.SigV4;

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
        var lambda = new LambdaService(Context, Functions, directory, new FunctionHost
        {
            Endpoint = () => ListensAt,
            Transport = () => Handler,
            CreateClient = (type, credentials) => CreateClient(type, credentials),
            Progress = Log,
            Log = (function, line) => Log($"{function}: {line.Text}"),
        });
        Slices = [sts, lambda];
        SigV4 = new SigV4Verifier(directory, Clock, Config.Credentials, Config.Account);
        Authorizer = new IamAuthorizer(directory, Config, Clock, [("lambda", lambda)]);
        Endpoints = new ServiceEndpoint[]
        {
            new ServiceEndpoint<StsService>("sts", Sts, Mebibyte, sts, StsOperations.Table),
            new ServiceEndpoint<LambdaService>("lambda", RestJson, LambdaLimits.RequestBodyBytes, lambda, LambdaOperations.Table),
        }.ToDictionary(endpoint => endpoint.SigningName);
        PlainEndpoints = new Dictionary<string, IHttpEndpoint> { ["control"] = new ControlEndpoint(this) };
    }

    private ServiceContext Context => new(Store, Bodies, Clock, Ids, Config);

    private Task ClearAsync() => Store is null ? Task.FromException(new InvalidOperationException()) : Task.CompletedTask;
    private async Task DisposeSlicesAsync()
    {
        foreach (var slice in Slices.OfType<IAsyncDisposable>()) await slice.DisposeAsync();
    }

    public Task SaveSnapshotAsync(Stream stream, CancellationToken cancelled) => Store is null ? Task.FromCanceled(cancelled) : Task.CompletedTask;
    public Task LoadSnapshotAsync(Stream stream, CancellationToken cancelled) => Store is null ? Task.FromCanceled(cancelled) : Task.CompletedTask;

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
