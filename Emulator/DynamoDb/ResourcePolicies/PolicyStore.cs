using System.Collections.Frozen;
using System.Text;
using Emulator.DynamoDb.Tables;
using Emulator.Integration;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.ResourcePolicies;

/// <summary>The policies of tables and streams, by ARN, with a memory of all of them for the authorizer, who asks at each request.</summary>
internal sealed class PolicyStore(IStore store) : IResourcePolicies
{
    private static readonly Space Space = new("dynamodb.policies");

    private Memory _memory = new(0, FrozenDictionary<string, ResourcePolicy>.Empty);

    /// <summary>The policy that has a say about a resource: an index is covered by its table's.</summary>
    public ResourcePolicy? Find(string resourceArn)
    {
        var version = store.Version(Space);
        if (_memory.Version != version) _memory = Load();
        if (_memory.Policies.Count == 0) return null;
        var index = resourceArn.IndexOf("/index/", StringComparison.Ordinal);
        return _memory.ByArn.TryGetValue(index < 0 ? resourceArn : resourceArn.AsSpan(0, index), out var policy) ? policy : null;
    }

    public static TablePolicy? Read(IReader reader, string arn) =>
        reader.TryGet(Space, Encoding.UTF8.GetBytes(arn), out var row) ? AwsJson.Decode(row.Span, ControlJson.Default.TablePolicy) : null;

    public static void Put(IWriteTransaction transaction, string arn, TablePolicy policy) =>
        transaction.Put(Space, Encoding.UTF8.GetBytes(arn), AwsJson.Encode(policy, ControlJson.Default.TablePolicy));

    public static void Delete(IWriteTransaction transaction, string arn) => transaction.Delete(Space, Encoding.UTF8.GetBytes(arn));

    /// <summary>Removes what a table that is deleted had.</summary>
    public static void Forget(IWriteTransaction transaction, Table table)
    {
        if (transaction.Version(Space) == 0) return;
        Delete(transaction, table.Arn);
        transaction.DeleteRange(Space, KeyRange.Prefix(Encoding.UTF8.GetBytes($"{table.Arn}/")));
    }

    private Memory Load()
    {
        using var snapshot = store.Snapshot();
        var policies = new Dictionary<string, ResourcePolicy>(StringComparer.Ordinal);
        foreach (var row in snapshot.Range(Space, KeyRange.All))
        {
            var arn = Encoding.UTF8.GetString(row.Key.Span);
            policies[arn] = new(ResourceArn.Parse(arn).Table.Account, PolicyForm.WithVersion(AwsJson.Decode(row.Value.Span, ControlJson.Default.TablePolicy).Document));
        }
        return new(snapshot.Version(Space), policies.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private sealed record Memory(long Version, FrozenDictionary<string, ResourcePolicy> Policies)
    {
        public FrozenDictionary<string, ResourcePolicy>.AlternateLookup<ReadOnlySpan<char>> ByArn { get; } = Policies.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
