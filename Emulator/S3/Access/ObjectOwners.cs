using Emulator.S3.Buckets;
using Emulator.S3.Objects;
using Emulator.Storage;

namespace Emulator.S3.Access;

/// <summary>Whose the objects of one bucket are, for a list of them: the bucket's owner's, unless their writers may own them.</summary>
internal sealed class ObjectOwners(Owners owners, Bucket bucket, bool isEnforced)
{
    private string _account = bucket.Account;
    private Owner _owner = owners.Of(bucket.Account);

    public static ObjectOwners Of(S3Service service, IReader reader, Bucket bucket) => new(service.Owners, bucket, ObjectOwnership.IsEnforced(reader, bucket));

    /// <param name="row">Of an object or a version.</param>
    public Owner Of(ReadOnlySpan<byte> row) => isEnforced ? _owner : Of(StoredObject.FromRow("", row).Acl);

    /// <param name="acl">null: the bucket's owner owns it.</param>
    public Owner Of(Acl? acl)
    {
        var account = isEnforced ? bucket.Account : acl?.Owner ?? bucket.Account;
        if (account != _account) (_account, _owner) = (account, owners.Of(account));
        return _owner;
    }
}
