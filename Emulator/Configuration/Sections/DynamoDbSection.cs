using Emulator.Iam.Policies;

namespace Emulator.Configuration.Sections;

/// <summary><c>dynamodb: { tables: { Notes: { partitionKey: owner, sortKey: id } } }</c></summary>
internal static class DynamoDbSection
{
    public static EmulatorConfig WithDynamoDb(this EmulatorConfig config, ConfigValue? value) => value?.Section(section => config with
    {
        Capacity = section["capacity"]?.OneOf("enforce", "off") == "enforce" ? CapacityMode.Enforce : config.Capacity,
        StatusDuration = section["statuses"]?.Statuses() ?? config.StatusDuration,
        Tables = section["tables"]?.Map(AwsNames.Table, static table => table.Section(Table)) ?? config.Tables,
    }) ?? config;

    /// <summary><c>instant</c>, or how long they last.</summary>
    private static TimeSpan? Statuses(this ConfigValue value) => value.Node is ScalarNode { Text: "instant" } ? TimeSpan.Zero : value.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

    private static TableConfig Table(ConfigSection table)
    {
        var partitionKey = table.Required("partitionKey")?.Key() ?? new("", "S");
        var sortKey = table["sortKey"]?.Key();
        if (sortKey?.Name == partitionKey.Name) table.Problem("the sort key must be another attribute than the partition key");
        var capacity = table["capacity"]?.Section(Capacity) ?? new TableConfig(partitionKey);
        return capacity with
        {
            PartitionKey = partitionKey,
            SortKey = sortKey,
            Indexes = table["indexes"]?.Map(AwsNames.Table, static index => index.Section(Index)) ?? capacity.Indexes,
            Stream = table["stream"]?.OneOf("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"),
            TimeToLive = table["timeToLive"]?.Text(),
            PointInTimeRecovery = table["pointInTimeRecovery"]?.Flag() ?? false,
            DeletionProtection = table["deletionProtection"]?.Flag() ?? false,
            TableClass = table["tableClass"]?.OneOf("STANDARD", "STANDARD_INFREQUENT_ACCESS"),
            Encryption = table["encryption"]?.Text(),
            Tags = table["tags"]?.TextMap() ?? capacity.Tags,
            Policy = table["policy"]?.Policy(PolicyKind.Resource),
            Replicas = table["replicas"]?.Texts(AwsNames.Region) ?? [],
            Items = table["items"]?.List(item => Item(item, partitionKey, sortKey)) ?? [],
            ItemFiles = table["itemFiles"]?.List(static file => file.File()) ?? [],
        };
    }

    private static IndexConfig Index(ConfigSection index)
    {
        var (projection, attributes) = index["projection"] is { } value ? Projection(value) : ("ALL", []);
        var sortKeys = index["sortKey"]?.List(static key => key.Key()) ?? [];
        var partitionKeys = index["partitionKey"]?.List(static key => key.Key()) ?? [];
        if (partitionKeys.Count + sortKeys.Count == 0) index.Problem("an index has a partition key of its own, or a sort key (it is then a local one), or both");
        var (read, write) = index["capacity"]?.Section(Units) ?? (null, null);
        return new()
        {
            PartitionKeys = partitionKeys,
            SortKeys = sortKeys,
            Projection = projection,
            NonKeyAttributes = attributes,
            ReadCapacityUnits = read,
            WriteCapacityUnits = write,
        };
    }

    /// <summary><c>ALL</c>, <c>KEYS_ONLY</c>, or a list of the attributes that are projected beside the keys.</summary>
    private static (string Type, IReadOnlyList<string> Attributes) Projection(ConfigValue value) =>
        value.Node is ListNode ? ("INCLUDE", value.Texts()) : (value.OneOf("ALL", "KEYS_ONLY") ?? "ALL", []);

    /// <summary><c>name</c>, <c>name:S</c>, <c>name:N</c> or <c>name:B</c>.</summary>
    private static KeyAttribute? Key(this ConfigValue value)
    {
        if (value.Text() is not { } text) return null;
        var colon = text.LastIndexOf(':');
        var (name, type) = colon < 0 ? (text, "S") : (text[..colon], text[(colon + 1)..]);
        if (type is not ("S" or "N" or "B")) value.Problem($"a key's type is S (text), N (number) or B (binary), not '{type}'");
        else if (name.Length is 0 or > 255) value.Problem("a key attribute's name has 1 to 255 characters");
        else return new(name, type);
        return null;
    }

    /// <summary>A table of which only the capacity is known.</summary>
    private static TableConfig Capacity(ConfigSection capacity)
    {
        var (read, write) = Units(capacity);
        var table = new TableConfig(new KeyAttribute("", "S")) { ReadCapacityUnits = read, WriteCapacityUnits = write };
        return capacity["autoScaling"]?.Section(scaling => table with
        {
            ReadAutoScaling = scaling["read"]?.Section(AutoScaling),
            WriteAutoScaling = scaling["write"]?.Section(AutoScaling),
        }) ?? table;
    }

    private static (long? Read, long? Write) Units(ConfigSection capacity) =>
        (capacity.Required("read")?.Number(1, int.MaxValue), capacity.Required("write")?.Number(1, int.MaxValue));

    private static AutoScalingConfig AutoScaling(ConfigSection scaling)
    {
        var min = scaling.Required("min")?.Number(1, int.MaxValue) ?? 1;
        var max = scaling.Required("max")?.Number(1, int.MaxValue) ?? min;
        if (max < min) scaling.Problem("'max' must not be less than 'min'");
        return new(min, max, scaling["target"]?.Number(20, 90) ?? 70);
    }

    private static string? Item(ConfigValue item, KeyAttribute partitionKey, KeyAttribute? sortKey)
    {
        if (item.Node is not MappingNode attributes)
        {
            item.Problem("an item must be a mapping of attributes to values");
            return null;
        }
        CheckKey(item, attributes, partitionKey);
        if (sortKey is not null) CheckKey(item, attributes, sortKey);
        return PlainJson.Write(attributes);
    }

    private static void CheckKey(ConfigValue item, MappingNode attributes, KeyAttribute key)
    {
        if (key.Name.Length == 0) return;
        ScalarNode? scalar = null;
        foreach (var attribute in attributes.Entries) if (attribute.Key.Text == key.Name) scalar = attribute.Value as ScalarNode ?? new ScalarNode(0, 0, "", isPlain: true);
        if (scalar is null) item.Problem($"the item lacks the key attribute '{key.Name}'");
        else if (key.Type == "N" && !PlainJson.IsNumber(scalar)) item.Problem($"the key attribute '{key.Name}' must be a number");
        else if (key.Type != "N" && (scalar.IsNull || PlainJson.IsNumber(scalar) || scalar is { IsPlain: true, Text: "true" or "false" })) item.Problem($"the key attribute '{key.Name}' must be a text: put it in quotes");
        else if (key.Type != "N" && scalar.Text.Length == 0) item.Problem($"the key attribute '{key.Name}' must not be empty");
    }
}
