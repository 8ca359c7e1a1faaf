using Emulator.ApiGateway;
using Emulator.ApiGateway.HttpApis;
using Emulator.ApplicationAutoScaling;
using Emulator.Cognito.IdentityPools;
using Emulator.Cognito.UserPools;
using Emulator.DynamoDb;
using Emulator.DynamoDb.Streams;
using Emulator.Iam;
using Emulator.Iam.Sts;
using Emulator.Integration;
using Emulator.Kms;
using Emulator.Lambda;
using Emulator.Lambda.Functions;
using Emulator.Protocols;
using Emulator.S3;
using Emulator.S3.AccessPoints;
using Emulator.S3.Control;
using Emulator.S3.Objects;
using Emulator.S3.Website;
using Emulator.SigV4;

namespace Emulator.Hosting;

/// <summary>Makes the services of a host and ties them together.</summary>
internal sealed partial class EmulatorHost
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly Protocol DynamoDbJson = new DynamoDbProtocol();
    private static readonly Protocol Json11 = new AwsJsonProtocol("application/x-amz-json-1.1");
    private static readonly Protocol AutoScalingJson = new AwsJsonProtocol("application/x-amz-json-1.1", messageMember: "Message");
    private static readonly Protocol RestJson = new RestJsonProtocol();
    private static readonly Protocol RestXml = new RestXmlProtocol();
    private static readonly Protocol WrappedXml = new RestXmlProtocol(wrapsErrors: true);
    private static readonly Protocol StsQuery = new AwsQueryProtocol("https://sts.amazonaws.com/doc/2011-06-15/");
    private static readonly Protocol IamQuery = new AwsQueryProtocol("https://iam.amazonaws.com/doc/2010-05-08/");

    /// <summary>The service APIs by signing name.</summary>
    public IReadOnlyDictionary<string, ServiceEndpoint> Endpoints { get; private set; } = new Dictionary<string, ServiceEndpoint>();

    /// <summary>What answers plain HTTP, by the names that the router gives.</summary>
    public IReadOnlyDictionary<string, IHttpEndpoint> PlainEndpoints { get; private set; } = new Dictionary<string, IHttpEndpoint>();

    public IReadOnlyList<IServiceSlice> Slices { get; private set; } = [];

    public SigV4Verifier SigV4 { get; private set; } = null!;

    public IamAuthorizer Authorizer { get; private set; } = null!;

    private void Compose()
    {
        var context = new ServiceContext(Store, Bodies, Clock, Ids, Config);
        var access = new AccessCheck(this);
        var directory = new IamDirectory(context);
        var sts = new StsService(context, directory);
        var iam = new IamService(directory);
        var lambda = new LambdaService(context, Functions, directory, new FunctionHost
        {
            Endpoint = () => ListensAt,
            Transport = () => Handler,
            CreateClient = (type, credentials) => CreateClient(type, credentials),
            Progress = Log,
            Log = (function, line) => Log($"{function}: {line.Text}"),
            OwnsProcess = _options.OwnsProcess,
            BuildAtStart = _options.OwnsProcess,
        });
        var userPools = new CognitoUserPoolService(context, new InboxDelivery(Inbox), lambda);
        var identityPools = new CognitoIdentityService(context, userPools, directory);
        var s3 = new S3Service(context, lambda, access, new FormVerifier(directory, Clock, Config.Credentials, Config.Account));
        var dynamoDb = new DynamoDbService(context, new ObjectStorage(s3));
        var autoScaling = new ApplicationAutoScalingService(context, dynamoDb.Scalable);
        dynamoDb.Scaling = autoScaling.Replicas;
        var kms = new KmsService();
        var apiGateway = new ApiGatewayService(context, lambda, userPools);

        Slices = [sts, iam, dynamoDb, autoScaling, lambda, userPools, identityPools, apiGateway, s3, kms];
        SigV4 = new SigV4Verifier(directory, Clock, Config.Credentials, Config.Account, Clock.MachineClock);
        Authorizer = new IamAuthorizer(directory, Config, Clock, [("s3", s3), ("lambda", lambda), ("dynamodb", dynamoDb.Policies)]);
        Endpoints = new ServiceEndpoint[]
        {
            new ServiceEndpoint<DynamoDbService>("dynamodb", DynamoDbJson, 17 * Mebibyte, dynamoDb, static () => DynamoDbOperations.Table),
            new ServiceEndpoint<DynamoDbService>("dynamodbstreams", DynamoDbJson, Mebibyte, dynamoDb, static () => StreamsOperations.Table, signingName: "dynamodb"),
            new ServiceEndpoint<ApplicationAutoScalingService>("application-autoscaling", AutoScalingJson, Mebibyte, autoScaling, static () => ApplicationAutoScalingOperations.Table),
            new ServiceEndpoint<KmsService>("kms", Json11, Mebibyte, kms, static () => KmsOperations.Table),
            new S3Endpoint(RestXml, s3),
            new S3ControlEndpoint(WrappedXml, s3),
            new ServiceEndpoint<CognitoUserPoolService>("cognito-idp", Json11, Mebibyte, userPools, static () => CognitoUserPoolOperations.Table),
            new ServiceEndpoint<CognitoIdentityService>("cognito-identity", Json11, Mebibyte, identityPools, static () => CognitoIdentityOperations.Table),
            new ServiceEndpoint<LambdaService>("lambda", RestJson, LambdaLimits.RequestBodyBytes, lambda, static () => LambdaOperations.Table),
            new ServiceEndpoint<ApiGatewayService>("apigateway", RestJson, 6 * Mebibyte, apiGateway, static () => ApiGatewayOperations.Table),
            new ServiceEndpoint<StsService>("sts", StsQuery, Mebibyte, sts, static () => StsOperations.Table),
            new ServiceEndpoint<IamService>("iam", IamQuery, Mebibyte, iam, static () => IamOperations.Table),
        }.ToDictionary(endpoint => endpoint.Name);
        PlainEndpoints = new Dictionary<string, IHttpEndpoint>
        {
            ["control"] = new ControlEndpoint(this),
            ["website"] = new S3Website(s3),
            ["well-known"] = new UserPoolWellKnown(userPools),
            ["execute-api"] = new HttpApiEndpoint(apiGateway),
        };
    }

    private async Task DisposeSlicesAsync()
    {
        foreach (var slice in Slices.OfType<IAsyncDisposable>()) await slice.DisposeAsync();
    }

    /// <summary>A service that AWS has and the emulator has not: refused by name, in a protocol that its client can read.</summary>
    public static ServiceEndpoint UnknownService(string name, RestRequest request)
    {
        var form = request.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ?? false;
        if (name.StartsWith("s3-", StringComparison.Ordinal)) return new RefusedService(name, RestXml);
        return new RefusedService(name, request.Header("X-Amz-Target") is not null ? Json11 : form ? StsQuery : RestJson);
    }

    private sealed class RefusedService(string name, Protocol protocol) : ServiceEndpoint(name, protocol, 16 * Mebibyte)
    {
        public override Operation Find(RestRequest request) => throw Errors.NotImplemented(Protocol.OperationName(request) is { Length: > 0 } operation ? $"{operation} of the service {SigningName}" : $"the service {SigningName}");

        public override PreparedCall Prepare(Operation operation, Call call, RestRequest request) => throw Errors.NotImplemented(SigningName);
    }

    /// <summary>The authorizer as slices ask it inside an operation. The host is asked late: it is still being made.</summary>
    private sealed class AccessCheck(EmulatorHost host) : IAccessCheck
    {
        public bool Allows(Call call, Permission permission) =>
            !host.Authorizer.Authorize(call.Caller, [permission], call.Conditions).IsRefused;

        public Caller? Assume(string roleArn, string service, string sessionName)
        {
            var caller = new Caller(CallerKind.Service, "", service, service);
            var isRefused = host.Authorizer.Authorize(caller, [new("sts:AssumeRole", roleArn)], new RequestConditions(null, host.Config.Region)).IsRefused;
            return isRefused ? null : IamDirectory.SessionOf(roleArn, sessionName);
        }
    }
}
