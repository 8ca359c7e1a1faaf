using Amazon.Runtime;
using Emulator.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Emulator;

/// <summary>Registers the emulator and AWS SDK clients that talk to it.</summary>
public static class AwsEmulatorServiceCollectionExtensions
{
    /// <summary>Registers an <see cref="AwsEmulator"/> that starts and stops with the host.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configure">Sets its options.</param>
    /// <param name="port">The port to listen on, 0 for any free one; null (the default) for none.</param>
    public static IServiceCollection AddAwsEmulator(this IServiceCollection services, Action<AwsEmulatorOptions>? configure = null, int? port = null)
    {
        services.AddSingleton(_ => AwsEmulator.StartAsync(configure ?? (static _ => { })).GetAwaiter().GetResult());
        services.AddHostedService(provider => new HostedEmulator(provider.GetRequiredService<AwsEmulator>(), port));
        return services;
    }

    /// <summary>Registers the client of an interface, as <c>IAmazonS3</c>, as a singleton that talks to the emulator that the collection has (<see cref="AddAwsEmulator"/>) or the given one.</summary>
    /// <remarks>For use in place of the SDK's <c>AddAWSService</c>, which does not carry an <see cref="HttpClientFactory"/>.</remarks>
    public static IServiceCollection AddAwsClient<TService>(this IServiceCollection services, AwsEmulator? emulator = null) where TService : class, IAmazonService
    {
        var type = SdkClients.ClientOf(typeof(TService));
        return services.AddSingleton(provider => (TService)(emulator ?? provider.GetRequiredService<AwsEmulator>()).CreateClient(type));
    }

    /// <summary>Puts clients that talk to the emulator in the place of every AWS SDK client that is registered already (<c>IAmazonS3</c>, <c>IAmazonDynamoDB</c>...): for a test that hosts the application as it is.</summary>
    public static IServiceCollection UseAwsEmulator(this IServiceCollection services, AwsEmulator emulator)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        foreach (var service in services.Select(service => service.ServiceType).Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAmazonService))).Distinct().ToArray())
        {
            var type = SdkClients.ClientOf(service);
            services.Replace(ServiceDescriptor.Singleton(service, _ => emulator.CreateClient(type)));
        }
        return services;
    }

    private sealed class HostedEmulator(AwsEmulator emulator, int? port) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => port is { } at ? emulator.ListenAsync(at, cancellationToken) : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => emulator.DisposeAsync().AsTask();
    }
}
