namespace Emulator.DynamoDb.Input;

/// <summary>StreamSpecification of a table.</summary>
internal sealed record StreamSpecificationInput(bool? StreamEnabled, string? StreamViewType)
{
    public static StreamSpecificationInput Decode(ref InputReader json)
    {
        bool? enabled = null;
        string? viewType = null;
        while (json.NextMember())
        {
            if (json.Is("StreamEnabled"u8)) enabled = json.Boolean();
            else if (json.Is("StreamViewType"u8)) viewType = json.String();
            else json.Skip();
        }
        return new(enabled, viewType);
    }

    public void AddTo(ref Constraints constraints)
    {
        constraints.NotNull(StreamEnabled, "streamSpecification.streamEnabled");
        constraints.OneOf(StreamViewType, "streamSpecification.streamViewType", Enums.StreamViewType);
    }
}
