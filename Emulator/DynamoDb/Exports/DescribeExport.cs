using Emulator.DynamoDb.Input;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Exports;

/// <summary>Describes an export.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeExport.html</remarks>
internal static class DescribeExport
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ExportArnInput input)
    {
        var constraints = new Constraints();
        constraints.PartArn(input.ExportArn, "exportArn");
        constraints.Require();
        using var snapshot = service.Store.Snapshot();
        return new(Answer(ExportStore.Require(service, snapshot, call, input.ExportArn!)));
    }

    public static ReadOnlyMemory<byte> Answer(Export export) => AwsJson.Encode(new ExportDescriptionOutput(ExportDescription.Of(export)), ExportJson.Default.ExportDescriptionOutput);
}

internal sealed record ExportArnInput(string? ExportArn)
{
    public static ExportArnInput Decode(ref InputReader json)
    {
        string? arn = null;
        while (json.NextMember())
        {
            if (json.Is("ExportArn"u8)) arn = json.String();
            else json.Skip();
        }
        return new(arn);
    }
}
