using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Imports;

/// <summary>Creates a table from the objects of a bucket that begin with a prefix.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ImportTable.html</remarks>
internal static class ImportTable
{
    public static IReadOnlyList<Permission> Permissions(string action, DynamoDbService service, Call call, ImportTableInput input) =>
        [new(action, Arns.Table(call, input.TableCreationParameters?.TableName))];

    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ImportTableInput input)
    {
        input.Check();
        var table = CreateTable.NewTable(service, call, input.TableCreationParameters!);
        var wanted = new Import
        {
            Id = TablePart.NewId(service, call.Now),
            Table = new(table.Account, table.Region, table.Name),
            TableId = table.Id,
            Request = input.ToRequest(),
            ClientToken = input.ClientToken,
            Status = Import.InProgress,
            Started = call.Now,
        };
        var import = await service.Store.WriteAsync(transaction => ImportStore.Add(service, transaction, wanted, () =>
        {
            if (TableStore.IsTaken(transaction, wanted.Table, call.Now)) throw DynamoDbErrors.TableExists(table.Name);
        }));
        if (import == wanted) await service.Background.RunAsync(import.Arn, cancelled => new TableImport(service, call.Detached(cancelled), table, import).RunAsync());
        return DescribeImport.Answer(import);
    }
}

internal sealed class ImportTableInput
{
    private const string Delimiters = ",;:|\t ";
    private const string Path = "tableCreationParameters.";

    public string? ClientToken { get; private set; }
    public string? S3Bucket { get; private set; }
    public string? S3BucketOwner { get; private set; }
    public string? S3KeyPrefix { get; private set; }
    public bool HasSource { get; private set; }
    public string? InputFormat { get; private set; }
    public string? Delimiter { get; private set; }
    public List<string?>? HeaderList { get; private set; }
    public bool HasCsv { get; private set; }
    public string? InputCompressionType { get; private set; }
    public CreateTableInput? TableCreationParameters { get; private set; }

    public void Check()
    {
        var constraints = new Constraints();
        constraints.NotNull(HasSource ? "" : null, "s3BucketSource");
        if (HasSource) constraints.NotNull(S3Bucket, "s3BucketSource.s3Bucket");
        constraints.Length(S3Bucket, "s3BucketSource.s3Bucket", 0, 255);
        constraints.Length(S3KeyPrefix, "s3BucketSource.s3KeyPrefix", 0, 1024);
        constraints.NotNull(InputFormat, "inputFormat");
        constraints.OneOf(InputFormat, "inputFormat", "ION, DYNAMODB_JSON, CSV");
        constraints.Length(Delimiter, "inputFormatOptions.csv.delimiter", 1, 1);
        if (Delimiter is { Length: 1 } && !Delimiters.Contains(Delimiter)) constraints.Violated($"'{Delimiter}'", "inputFormatOptions.csv.delimiter", "Member must satisfy regular expression pattern: [,;:|\\t ]");
        constraints.Count(HeaderList?.Count, () => $"[{string.Join(", ", HeaderList!)}]", "inputFormatOptions.csv.headerList", 1, 255);
        constraints.OneOf(InputCompressionType, "inputCompressionType", "GZIP, ZSTD, NONE");
        constraints.NotNull(TableCreationParameters, "tableCreationParameters");
        if (TableCreationParameters is not null) constraints.NotNull(TableCreationParameters.TableName, Path + "tableName");
        constraints.Require();
        if (InputFormat == "ION") throw Errors.NotImplemented("ImportTable", "InputFormat: ION");
        if (InputCompressionType == "ZSTD") throw Errors.NotImplemented("ImportTable", "InputCompressionType: ZSTD");
        CreateTableRules.Check(TableCreationParameters!, Path);
        if (HeaderList is not null && HeaderList.Distinct(StringComparer.Ordinal).Count() != HeaderList.Count) throw DynamoDbErrors.Validation("HeaderList must not contain duplicates");
        Names.Check(HeaderList);
    }

    public ImportRequest ToRequest() => new(
        new(S3Bucket!, S3BucketOwner, S3KeyPrefix), InputFormat!, HasCsv ? new(new(Delimiter, HeaderList?.ConvertAll(header => header ?? ""))) : null, InputCompressionType ?? "NONE",
        Imports.TableCreationParameters.Of(TableCreationParameters!));

    public static ImportTableInput Decode(ref InputReader json)
    {
        var input = new ImportTableInput();
        while (json.NextMember())
        {
            if (json.Is("ClientToken"u8)) input.ClientToken = json.String();
            else if (json.Is("S3BucketSource"u8)) input.DecodeSource(ref json);
            else if (json.Is("InputFormat"u8)) input.InputFormat = json.String();
            else if (json.Is("InputFormatOptions"u8)) input.DecodeOptions(ref json);
            else if (json.Is("InputCompressionType"u8)) input.InputCompressionType = json.String();
            else if (json.Is("TableCreationParameters"u8)) input.TableCreationParameters = json.Struct("TableCreationParameters", CreateTableInput.DecodeForImport);
            else json.Skip();
        }
        return input;
    }

    private void DecodeSource(ref InputReader json)
    {
        HasSource = json.BeginStruct("S3BucketSource");
        while (HasSource && json.NextMember())
        {
            if (json.Is("S3Bucket"u8)) S3Bucket = json.String();
            else if (json.Is("S3BucketOwner"u8)) S3BucketOwner = json.String();
            else if (json.Is("S3KeyPrefix"u8)) S3KeyPrefix = json.String();
            else json.Skip();
        }
    }

    private void DecodeOptions(ref InputReader json)
    {
        if (!json.BeginStruct("InputFormatOptions")) return;
        while (json.NextMember())
        {
            if (json.Is("Csv"u8)) DecodeCsv(ref json);
            else json.Skip();
        }
    }

    private void DecodeCsv(ref InputReader json)
    {
        HasCsv = json.BeginStruct("CsvOptions");
        while (HasCsv && json.NextMember())
        {
            if (json.Is("Delimiter"u8)) Delimiter = json.String();
            else if (json.Is("HeaderList"u8)) HeaderList = json.Strings();
            else json.Skip();
        }
    }
}
