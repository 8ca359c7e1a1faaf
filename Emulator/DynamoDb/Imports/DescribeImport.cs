using Emulator.DynamoDb.Input;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Imports;

/// <summary>Describes an import.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeImport.html</remarks>
internal static class DescribeImport
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ImportArnInput input)
    {
        var constraints = new Constraints();
        constraints.PartArn(input.ImportArn, "importArn");
        constraints.Require();
        using var snapshot = service.Store.Snapshot();
        return new(Answer(ImportStore.Require(service, snapshot, call, input.ImportArn!)));
    }

    public static ReadOnlyMemory<byte> Answer(Import import) => AwsJson.Encode(new ImportTableOutput(ImportTableDescription.Of(import)), ImportJson.Default.ImportTableOutput);
}

internal sealed record ImportArnInput(string? ImportArn)
{
    public static ImportArnInput Decode(ref InputReader json)
    {
        string? arn = null;
        while (json.NextMember())
        {
            if (json.Is("ImportArn"u8)) arn = json.String();
            else json.Skip();
        }
        return new(arn);
    }
}
