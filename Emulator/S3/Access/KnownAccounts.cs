using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.Access;

/// <summary>The accounts that an ACL may name: those of emulator.yaml, the caller's, and those that own buckets.</summary>
internal sealed class KnownAccounts(S3Service service, IReader reader, string caller)
{
    /// <summary>Whether it is the canonical id of one of them.</summary>
    public bool Has(string canonicalId) => Find(canonicalId) is not null;

    private string? Find(string canonicalId) => All().FirstOrDefault(account => Owners.CanonicalId(account) == canonicalId);

    /// <summary>The canonical id of the account that declares this address.</summary>
    public string? IdOfEmail(string email)
    {
        foreach (var (account, declared) in service.Context.Config.Accounts)
        {
            if (declared.Email == email) return Owners.CanonicalId(account);
        }
        return null;
    }

    private IEnumerable<string> All() =>
        service.Context.Config.Accounts.Keys.Append(service.Context.Config.Account).Append(caller).Concat(BucketStore.List(reader).Select(bucket => bucket.Account)).Distinct();
}
