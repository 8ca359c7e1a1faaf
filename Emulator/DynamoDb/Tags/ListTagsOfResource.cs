using Emulator.DynamoDb.Input;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Tags;

/// <summary>Returns the tags of a table, all fifty on one page; a NextToken is not looked at, as AWS does not.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html; DDB-TABLE-073, 108 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.</remarks>
internal static class ListTagsOfResource
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ResourceArnInput input)
    {
        var name = TagRules.TableOf(call, input.ResourceArn);
        var table = service.Tables.Find(name) ?? throw TagRules.NotFound(call, name);
        return new(AwsJson.Encode(new ListTagsOfResourceOutput([.. table.Tags.Select(tag => new TagInput(tag.Key, tag.Value))]), ControlJson.Default.ListTagsOfResourceOutput));
    }
}

internal sealed record ListTagsOfResourceOutput(IReadOnlyList<TagInput> Tags);

/// <summary>The input of operations that only name a resource.</summary>
internal sealed record ResourceArnInput(string? ResourceArn)
{
    public static ResourceArnInput Decode(ref InputReader json)
    {
        string? arn = null;
        while (json.NextMember())
        {
            if (json.Is("ResourceArn"u8)) arn = json.String();
            else json.Skip();
        }
        return new(arn);
    }
}
