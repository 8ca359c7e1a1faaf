using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.KinesisDestinations;

/// <summary>EnableKinesisStreamingDestination, UpdateKinesisStreamingDestination and DisableKinesisStreamingDestination: they answer the status on the way, which then is reached.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_EnableKinesisStreamingDestination.html
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateKinesisStreamingDestination.html
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DisableKinesisStreamingDestination.html
/// </remarks>
internal static class KinesisDestinationChange
{
    private const string Enabling = "enableKinesisStreamingConfiguration";

    public static async ValueTask<ReadOnlyMemory<byte>> EnableAsync(DynamoDbService service, Call call, KinesisDestinationInput input)
    {
        input.Check(Enabling);
        var name = await ChangeAsync(service, call, input, (table, _) =>
        {
            if (table.KinesisDestinations.Any(destination => destination.Status == KinesisDestination.Active))
            {
                throw InvalidState("EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.");
            }
            var status = KinesisDestination.IsReachable(table, input.StreamArn!) ? KinesisDestination.Active : KinesisDestination.Failed;
            return new(input.StreamArn!, status, input.Configuration?.ApproximateCreationDateTimePrecision);
        });
        return Answer(new(name, input.StreamArn!, "ENABLING", EnableKinesisStreamingConfiguration: input.Configuration ?? new(null)));
    }

    public static async ValueTask<ReadOnlyMemory<byte>> DisableAsync(DynamoDbService service, Call call, KinesisDestinationInput input)
    {
        input.Check(Enabling);
        if (input.Configuration?.ApproximateCreationDateTimePrecision is not null) throw DynamoDbErrors.Validation("Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters");
        var name = await ChangeAsync(service, call, input, (_, present) =>
            present?.Status == KinesisDestination.Active
                ? present with { Status = KinesisDestination.Disabled }
                : throw InvalidState("KinesisStreamingDestination must be ACTIVE to perform DISABLE operation."));
        return Answer(new(name, input.StreamArn!, "DISABLING"));
    }

    public static async ValueTask<ReadOnlyMemory<byte>> UpdateAsync(DynamoDbService service, Call call, KinesisDestinationInput input)
    {
        input.Check("updateKinesisStreamingConfiguration");
        if (input.Configuration?.ApproximateCreationDateTimePrecision is not { } precision)
        {
            throw DynamoDbErrors.Validation("Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be null or contain only null values");
        }
        var name = await ChangeAsync(service, call, input, (table, present) =>
        {
            if (present is null) throw InvalidState($"No streaming destination with streamArn: {input.StreamArn} found for table with tableName: {table.Name}");
            if (present.Status != KinesisDestination.Active)
            {
                throw InvalidState($"Kinesis streaming is not in ACTIVE state. Updates are only allowed in ACTIVE state. TableName: {table.Name}, kdsArn: {input.StreamArn}");
            }
            return (present.Precision ?? "MILLISECOND") == precision
                ? throw DynamoDbErrors.Validation($"Invalid Request: Precision is already set to the desired value of {precision} for tableId: {table.Id}, kdsArn: {input.StreamArn}")
                : present with { Precision = precision };
        });
        return Answer(new(name, input.StreamArn!, "UPDATING", UpdateKinesisStreamingConfiguration: input.Configuration));
    }

    /// <param name="change">Given the table and the destination, null where it never was one.</param>
    /// <returns>The name of the table.</returns>
    private static async ValueTask<string> ChangeAsync(DynamoDbService service, Call call, KinesisDestinationInput input, Func<Table, KinesisDestination?, KinesisDestination> change)
    {
        var name = TableName.Parse(call, input.TableName!);
        return await service.Store.WriteAsync(transaction =>
        {
            var table = TableStore.Read(transaction, name, call.Now) ?? throw DynamoDbErrors.TableNotFound(name.Name);
            var changed = change(table, table.KinesisDestinations.FirstOrDefault(destination => destination.StreamArn == input.StreamArn));
            TableStore.Put(transaction, table with { KinesisDestinations = changed.In(table.KinesisDestinations) });
            return table.Name;
        });
    }

    private static ReadOnlyMemory<byte> Answer(KinesisDestinationOutput output) => AwsJson.Encode(output, ControlJson.Default.KinesisDestinationOutput);

    /// <summary>Whatever the operation is, AWS speaks of enabling.</summary>
    private static AwsException InvalidState(string what) => DynamoDbErrors.Validation($"Table is not in a valid state to enable Kinesis Streaming Destination: {what}");
}
