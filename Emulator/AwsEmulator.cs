using Amazon.Runtime;
using Emulator.Hosting;

namespace Emulator;

/// <summary>One private AWS: five services, their state, their clock and their inbox, in this process and without a port.</summary>
/// <example><code>
/// await using var aws = await AwsEmulator.StartAsync();
/// var dynamoDb = aws.CreateClient&lt;AmazonDynamoDBClient&gt;();
/// </code></example>
public sealed class AwsEmulator : IAsyncDisposable
{
    private readonly EmulatorHost _host;
    private readonly List<HttpListenerHost> _listeners = [];
    private Task? _disposal;
    private readonly Lazy<HttpClient> _http;

    internal AwsEmulator(EmulatorHost host)
    {
        _host = host;
        _http = new(() => new HttpClient(Handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan });
        HttpClientFactory = new InMemoryHttpClientFactory(() => _http.Value);
        host.CreateClient = CreateClientFor;
    }

    /// <summary>Starts an emulator in memory, with nothing declared.</summary>
    public static Task<AwsEmulator> StartAsync(CancellationToken cancellationToken = default) => StartAsync(new AwsEmulatorOptions(), cancellationToken);

    /// <summary>Starts an emulator; when the task completes, what is declared is there (functions of project folders are built meanwhile).</summary>
    /// <exception cref="EmulatorConfigurationException">The configuration has mistakes; the message lists all of them.</exception>
    public static async Task<AwsEmulator> StartAsync(AwsEmulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var host = await EmulatorHost.CreateAsync(options);
        var emulator = new AwsEmulator(host);
        try
        {
            await host.ApplyAsync(cancellationToken);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts an emulator with options set in place.</summary>
    public static Task<AwsEmulator> StartAsync(Action<AwsEmulatorOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new AwsEmulatorOptions();
        configure(options);
        return StartAsync(options, cancellationToken);
    }

    /// <summary>The clock of everything in it.</summary>
    public EmulatorClock Clock => _host.Clock;

    /// <summary>Functions registered in code.</summary>
    public FunctionRegistry Functions => _host.Functions;

    /// <summary>Mails and text messages that would have been sent.</summary>
    public Inbox Inbox => _host.Inbox;

    /// <summary>What was asked and answered.</summary>
    public Journal Journal => _host.Journal;

    /// <summary>The region of the clients made here and of what is declared.</summary>
    public string Region => _host.Config.Region;

    /// <summary>The default account.</summary>
    public string Account => _host.Config.Account;

    /// <summary>What is there: every resource with its id and ARN.</summary>
    public EmulatorOutputs Outputs => EmulatorOutputs.Of(_host, BaseUrl);

    /// <summary>Answers every request, whatever host it names, without a port.</summary>
    public HttpMessageHandler Handler => _host.Handler;

    /// <summary>To put on the config of any AWS SDK for .NET client: it keeps its <c>RegionEndpoint</c> and needs no <c>ServiceURL</c>.</summary>
    public HttpClientFactory HttpClientFactory { get; }

    /// <summary>Makes an AWS SDK client of this emulator, as the default account's root.</summary>
    /// <typeparam name="TClient">As <c>AmazonS3Client</c>.</typeparam>
    public TClient CreateClient<TClient>(Action<ClientConfig>? configure = null) where TClient : AmazonServiceClient =>
        CreateClient<TClient>(new BasicAWSCredentials(_host.Config.Account, "secret"), configure);

    /// <summary>Makes an AWS SDK client of this emulator with the given credentials.</summary>
    public TClient CreateClient<TClient>(AWSCredentials credentials, Action<ClientConfig>? configure = null) where TClient : AmazonServiceClient =>
        (TClient)SdkClients.Create(typeof(TClient), credentials, Region, HttpClientFactory, configure);

    /// <summary>A new <see cref="HttpClient"/> for deployed APIs, websites and anything else that is plain HTTP.</summary>
    public HttpClient CreateHttpClient() => new(Handler, disposeHandler: false) { BaseAddress = new Uri(BaseUrl) };

    /// <summary>An emulator that begins with this one's state, clock and functions and from then on goes its own way. In memory only; costs microseconds, whatever the state's size.</summary>
    public AwsEmulator Fork() => new(_host.Fork());

    /// <summary>Opens a port on 127.0.0.1 and answers there too.</summary>
    /// <param name="port">0 for any free one.</param>
    /// <returns>The address, as <c>http://127.0.0.1:4566</c>.</returns>
    public async Task<Uri> ListenAsync(int port = 0, CancellationToken cancellationToken = default)
    {
        var listener = await HttpListenerHost.StartAsync(_host, port, cancellationToken);
        lock (_listeners) _listeners.Add(listener);
        _host.BaseUrl = $"http://localhost:{listener.Port}";
        _host.ListensAt = new Uri($"http://127.0.0.1:{listener.Port}");
        return new Uri($"http://127.0.0.1:{listener.Port}");
    }

    /// <summary>Writes the whole state to a file, from which <see cref="LoadSnapshotAsync"/> makes it again.</summary>
    public Task SaveSnapshotAsync(string path, CancellationToken cancellationToken = default) => _host.SaveSnapshotAsync(path, cancellationToken);

    /// <summary>Replaces the whole state by a file's. A file that is broken or newer is refused, and nothing changes.</summary>
    public Task LoadSnapshotAsync(string path, CancellationToken cancellationToken = default) => _host.LoadSnapshotAsync(path, cancellationToken);

    /// <summary>Removes all state and makes anew what is declared.</summary>
    public Task ResetAsync(CancellationToken cancellationToken = default) => _host.ResetAsync(cancellationToken);

    /// <summary>While it is held, every HTTP request of this process to a host of the real AWS fails before it leaves the machine.</summary>
    /// <remarks>Requests through an emulator's own clients do not leave the machine and pass.</remarks>
    public static IDisposable RefuseRealAws() => new RealAwsGuard();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // Once for all who ask: a host stops it, and its container disposes of it.
        lock (_listeners) return new(_disposal ??= DisposeOnceAsync([.. _listeners]));
    }

    private async Task DisposeOnceAsync(HttpListenerHost[] listeners)
    {
        foreach (var listener in listeners) await listener.DisposeAsync();
        if (_http.IsValueCreated) _http.Value.Dispose();
        await _host.DisposeAsync();
    }

    internal EmulatorHost Host => _host;

    private string BaseUrl => _host.BaseUrl;

    internal object CreateClient(Type type) => CreateClientFor(type, new BasicAWSCredentials(_host.Config.Account, "secret"));

    private object CreateClientFor(Type type, AWSCredentials credentials) =>
        SdkClients.Create(type, credentials, Region, HttpClientFactory, null);
}
