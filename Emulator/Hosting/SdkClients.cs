using Amazon;
using Amazon.Runtime;

namespace Emulator.Hosting;

/// <summary>Makes clients of the AWS SDK for .NET, which every service's package shapes alike: <c>AmazonXClient(AWSCredentials, AmazonXConfig)</c>.</summary>
internal static class SdkClients
{
    public static object Create(Type type, AWSCredentials credentials, string region, HttpClientFactory factory, Action<ClientConfig>? configure)
    {
        foreach (var constructor in type.GetConstructors())
        {
            if (constructor.GetParameters() is not [var first, var second] || first.ParameterType != typeof(AWSCredentials) || !second.ParameterType.IsSubclassOf(typeof(ClientConfig))) continue;
            var config = (ClientConfig)Activator.CreateInstance(second.ParameterType)!;
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            config.HttpClientFactory = factory;
            configure?.Invoke(config);
            return constructor.Invoke([credentials, config]);
        }
        throw new ArgumentException($"{type.Name} has no constructor (AWSCredentials, ClientConfig).", nameof(type));
    }

    /// <summary>The client class of an interface, as <c>AmazonS3Client</c> of <c>IAmazonS3</c>: the class of its assembly that implements it.</summary>
    public static Type ClientOf(Type service)
    {
        var name = $"{service.Namespace}.{service.Name[1..]}Client";
        return service.Assembly.GetType(name) is { } type && type.IsAssignableTo(service) && type.IsSubclassOf(typeof(AmazonServiceClient))
            ? type
            : throw new ArgumentException($"{service.FullName} is not the interface of an AWS SDK client.", nameof(service));
    }
}

/// <summary>Gives every SDK client the emulator's one in-memory <see cref="HttpClient"/>.</summary>
internal sealed class InMemoryHttpClientFactory(Func<HttpClient> client) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client();

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
