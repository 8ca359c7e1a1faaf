using System.Diagnostics;

namespace Emulator.Hosting;

/// <summary>Fails HTTP requests to real AWS hosts before anything is sent, by the events that .NET's own HTTP handler raises.</summary>
internal sealed class RealAwsGuard : IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private readonly IDisposable _listeners;
    private IDisposable? _events;

    public RealAwsGuard() => _listeners = DiagnosticListener.AllListeners.Subscribe(this);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "HttpHandlerDiagnosticListener") _events = value.Subscribe(this, static _ => true);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key is not ("System.Net.Http.HttpRequestOut.Start" or "System.Net.Http.Request")) return;
        if (value.Value?.GetType().GetProperty("Request")?.GetValue(value.Value) is not HttpRequestMessage { RequestUri.Host: { } host }) return;
        if (IsAws(host)) throw new HttpRequestException($"A call to the real AWS ({host}) was refused: AwsEmulator.RefuseRealAws() is in force. Give the client the emulator's HttpClientFactory.");
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose()
    {
        _listeners.Dispose();
        _events?.Dispose();
    }

    // The metadata service of EC2 is AWS too: the SDK asks it for credentials when it finds none.
    private static bool IsAws(string host) =>
        host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".amazonaws.com.cn", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".api.aws", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".on.aws", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".amazoncognito.com", StringComparison.OrdinalIgnoreCase) || host is "169.254.169.254" or "169.254.170.2";
}
