using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Tags;

/// <summary>Takes tags from a table; one that is not there is taken too.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html</remarks>
internal static class UntagResource
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, UntagResourceInput input)
    {
        var constraints = new Constraints();
        if (input.ResourceArn is not null) constraints.NotNull(input.TagKeys, "tagKeys");
        constraints.Require();
        var name = TagRules.TableOf(call, input.ResourceArn);
        if (input.TagKeys!.Count == 0) throw DynamoDbErrors.Validation("Atleast one Tag Key needs to be provided as Input.");
        TagRules.CheckKeys(input.TagKeys);
        await service.Store.WriteAsync(transaction =>
        {
            var table = TableStore.Read(transaction, name, call.Now) ?? throw TagRules.NotFound(call, name);
            TableStore.Put(transaction, table with { Tags = table.Tags.Where(tag => !input.TagKeys.Contains(tag.Key)).ToDictionary(StringComparer.Ordinal) });
            return true;
        });
        return default;
    }
}

internal sealed record UntagResourceInput(string? ResourceArn, List<string?>? TagKeys)
{
    public static UntagResourceInput Decode(ref InputReader json)
    {
        string? arn = null;
        List<string?>? keys = null;
        while (json.NextMember())
        {
            if (json.Is("ResourceArn"u8)) arn = json.String();
            else if (json.Is("TagKeys"u8)) keys = json.Strings();
            else json.Skip();
        }
        return new(arn, keys);
    }
}
