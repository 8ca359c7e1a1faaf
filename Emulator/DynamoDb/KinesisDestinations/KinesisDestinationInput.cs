using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Operations;

namespace Emulator.DynamoDb.KinesisDestinations;

/// <summary>The input of the operations that change the destination of a table.</summary>
internal sealed record KinesisDestinationInput(string? TableName, string? StreamArn, KinesisConfiguration? Configuration)
{
    public static KinesisDestinationInput Decode(ref InputReader json)
    {
        string? table = null, stream = null;
        KinesisConfiguration? configuration = null;
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) table = json.String();
            else if (json.Is("StreamArn"u8)) stream = json.String();
            else if (json.Is("EnableKinesisStreamingConfiguration"u8)) configuration = json.Struct("EnableKinesisStreamingConfiguration", KinesisConfiguration.Decode);
            else if (json.Is("UpdateKinesisStreamingConfiguration"u8)) configuration = json.Struct("UpdateKinesisStreamingConfiguration", KinesisConfiguration.Decode);
            else json.Skip();
        }
        return new(table, stream, configuration);
    }

    /// <param name="member">What the operation calls the configuration.</param>
    public void Check(string member)
    {
        if (TableName is null) throw TableNameRules.Required();
        var constraints = new Constraints();
        constraints.Table(TableName);
        // The least length of the model's shape is not enforced: DDB-TABLE-302.
        constraints.NotNull(StreamArn, "streamArn");
        constraints.OneOf(Configuration?.ApproximateCreationDateTimePrecision, $"{member}.approximateCreationDateTimePrecision", "MILLISECOND, MICROSECOND");
        constraints.Require();
    }
}

internal sealed record KinesisConfiguration(string? ApproximateCreationDateTimePrecision)
{
    public static KinesisConfiguration Decode(ref InputReader json)
    {
        string? precision = null;
        while (json.NextMember())
        {
            if (json.Is("ApproximateCreationDateTimePrecision"u8)) precision = json.String();
            else json.Skip();
        }
        return new(precision);
    }
}

internal sealed record KinesisDestinationOutput(
    string TableName,
    string StreamArn,
    string DestinationStatus,
    KinesisConfiguration? EnableKinesisStreamingConfiguration = null,
    KinesisConfiguration? UpdateKinesisStreamingConfiguration = null);
