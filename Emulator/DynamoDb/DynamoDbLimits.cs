namespace Emulator.DynamoDb;

/// <summary>The limits of DynamoDB.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html</remarks>
internal static class DynamoDbLimits
{
    /// <summary>Bytes of an item: 400 KB.</summary>
    public const int ItemSizeBytes = 400 * 1024;

    /// <summary>Bytes of the items with one partition key and their entries in local indexes, where a table has such: 10 GB.</summary>
    public const long ItemCollectionBytes = 10L * 1024 * 1024 * 1024;

    /// <summary>Levels of a value: a scalar and the lists and maps around it.</summary>
    public const int NestingDepth = 32;

    /// <summary>Bytes of a partition key.</summary>
    public const int PartitionKeyBytes = 2048;

    /// <summary>Bytes of a sort key.</summary>
    public const int SortKeyBytes = 1024;

    /// <summary>Bytes of the name of a key attribute, of the table or of an index.</summary>
    public const int KeyNameBytes = 255;

    /// <summary>Bytes of any other attribute's name: less than 64 KB.</summary>
    public const int AttributeNameBytes = 65535;

    /// <summary>Bytes of an expression: 4 KB.</summary>
    public const int ExpressionBytes = 4096;

    /// <summary>Operators of an expression.</summary>
    public const int ExpressionOperators = 300;

    /// <summary>Operands of IN.</summary>
    public const int InOperands = 100;

    /// <summary>Bytes of a placeholder with its # or colon.</summary>
    public const int PlaceholderBytes = 255;

    /// <summary>Bytes that a Query or Scan reads before it returns a page: 1 MB.</summary>
    public const int PageBytes = 1024 * 1024;

    /// <summary>Items of a BatchGetItem.</summary>
    public const int BatchGetItems = 100;

    /// <summary>Bytes of the items that a BatchGetItem answers: 16 MB.</summary>
    public const int BatchGetBytes = 16 * 1024 * 1024;

    /// <summary>Requests of a BatchWriteItem.</summary>
    public const int BatchWriteItems = 25;

    /// <summary>Actions of a transaction.</summary>
    public const int TransactionItems = 100;

    /// <summary>Bytes of a transaction: 4 MB.</summary>
    public const int TransactionBytes = 4 * 1024 * 1024;

    /// <summary>Characters of a ClientRequestToken.</summary>
    public const int RequestTokenLength = 36;

    /// <summary>Requests whose tokens are kept: no limit of AWS.</summary>
    public const int RequestTokens = 100_000;

    /// <summary>How long a ClientRequestToken is valid after its request has succeeded.</summary>
    public static readonly TimeSpan RequestTokenLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Characters of a statement of PartiQL.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html</remarks>
    public const int StatementLength = 8192;

    /// <summary>Characters of the NextToken of ExecuteStatement.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html</remarks>
    public const int NextTokenLength = 32768;

    /// <summary>Reads into which a SELECT may fall.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-operators.html</remarks>
    public const int DecomposedReads = 50;

    /// <summary>Items of a page of a SELECT that falls into several reads.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-operators.html</remarks>
    public const int DecomposedPageItems = 10;

    /// <summary>Statements of a BatchExecuteStatement.</summary>
    public const int BatchStatements = 25;

    /// <summary>Segments of a parallel scan.</summary>
    public const int ScanSegments = 1_000_000;

    /// <summary>Bytes of a unit of read capacity: 4 KB.</summary>
    public const int ReadUnitBytes = 4096;

    /// <summary>Bytes of a unit of write capacity: 1 KB.</summary>
    public const int WriteUnitBytes = 1024;

    /// <summary>Table names in a page of ListTables.</summary>
    public const int ListTablesPage = 100;

    /// <summary>How long a replica from which others were added cannot be deleted while they are there.</summary>
    /// <remarks>Observed: DDB-TABLE-266, 267 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.</remarks>
    public static readonly TimeSpan ReplicaSourceInterval = TimeSpan.FromHours(24);

    /// <summary>Entries in a page of ListContributorInsights.</summary>
    public const int ListInsightsPage = 100;

    /// <summary>Read units a second that a table or global index on demand can do from the start.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html</remarks>
    public const long OnDemandReadUnits = 12_000;

    /// <summary>Write units a second that a table or global index on demand can do from the start.</summary>
    public const long OnDemandWriteUnits = 4_000;

    /// <summary>Local secondary indexes of a table.</summary>
    public const int LocalIndexes = 5;

    /// <summary>Global secondary indexes of a table.</summary>
    public const int GlobalIndexes = 20;

    /// <summary>HASH attributes of a global index, and RANGE attributes.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html</remarks>
    public const int IndexKeyAttributes = 4;

    /// <summary>Attributes that an index with the projection INCLUDE names.</summary>
    public const int NonKeyAttributes = 20;

    /// <summary>Attributes that all indexes of a table with the projection INCLUDE name together.</summary>
    public const int NonKeyAttributesPerTable = 100;

    /// <summary>Backups in a page of ListBackups.</summary>
    public const int ListBackupsPage = 100;

    /// <summary>Days that a table with point-in-time recovery can be restored to, at most and by default.</summary>
    public const int RecoveryPeriodDays = 35;

    /// <summary>Days that the backup of a deleted table is kept.</summary>
    public const int SystemBackupDays = 35;

    /// <summary>How long a stream's records, and a stream that was disabled, can be read: 24 hours.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html</remarks>
    public static readonly TimeSpan StreamRetention = TimeSpan.FromHours(24);

    /// <summary>How long a shard takes records before its child does: some four hours.</summary>
    /// <remarks>https://aws.amazon.com/blogs/database/dynamodb-streams-use-cases-and-design-patterns/</remarks>
    public static readonly TimeSpan ShardLifetime = TimeSpan.FromHours(4);

    /// <summary>How long a shard iterator can be used: 15 minutes.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html</remarks>
    public static readonly TimeSpan ShardIteratorLifetime = TimeSpan.FromMinutes(15);

    /// <summary>Streams in a page of ListStreams.</summary>
    public const int ListStreamsPage = 100;

    /// <summary>Shards in a page of DescribeStream.</summary>
    public const int DescribeStreamPage = 100;

    /// <summary>Records that GetRecords returns, of no more than 1 MB.</summary>
    public const int GetRecordsPage = 1000;

    /// <summary>Exports in a page of ListExports.</summary>
    public const int ListExportsPage = 25;

    /// <summary>Imports in a page of ListImports.</summary>
    public const int ListImportsPage = 25;

    /// <summary>How long exports and imports are told of.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListExports.html</remarks>
    public static readonly TimeSpan ExportsListed = TimeSpan.FromDays(90);

    /// <summary>How long the token of an export or import holds after its end.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html</remarks>
    public static readonly TimeSpan ClientTokenValidity = TimeSpan.FromHours(8);

    /// <summary>The time between the ends of an incremental export, at least.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html</remarks>
    public static readonly TimeSpan LeastIncrementalExport = TimeSpan.FromMinutes(15);

    /// <summary>The time between the ends of an incremental export, at most.</summary>
    public static readonly TimeSpan MostIncrementalExport = TimeSpan.FromHours(24);

    /// <summary>Years after which an item that should have expired no longer does.</summary>
    public const int ExpiryYears = 5;

    /// <summary>Time between changes of a table's time to live: a half hour, though the API reference says one hour.</summary>
    /// <remarks>Observed: DDB-TABLE-143 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller (refused after 1811 s, accepted after 1871 s); test_ttl_disable of scylladb/scylladb test/alternator.</remarks>
    public static readonly TimeSpan TimeToLiveInterval = TimeSpan.FromMinutes(31);

    /// <summary>Bytes of the policy of a table or stream: 20 KB.</summary>
    public const int PolicyBytes = 20_480;

    /// <summary>Bytes of a request's path and query: 16 KB.</summary>
    /// <remarks>Observed: test_too_large_request_line of scylladb/scylladb test/alternator.</remarks>
    public const int RequestLineBytes = 16 * 1024;

    /// <summary>Tags of a table.</summary>
    public const int TagsPerTable = 50;

    /// <summary>Characters of a tag's key.</summary>
    public const int TagKeyChars = 128;

    /// <summary>Characters of a tag's value.</summary>
    public const int TagValueChars = 256;

    /// <summary>Bytes of all keys and values of a table's tags together.</summary>
    public const int TagSetBytes = 10_240;

    /// <summary>Decreases of a table's units in a day of UTC, before they must be an hour apart.</summary>
    public const int DecreasesPerDay = 4;

    /// <summary>Time between further decreases of the same day.</summary>
    public static readonly TimeSpan DecreaseInterval = TimeSpan.FromHours(1);

    /// <summary>Seconds of unused provisioned capacity that are kept for bursts. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html</summary>
    public const int BurstSeconds = 300;

    /// <summary>Units of reading and of writing that one partition can do in a second. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html</summary>
    public const int PartitionReadUnits = 3_000;
    public const int PartitionWriteUnits = 1_000;

    /// <summary>Units a second, of reading and of writing each, that an account may ask of one table.</summary>
    public const int TableUnits = 40_000;

    /// <summary>Changes of a table's encryption in 24 hours, before they must be six hours apart.</summary>
    public const int EncryptionChanges = 4;

    public static readonly TimeSpan EncryptionChangesWindow = TimeSpan.FromHours(24);

    public static readonly TimeSpan EncryptionChangeInterval = TimeSpan.FromHours(6);

    /// <summary>Changes of a table's class in 30 days.</summary>
    public const int TableClassChanges = 2;

    public static readonly TimeSpan TableClassChangesWindow = TimeSpan.FromDays(30);

    /// <summary>Units of capacity, read or write, of an account in a region.</summary>
    public const long UnitsPerAccount = 80_000;
}
