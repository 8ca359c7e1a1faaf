using System.Diagnostics.CodeAnalysis;

namespace Emulator.Lambda.DotNet;

/// <summary>The environment variables of this process, shared out among the functions that run in it.</summary>
/// <remarks>
/// .NET code asks the process for its environment, and there is one, whoever asks. So a function sees all its variables while it is constructed,
/// one function at a time; afterwards those remain that no other function and not the process itself wants otherwise.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "There is one, and it lives as long as the process.")]
internal sealed class ProcessEnvironment
{
    // One for the process, since what it guards is the process's.
    public static ProcessEnvironment Shared { get; } = new();

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, (string Value, int Owners)> _kept = new(StringComparer.Ordinal);

    private ProcessEnvironment() { }

    /// <summary>Runs something with these variables set, alone; then they are as before.</summary>
    /// <exception cref="TimeoutException">It took too long. It goes on, but others get their turn.</exception>
    public async Task<T> RunAsync<T>(IEnumerable<KeyValuePair<string, string>> variables, Func<T> run, TimeSpan limit, TimeProvider time)
    {
        await _turn.WaitAsync();
        var before = new List<(string Name, string? Value)>();
        try
        {
            foreach (var (name, value) in variables)
            {
                before.Add((name, Environment.GetEnvironmentVariable(name)));
                Environment.SetEnvironmentVariable(name, value);
            }
            return await Task.Run(run).WaitAsync(limit, time);
        }
        finally
        {
            foreach (var (name, value) in before) Environment.SetEnvironmentVariable(name, value);
            _turn.Release();
        }
    }

    /// <summary>Leaves variables set until the lease ends; those that are already set otherwise are told and left as they are.</summary>
    public async Task<Lease> KeepAsync(IEnumerable<KeyValuePair<string, string>> variables, Action<string> conflict)
    {
        await _turn.WaitAsync();
        try
        {
            var names = new List<string>();
            foreach (var (name, value) in variables)
            {
                if (_kept.TryGetValue(name, out var kept) && kept.Value == value)
                {
                    _kept[name] = (value, kept.Owners + 1);
                    names.Add(name);
                }
                else if (Environment.GetEnvironmentVariable(name) is not { } other)
                {
                    Environment.SetEnvironmentVariable(name, value);
                    _kept[name] = (value, 1);
                    names.Add(name);
                }
                else if (other != value)
                {
                    conflict(name);
                }
            }
            return new Lease(this, names);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReleaseAsync(List<string> names)
    {
        await _turn.WaitAsync();
        foreach (var name in names)
        {
            var (value, owners) = _kept[name];
            if (owners > 1)
            {
                _kept[name] = (value, owners - 1);
                continue;
            }
            _kept.Remove(name);
            if (Environment.GetEnvironmentVariable(name) == value) Environment.SetEnvironmentVariable(name, null);
        }
        _turn.Release();
    }

    /// <summary>Variables that stay set for a function.</summary>
    public sealed class Lease(ProcessEnvironment environment, List<string> names)
    {
        public Task EndAsync() => environment.ReleaseAsync(names);
    }
}
