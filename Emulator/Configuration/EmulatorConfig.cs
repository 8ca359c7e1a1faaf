namespace Emulator.Configuration;

/// <summary>The content of emulator.yaml. Immutable; every default is the one that holds when the key is absent.</summary>
internal sealed record EmulatorConfig
{
    public static EmulatorConfig Default { get; } = new();

    public string Region { get; init; } = "us-east-1";
    public string Account { get; init; } = "000000000000";
    public int Port { get; init; } = 4566;
    public IamMode Iam { get; init; } = IamMode.Audit;
    public CredentialsMode Credentials { get; init; } = CredentialsMode.Any;
    public Durability Durability { get; init; } = Durability.Process;

    /// <summary>Accounts with their access keys, by 12-digit id.</summary>
    public IReadOnlyDictionary<string, AccountConfig> Accounts { get; init; } = new Dictionary<string, AccountConfig>();

    public IReadOnlyDictionary<string, RoleConfig> Roles { get; init; } = new Dictionary<string, RoleConfig>();

    /// <summary><c>dynamodb: { capacity: enforce }</c>: whether requests beyond a table's capacity are throttled.</summary>
    public CapacityMode Capacity { get; init; } = CapacityMode.Off;

    /// <summary><c>dynamodb: { statuses: 5s }</c>: how long tables and indexes are CREATING, UPDATING and DELETING.</summary>
    public TimeSpan StatusDuration { get; init; }
    public IReadOnlyDictionary<string, TableConfig> Tables { get; init; } = new Dictionary<string, TableConfig>();
    public IReadOnlyDictionary<string, BucketConfig> Buckets { get; init; } = new Dictionary<string, BucketConfig>();
    public NewBucketsConfig NewBuckets { get; init; } = new();

    /// <summary><c>s3: { upstream: { endpoint: ... } }</c>: where all of S3 is kept; null: here.</summary>
    public UpstreamConfig? S3Upstream { get; init; }
    public IReadOnlyDictionary<string, UserPoolConfig> UserPools { get; init; } = new Dictionary<string, UserPoolConfig>();
    public IReadOnlyDictionary<string, IdentityPoolConfig> IdentityPools { get; init; } = new Dictionary<string, IdentityPoolConfig>();
    public IReadOnlyDictionary<string, FunctionConfig> Functions { get; init; } = new Dictionary<string, FunctionConfig>();
    public IReadOnlyDictionary<string, HttpApiConfig> HttpApis { get; init; } = new Dictionary<string, HttpApiConfig>();

    /// <summary>The folder of emulator.yaml: relative paths in it start there.</summary>
    public string Folder { get; init; } = ".";
}

internal enum IamMode { Off, Audit, Enforce }
internal enum CredentialsMode { Any, Known }
internal enum CapacityMode { Off, Enforce }
internal enum Durability { Process, Power }

/// <summary><c>accounts: { "111111111111": { keys: [...], users: {...} } }</c></summary>
internal sealed record AccountConfig
{
    /// <summary>What S3 tells of the account beside its canonical id; null: nothing, as AWS since November 2025.</summary>
    public string? DisplayName { get; init; }

    /// <summary>By which an ACL may name the account.</summary>
    public string? Email { get; init; }
    public IReadOnlyList<AccessKeyConfig> Keys { get; init; } = [];
    public IReadOnlyDictionary<string, UserConfig> Users { get; init; } = new Dictionary<string, UserConfig>();

    /// <summary>Identity policies (name -> policy JSON) by group of users.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Groups { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();
}

/// <summary>An access key of an account's root, or of one of its users.</summary>
internal sealed record AccessKeyConfig(string Id, string Secret, string? User);

/// <summary>An IAM user: its identity policies (name -> policy JSON).</summary>
internal sealed record UserConfig
{
    public IReadOnlyDictionary<string, string> Policies { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of groups of the account.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
    public string? PermissionsBoundary { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>An IAM role. Policies are policy documents as JSON (in YAML written as mappings), by name.</summary>
internal sealed record RoleConfig
{
    public string? TrustPolicy { get; init; }
    public IReadOnlyDictionary<string, string> Policies { get; init; } = new Dictionary<string, string>();
    public string? PermissionsBoundary { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The longest session that AssumeRole gives.</summary>
    public TimeSpan MaxSessionDuration { get; init; } = TimeSpan.FromHours(1);
}

/// <summary><c>dynamodb: { tables: { Notes: { partitionKey: owner, sortKey: id } } }</c>; a key is <c>name</c>, <c>name:S</c>, <c>name:N</c> or <c>name:B</c>.</summary>
internal sealed record TableConfig(KeyAttribute PartitionKey)
{
    public KeyAttribute? SortKey { get; init; }

    /// <summary>null: on demand.</summary>
    public long? ReadCapacityUnits { get; init; }
    public long? WriteCapacityUnits { get; init; }

    /// <summary>Null where these units are not scaled.</summary>
    public AutoScalingConfig? ReadAutoScaling { get; init; }
    public AutoScalingConfig? WriteAutoScaling { get; init; }

    public IReadOnlyDictionary<string, IndexConfig> Indexes { get; init; } = new Dictionary<string, IndexConfig>();

    /// <summary>The view type of the table's stream; null: none.</summary>
    public string? Stream { get; init; }

    /// <summary>The attribute by which items expire; null: they do not.</summary>
    public string? TimeToLive { get; init; }
    public bool PointInTimeRecovery { get; init; }
    public bool DeletionProtection { get; init; }
    public string? TableClass { get; init; }

    /// <summary><c>kms</c> for the key that AWS manages, else the id or ARN of a key; null: the default.</summary>
    public string? Encryption { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The resource policy as JSON.</summary>
    public string? Policy { get; init; }

    /// <summary>The regions in which the table has replicas.</summary>
    public IReadOnlyList<string> Replicas { get; init; } = [];

    /// <summary>Items in plain JSON, put when the table is created.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Files with more of them, relative to the folder of emulator.yaml.</summary>
    public IReadOnlyList<string> ItemFiles { get; init; } = [];
}

/// <summary>An index of a table; a local one has no partition key of its own.</summary>
internal sealed record IndexConfig
{
    public IReadOnlyList<KeyAttribute> PartitionKeys { get; init; } = [];
    public IReadOnlyList<KeyAttribute> SortKeys { get; init; } = [];
    public bool IsLocal => PartitionKeys.Count == 0;

    /// <summary>ALL, KEYS_ONLY or INCLUDE.</summary>
    public string Projection { get; init; } = "ALL";
    public IReadOnlyList<string> NonKeyAttributes { get; init; } = [];

    /// <summary>null: as the table.</summary>
    public long? ReadCapacityUnits { get; init; }
    public long? WriteCapacityUnits { get; init; }
}

internal sealed record KeyAttribute(string Name, string Type);

/// <summary><c>autoScaling: { read: { min: 5, max: 100, target: 70 } }</c>: the bounds of the units, and the percentage of them that shall be used.</summary>
internal sealed record AutoScalingConfig(int Min, int Max, int Target);

internal sealed record BucketConfig
{
    /// <summary>BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter; null: as all new buckets.</summary>
    public string? ObjectOwnership { get; init; }

    /// <summary>null: as all new buckets, but lifted where the policy is public.</summary>
    public bool? BlockPublicAccess { get; init; }

    /// <summary>Enabled or Suspended; null: left as it is.</summary>
    public string? Versioning { get; init; }

    /// <summary>Object lock, with which versioning is enabled; null: none.</summary>
    public ObjectLockConfig? ObjectLock { get; init; }
    public WebsiteConfig? Website { get; init; }
    public IReadOnlyList<CorsRuleConfig> Cors { get; init; } = [];

    /// <summary>The bucket policy as JSON.</summary>
    public string? Policy { get; init; }

    /// <summary>A folder whose files are put into the bucket, and put again when they change.</summary>
    public string? Content { get; init; }
    public IReadOnlyList<NotificationConfig> Notifications { get; init; } = [];

    /// <summary>Where the bucket is kept; null: here, or where all of S3 is.</summary>
    public UpstreamConfig? Upstream { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>A canned ACL as <c>public-read</c>; null: the owner's alone.</summary>
    public string? Acl { get; init; }

    /// <summary>null: SSE-S3, as all buckets.</summary>
    public BucketEncryptionConfig? Encryption { get; init; }

    /// <summary>Enabled or Suspended.</summary>
    public string? Accelerate { get; init; }

    /// <summary>Requester or BucketOwner.</summary>
    public string? RequestPayment { get; init; }

    /// <summary>A LifecycleConfiguration, as XML.</summary>
    public string? Lifecycle { get; init; }

    /// <summary>A ReplicationConfiguration, as XML; its role by name or ARN.</summary>
    public string? Replication { get; init; }

    /// <summary>What is LoggingEnabled, as XML.</summary>
    public string? Logging { get; init; }

    /// <summary>AnalyticsConfigurations, as XML; the three that follow alike.</summary>
    public IReadOnlyList<string> Analytics { get; init; } = [];
    public IReadOnlyList<string> IntelligentTiering { get; init; } = [];
    public IReadOnlyList<string> Inventory { get; init; } = [];
    public IReadOnlyList<string> Metrics { get; init; } = [];
}

/// <summary><c>encryption: { algorithm: aws:kms, key: alias/films, bucketKey: true }</c>: how objects are encrypted whose requests do not say it.</summary>
internal sealed record BucketEncryptionConfig(string Algorithm)
{
    /// <summary>A key id, an alias, or the ARN of either; null: the key that AWS manages.</summary>
    public string? Key { get; init; }
    public bool BucketKey { get; init; }
}

/// <summary><c>objectLock: { mode: GOVERNANCE, days: 30 }</c>: what new versions are kept for; nothing where it is empty.</summary>
internal sealed record ObjectLockConfig(string? Mode, int? Days, int? Years);

/// <summary><c>upstream: { endpoint: https://ceph.example.com, accessKeyId: ..., secretAccessKey: ... }</c>: a server that speaks S3, and who the emulator is there.</summary>
internal sealed record UpstreamConfig(Uri Endpoint)
{
    /// <summary>The region that requests are signed for; null: the emulator's.</summary>
    public string? Region { get; init; }

    /// <summary>null: requests go unsigned.</summary>
    public string? AccessKeyId { get; init; }
    public string? SecretAccessKey { get; init; }
    public string? SessionToken { get; init; }

    /// <summary>Whether buckets are part of the host's name there, in place of the path.</summary>
    public bool HasVirtualHosts { get; init; }

    /// <summary>Whether it takes checksums in trailers of uploads.</summary>
    public bool TakesTrailers { get; init; } = true;

    /// <summary>How long it may keep silent.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The bucket's name there; null: the same.</summary>
    public string? Bucket { get; init; }

    /// <summary>Secrets stay out of texts.</summary>
    public override string ToString() => Endpoint.ToString();
}

/// <summary><c>s3: { newBuckets: { objectOwnership: ObjectWriter, blockPublicAccess: false } }</c>: how buckets begin; the defaults are AWS's since April 2023.</summary>
internal sealed record NewBucketsConfig
{
    public string ObjectOwnership { get; init; } = "BucketOwnerEnforced";
    public bool BlockPublicAccess { get; init; } = true;
}

internal sealed record WebsiteConfig(string? IndexDocument)
{
    public string? ErrorDocument { get; init; }

    /// <summary>The host to which every request goes, with <c>http://</c> or <c>https://</c> or without; null: the bucket's objects are shown.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>RoutingRules, as XML; null: none.</summary>
    public string? RoutingRules { get; init; }
}

internal sealed record CorsRuleConfig
{
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];
    public IReadOnlyList<string> AllowedMethods { get; init; } = [];
    public IReadOnlyList<string> AllowedHeaders { get; init; } = [];
    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];
    public int? MaxAgeSeconds { get; init; }
}

/// <summary>An event of a bucket that calls a function.</summary>
internal sealed record NotificationConfig(string Function)
{
    public IReadOnlyList<string> Events { get; init; } = [];
    public string? Prefix { get; init; }
    public string? Suffix { get; init; }
}

internal sealed record UserPoolConfig
{
    /// <summary><c>email</c> and/or <c>phone_number</c>: UsernameAttributes. Empty: plain user names.</summary>
    public IReadOnlyList<string> SignInWith { get; init; } = [];

    /// <summary>AutoVerifiedAttributes.</summary>
    public IReadOnlyList<string> AutoVerify { get; init; } = [];
    public PasswordPolicyConfig PasswordPolicy { get; init; } = new();

    /// <summary>Every code that this pool sends, for tests that cannot read the inbox.</summary>
    public string? FixedCode { get; init; }
    public IReadOnlyDictionary<string, UserPoolClientConfig> Clients { get; init; } = new Dictionary<string, UserPoolClientConfig>();
    public IReadOnlyDictionary<string, GroupConfig> Groups { get; init; } = new Dictionary<string, GroupConfig>();
    public IReadOnlyDictionary<string, PoolUserConfig> Users { get; init; } = new Dictionary<string, PoolUserConfig>();
}

internal sealed record PasswordPolicyConfig
{
    public int MinimumLength { get; init; } = 8;
    public bool RequireUppercase { get; init; } = true;
    public bool RequireLowercase { get; init; } = true;
    public bool RequireNumbers { get; init; } = true;
    public bool RequireSymbols { get; init; } = true;
}

internal sealed record UserPoolClientConfig
{
    /// <summary>ExplicitAuthFlows, as <c>ALLOW_USER_SRP_AUTH</c>.</summary>
    public IReadOnlyList<string> AuthFlows { get; init; } = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
    public bool GenerateSecret { get; init; }
    public TimeSpan AccessTokenValidity { get; init; } = TimeSpan.FromHours(1);
    public TimeSpan IdTokenValidity { get; init; } = TimeSpan.FromHours(1);
    public TimeSpan RefreshTokenValidity { get; init; } = TimeSpan.FromDays(30);
    public bool PreventUserExistenceErrors { get; init; } = true;
}

internal sealed record GroupConfig
{
    public string? Description { get; init; }
    public int? Precedence { get; init; }
    public string? Role { get; init; }
}

/// <summary>A user that is there, confirmed, from the start.</summary>
internal sealed record PoolUserConfig(string Password)
{
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string> Groups { get; init; } = [];
}

internal sealed record IdentityPoolConfig
{
    public bool AllowUnauthenticated { get; init; }

    /// <summary>User pool clients that may sign in, as <c>pool/client</c> by their names in emulator.yaml.</summary>
    public IReadOnlyList<string> Clients { get; init; } = [];

    /// <summary>Names of roles in emulator.yaml, or ARNs.</summary>
    public string? AuthenticatedRole { get; init; }
    public string? UnauthenticatedRole { get; init; }
}

/// <summary>A function: exactly one of <see cref="Project"/> and <see cref="Assembly"/>, or neither where a delegate of that name is registered in code.</summary>
internal sealed record FunctionConfig
{
    /// <summary>A folder with a .NET project that the emulator builds.</summary>
    public string? Project { get; init; }

    /// <summary>A built assembly.</summary>
    public string? Assembly { get; init; }

    /// <summary><c>Assembly::Type::Method</c>.</summary>
    public string? Handler { get; init; }
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);
    public int MemorySizeMb { get; init; } = 128;
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Name of a role in emulator.yaml, or an ARN.</summary>
    public string? Role { get; init; }
    public string? Description { get; init; }
}

internal sealed record HttpApiConfig
{
    public HttpApiCorsConfig? Cors { get; init; }
    public IReadOnlyDictionary<string, JwtAuthorizerConfig> Authorizers { get; init; } = new Dictionary<string, JwtAuthorizerConfig>();

    /// <summary>Route key (<c>GET /notes/{id}</c>, <c>ANY /{proxy+}</c>, <c>$default</c>) -> route.</summary>
    public IReadOnlyDictionary<string, RouteConfig> Routes { get; init; } = new Dictionary<string, RouteConfig>();

    /// <summary>Stage names; <c>$default</c> has no path segment.</summary>
    public IReadOnlyDictionary<string, StageConfig> Stages { get; init; } = new Dictionary<string, StageConfig> { ["$default"] = new() };
}

internal sealed record HttpApiCorsConfig
{
    public IReadOnlyList<string> AllowOrigins { get; init; } = [];
    public IReadOnlyList<string> AllowMethods { get; init; } = [];
    public IReadOnlyList<string> AllowHeaders { get; init; } = [];
    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];
    public int? MaxAgeSeconds { get; init; }
    public bool AllowCredentials { get; init; }
}

/// <summary>Either a user pool with clients of emulator.yaml, or an issuer with audiences.</summary>
internal sealed record JwtAuthorizerConfig
{
    public string? UserPool { get; init; }
    public IReadOnlyList<string> Clients { get; init; } = [];
    public string? Issuer { get; init; }
    public IReadOnlyList<string> Audience { get; init; } = [];
    public IReadOnlyList<string> IdentitySource { get; init; } = ["$request.header.Authorization"];
}

internal sealed record RouteConfig(string Function)
{
    public string? Authorizer { get; init; }
    public IReadOnlyList<string> Scopes { get; init; } = [];
    public string PayloadFormat { get; init; } = "2.0";
}

internal sealed record StageConfig
{
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();
}
