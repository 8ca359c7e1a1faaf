using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Tags;

/// <summary>Gives a table tags, or others in their place.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html</remarks>
internal static class TagResource
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, TagResourceInput input)
    {
        var constraints = new Constraints();
        if (input.ResourceArn is not null) constraints.NotNull(input.Tags, "tags");
        constraints.Require();
        var name = TagRules.TableOf(call, input.ResourceArn);
        if (input.Tags!.Count == 0) throw DynamoDbErrors.Validation("Atleast one Tag needs to be provided as Input.");
        TagRules.CheckTags(input.Tags);
        await service.Store.WriteAsync(transaction =>
        {
            var table = TableStore.Read(transaction, name, call.Now) ?? throw TagRules.NotFound(call, name);
            var tags = new Dictionary<string, string>(table.Tags, StringComparer.Ordinal);
            foreach (var tag in input.Tags) tags[tag!.Key!] = tag.Value!;
            TagRules.CheckSet(tags);
            TableStore.Put(transaction, table with { Tags = tags });
            return tags.Count;
        });
        // Observed: there is no body at all (test_tag_resource_basic of scylladb/scylladb test/alternator reads none; content-length is 0).
        return default;
    }
}

internal sealed record TagResourceInput(string? ResourceArn, List<TagInput?>? Tags)
{
    public static TagResourceInput Decode(ref InputReader json)
    {
        string? arn = null;
        List<TagInput?>? tags = null;
        while (json.NextMember())
        {
            if (json.Is("ResourceArn"u8)) arn = json.String();
            else if (json.Is("Tags"u8)) tags = json.Structs("Tag", TagInput.Decode);
            else json.Skip();
        }
        return new(arn, tags);
    }
}
