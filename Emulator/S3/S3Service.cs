using Emulator.Iam;
using Emulator.Integration;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.AccessPoints;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Cors;
using Emulator.S3.Declared;
using Emulator.S3.Lifecycle;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;
using Emulator.S3.Replication;
using Emulator.S3.Restores;
using Emulator.S3.Upstream;
using Emulator.Storage;

namespace Emulator.S3;

/// <summary>The state of S3 and the way to it.</summary>
internal sealed class S3Service(ServiceContext context, IFunctionInvoker functions, IAccessCheck? access = null, IFormSignatures? forms = null) : IServiceSlice, IResourcePolicies, IPermissionConditions, IAnswerHeaders, IAdmission, IAccessRules, IAsyncDisposable
{
    private LifecycleClock? _lifecycle;
    private RestoreClock? _restores;
    private ReplicationClock? _replication;

    public ServiceContext Context { get; } = context;

    public IFunctionInvoker Functions { get; } = functions;

    /// <summary>Who signed a browser's form.</summary>
    public IFormSignatures Forms => forms ?? throw new InvalidOperationException("Nobody verifies forms here.");

    /// <summary>What buckets say about access.</summary>
    public BucketAccessCache Access { get; } = new(context.Store);

    /// <summary>How accounts are named in answers.</summary>
    public Owners Owners { get; } = new(context.Config);

    /// <summary>The buckets that other servers keep; null where there are none.</summary>
    public Upstreams? Upstreams { get; } = Upstreams.Of(context);

    public BodyPins Pins { get; } = new(context.Bodies);

    /// <summary>What lifecycle rules do by the clock.</summary>
    public LifecycleClock Lifecycle => LazyInitializer.EnsureInitialized(ref _lifecycle, () => new(this));

    public LifecycleRules LifecycleRules { get; } = new();

    /// <summary>What tells of restores as they complete and end.</summary>
    public RestoreClock Restores => LazyInitializer.EnsureInitialized(ref _restores, () => new(this));

    /// <summary>What is replicated in the background.</summary>
    public ReplicationClock Replication => LazyInitializer.EnsureInitialized(ref _replication, () => new(this));

    /// <summary>The present moment in whole seconds, as S3 dates what it keeps.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(Context.Clock.GetUtcNow().ToUnixTimeSeconds());

    public ISnapshot Snapshot() => Context.Store.Snapshot();

    /// <summary>Runs a write and, once it has committed, deletes the files that it freed.</summary>
    public async ValueTask<T> CommitAsync<T>(Func<S3Write, T> run)
    {
        S3Write? write = null;
        var result = await Context.Store.WriteAsync(tx => run(write = new(this, tx)));
        foreach (var bodyId in write!.Freed) Pins.Delete(bodyId);
        if (write.QueuesReplication) Replication.Arm();
        return result;
    }

    /// <summary>A write that makes and deletes no objects.</summary>
    public ValueTask<T> CommitAsync<T>(Func<IWriteTransaction, List<string>, T> run) => CommitAsync(write => run(write.Transaction, write.Freed));

    /// <summary>A setting of a bucket; null where it is not set.</summary>
    public T? FindSetting<T>(BucketReference reference, BucketSettings.BucketSetting<T> setting) where T : class
    {
        using var snapshot = Snapshot();
        return setting.Find(snapshot, BucketStore.Require(snapshot, reference));
    }

    public async ValueTask<Bucket> PutSettingAsync<T>(BucketReference reference, BucketSettings.BucketSetting<T> setting, T value) where T : class =>
        await CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, reference);
            setting.Put(write.Transaction, bucket, value);
            return bucket;
        });

    public async ValueTask<Bucket> DeleteSettingAsync<T>(BucketReference reference, BucketSettings.BucketSetting<T> setting) where T : class =>
        await CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, reference);
            setting.Delete(write.Transaction, bucket);
            return bucket;
        });

    public bool Allows(Call call, Permission permission) =>
        access is null || (call.Through is { } arn ? AccessPointAddress.Permissions(this, arn, permission).All(one => access.Allows(call, one)) : access.Allows(call, permission));

    /// <summary>S3 itself in a role; null where the role does not trust it.</summary>
    public Caller? Assume(string role, string sessionName) => access is null ? Caller.RootOf(Arn.AccountOf(role).ToString()) : access.Assume(role, "s3.amazonaws.com", sessionName);

    /// <summary>The object, or the version of it that is asked for; else the error of its absence, which only who may list the bucket is told: AccessDenied for others.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_Permissions</remarks>
    public StoredObject RequireObject(IReader reader, Call call, Bucket bucket, string key, VersionId? version, string method)
    {
        if (version is not { } asked)
        {
            return ObjectStore.Find(reader, bucket, key) ?? throw Absence(call, bucket, key, S3Errors.NoSuchKey(key, VersionStore.FindNewest(reader, bucket, key)));
        }
        var found = ObjectStore.FindVersion(reader, bucket, key, asked) ?? throw Absence(call, bucket, key, S3Errors.NoSuchVersion(key, asked));
        return found.IsDeleteMarker ? throw S3Errors.IsDeleteMarker(found, method) : found;
    }

    private AwsException Absence(Call call, Bucket bucket, string key, AwsException absent) => MayList(call, bucket.Arn, key) ? absent : S3Errors.AccessDenied();

    /// <summary>Whether there is such a bucket, here or upstream.</summary>
    public bool Knows(string bucketName) => Access.Find(bucketName) is not null || Upstreams?.Find(bucketName) is not null;

    /// <summary>Whether the caller may know whether the key is there.</summary>
    public bool MayList(Call call, string bucketArn, string key) => Allows(call, new("s3:ListBucket", bucketArn) { Context = [new("s3:prefix", key)] });

    /// <summary>Calls the functions that the bucket's notification configuration names for the event.</summary>
    public void Notify(Bucket bucket, Call call, string sourceIp, in S3Event happened) => NotificationSender.Send(this, bucket, EventCause.Of(call, sourceIp), happened);

    public ResourcePolicy? Find(string resourceArn) => Find(resourceArn, "");

    public ResourcePolicy? Find(string resourceArn, string action) => ResourceAccess.Find(this, resourceArn, action);

    public IReadOnlyList<KeyValuePair<string, string>> ConditionsOf(RestRequest request, Permission permission) => new S3Conditions(this, request, permission);

    /// <summary>That a bucket is not there everyone is told, whatever they may do, and before their body is read; where it is, the request must have come to its region.</summary>
    public void Admit(Operation operation, RestRequest request, string? hostRegion, string? signedRegion)
    {
        if (operation.Name == "CreateBucket" || !request.Labels.TryGetValue("Bucket", out var name)) return;
        if (Upstreams?.Find(name) is not null) return; // it is another server's matter
        if (Access.Find(name)?.Bucket is { } bucket) BucketRegion.Check(bucket, operation, request, hostRegion, signedRegion);
        else if (operation.Access != OperationAccess.Open && !AccessPointAddress.MayBe(name)) throw S3Errors.NoSuchBucket(name);
    }

    public void AddAnswerHeaders(RestRequest request, Caller? caller, Reply reply)
    {
        ActualRequest.AddHeaders(this, request, reply);
        RequesterPays.AddHeader(this, caller, request, reply);
    }

    bool IAccessRules.Allows(RestRequest request, Call call, AccessDecision denied) => Refusals.IsOfInitiator(this, request, call, denied);

    AwsException? IAccessRules.RefusalOf(RestRequest request, Call call, AccessDecision denied) => Refusals.Of(this, request, call, denied);

    public async ValueTask<IReadOnlyList<string>> ApplyAsync(CancellationToken cancelled)
    {
        var differences = await DeclaredBuckets.ApplyAsync(this, cancelled);
        Lifecycle.Arm(atOnce: true);
        Restores.Arm();
        Replication.Arm();
        return differences;
    }

    void IServiceSlice.Resume()
    {
        Lifecycle.Arm();
        Restores.Arm();
        Replication.Arm();
    }

    public async ValueTask DisposeAsync()
    {
        Upstreams?.Dispose();
        await Lifecycle.DisposeAsync();
        await Restores.DisposeAsync();
        await Replication.DisposeAsync();
    }

    public IEnumerable<ResourceSummary> Resources()
    {
        using var snapshot = Snapshot();
        foreach (var bucket in BucketStore.List(snapshot))
        {
            var website = BucketSettings.Website.Find(snapshot, bucket) is not null;
            yield return new("s3", "Bucket", bucket.Name, bucket.Name, bucket.Arn, $"/{bucket.Name}");
            if (website) yield return new("s3", "Website", bucket.Name, bucket.Name, null, $"//{bucket.Name}.s3-website.localhost");
        }
        foreach (var point in AccessPointStore.All(snapshot)) yield return new("s3", "AccessPoint", point.Name, point.Alias, point.Arn, $"/{point.Alias}");
    }
}
