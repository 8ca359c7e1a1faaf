using Amazon.Runtime;
using Emulator.Identifiers;
using Emulator.Lambda.Invocations;

namespace Emulator.Lambda.Functions;

/// <summary>One function: what holds for it, its code, its role and its log.</summary>
internal sealed class Function
{
    private readonly Dictionary<Type, object> _clients = [];
    private readonly Lazy<string> _logStream;

    public Function(string name, string account, string region, FunctionSettings settings, FunctionCode code, FunctionRole role, FunctionHost host, EmulatorClock clock, IdSource ids)
    {
        (Name, Account, Region, Settings, Code, Role, Host) = (name, account, region, settings, code, role, host);
        Created = clock.GetUtcNow();
        Log = new FunctionLog(name, clock, host.Log);
        _logStream = new(() => $"{Created:yyyy/MM/dd}/[{FunctionName.Latest}]{ids.Hex(32)}");
    }

    public string Name { get; }
    public string Account { get; }
    public string Region { get; }
    public FunctionSettings Settings { get; }
    public FunctionCode Code { get; }
    public FunctionRole Role { get; }
    public FunctionHost Host { get; }
    public FunctionLog Log { get; }
    public DateTimeOffset Created { get; }

    /// <summary>The registration that it stands for; null where emulator.yaml alone declares it.</summary>
    public FunctionRegistration? Registration { get; init; }

    public string Arn => $"arn:aws:lambda:{Region}:{Account}:function:{Name}";

    public string LogGroupName => $"/aws/lambda/{Name}";

    public string LogStreamName => _logStream.Value;

    /// <summary>A client with the role's credentials, one for each type, for as long as the function is there.</summary>
    public T Client<T>() where T : AmazonServiceClient
    {
        if (Host.CreateClient is not { } create) throw new InvalidOperationException("This emulator makes no AWS clients for its functions.");
        lock (_clients)
        {
            if (!_clients.TryGetValue(typeof(T), out var client)) _clients[typeof(T)] = client = create(typeof(T), Role);
            return (T)client;
        }
    }

    public void DisposeClients()
    {
        lock (_clients)
        {
            foreach (var client in _clients.Values) (client as IDisposable)?.Dispose();
            _clients.Clear();
        }
    }
}
