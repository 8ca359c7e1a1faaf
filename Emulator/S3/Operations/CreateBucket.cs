using System.Buffers.Binary;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Objects;
using Emulator.Storage;

namespace Emulator.S3.Operations;

/// <summary>Creates a bucket in the region that the request was sent to.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html</remarks>
internal static class CreateBucket
{
    public static CreateBucketInput Bind(RestRequest request)
    {
        var hasLock = "true".Equals(request.Header("x-amz-bucket-object-lock-enabled"), StringComparison.OrdinalIgnoreCase);
        return new(request.Labels["Bucket"], request.Host, request.Scheme, ObjectOwnership.OfHeader(request), AclRequest.OfNewBucket(request), hasLock, S3Request.Document(request));
    }

    /// <summary>What is set beside the bucket needs its own permissions: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html</summary>
    public static IReadOnlyList<Permission> Permissions(Call call, CreateBucketInput input)
    {
        List<string> actions = ["s3:CreateBucket"];
        if (!input.Acl.IsAbsent) actions.Add("s3:PutBucketAcl");
        if (input.Ownership is not null) actions.Add("s3:PutBucketOwnershipControls");
        if (input.HasObjectLock) actions.AddRange(["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"]);
        return actions.ConvertAll(action => new Permission(action, $"arn:aws:s3:::{input.Name}") { IsCreation = true });
    }

    public static async ValueTask<CreateBucketOutput> Execute(S3Service service, Call call, CreateBucketInput input)
    {
        if (call.Caller.Kind == CallerKind.Anonymous) throw S3Errors.AccessDenied();
        var (constraint, tags) = Read(await input.Configuration.ReadBytesAsync(call.Cancelled));
        CheckLocation(call.Region, constraint);
        if (!BucketName.IsValid(input.Name)) throw S3Errors.InvalidBucketName(input.Name);

        var defaults = service.Context.Config.NewBuckets;
        if (!input.Acl.IsOwnersOnly && (input.Ownership ?? defaults.ObjectOwnership) == ObjectOwnership.BucketOwnerEnforced) throw S3Errors.BucketAclWithEnforcedOwnership();

        var id = BinaryPrimitives.ReadUInt64BigEndian(service.Context.Ids.Bytes(8));
        var region = constraint switch { null => call.Region, "EU" => "eu-west-1", _ => constraint };
        var bucket = new Bucket(input.Name, id, call.Account, region, constraint, call.Now.AddTicks(-(call.Now.Ticks % TimeSpan.TicksPerSecond)))
        {
            Versioning = input.HasObjectLock ? VersioningStatus.Enabled : VersioningStatus.Unversioned,
            HasObjectLock = input.HasObjectLock,
        };
        await service.CommitAsync(write =>
        {
            var tx = write.Transaction;
            if (BucketStore.Find(tx, bucket.Name) is { } present)
            {
                if (present.Account != call.Account) throw S3Errors.BucketAlreadyExists(bucket.Name);
                // Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html#API_CreateBucket_Errors: in us-east-1 creating one's own bucket again succeeds
                // and resets its ACL. Observed: unless it is to be tagged.
                if (call.Region != Regions.Default || present.Region != Regions.Default || tags.Count > 0) throw S3Errors.BucketAlreadyOwnedByYou(bucket.Name);
                PutAcl(service, tx, present, call, input.Acl);
                return present;
            }
            BucketStore.Put(tx, bucket);
            if (tags.Count > 0) BucketSettings.Tagging.Put(tx, bucket, [.. tags]);
            NewBuckets.Prepare(tx, bucket, defaults, input.Ownership);
            PutAcl(service, tx, bucket, call, input.Acl);
            return bucket;
        });
        // Observed: a path in us-east-1, elsewhere the bucket's URL.
        return new(call.Region == Regions.Default ? $"/{input.Name}" : BucketUrl(input), bucket.Arn);
    }

    public static Reply Write(CreateBucketOutput output) => Reply.Empty().Header("Location", output.Location).Header("x-amz-bucket-arn", output.BucketArn);

    private static void PutAcl(S3Service service, IWriteTransaction tx, Bucket bucket, Call call, AclRequest asked)
    {
        if (asked.IsPublic) ObjectAcls.CheckBlock(tx, bucket, call, "s3:PutBucketAcl", bucket.Arn);
        if (asked.IsOwnersOnly) BucketSettings.Acl.Delete(tx, bucket);
        else BucketSettings.Acl.Put(tx, bucket, asked.Make(bucket.Account, bucket.Account, new(service, tx, call.Account)));
    }

    private static string BucketUrl(CreateBucketInput input) =>
        input.Host.StartsWith(input.Name + ".", StringComparison.Ordinal) ? $"{input.Scheme}://{input.Host}/" : $"{input.Scheme}://{input.Name}.{input.Host}/";

    private static (string? Constraint, IReadOnlyList<Tag> Tags) Read(ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty) return (null, []);
        var document = RestXml.Parse(content, "CreateBucketConfiguration");
        if (document.Child("Location") is not null) throw Errors.NotImplemented("CreateBucket", "Location");
        if (document.Child("Bucket") is not null) throw Errors.NotImplemented("CreateBucket", "Bucket");
        document.Only("LocationConstraint", "Tags");
        var tags = document.Child("Tags") is { } set
            ? TagSet.Parse(set.Only("Tag").All("Tag"), S3Limits.BucketTags, TagSet.TooManyBucketTags(), "User-defined tag keys can't start with \"aws:\". This prefix is reserved for system tags. Remove \"aws:\" from your tag keys and try again.")
            : [];
        return (document.Value("LocationConstraint") is { Length: > 0 } constraint ? constraint : null, tags);
    }

    /// <summary>The constraint must be the region of the endpoint; that of us-east-1 is none.</summary>
    private static void CheckLocation(string region, string? constraint)
    {
        if (region == Regions.Default)
        {
            // The global endpoint makes buckets of every region.
            if (constraint is not null && (constraint == Regions.Default || !Regions.IsConstraint(constraint))) throw S3Errors.InvalidLocationConstraint(constraint);
            return;
        }
        if (constraint is null) throw S3Errors.IllegalLocationConstraint("unspecified");
        if (constraint != region && !(constraint == "EU" && region == "eu-west-1")) throw S3Errors.IllegalLocationConstraint(constraint);
    }
}

internal sealed record CreateBucketInput(string Name, string Host, string Scheme, string? Ownership, AclRequest Acl, bool HasObjectLock, S3Document Configuration);

internal sealed record CreateBucketOutput(string Location, string BucketArn);
