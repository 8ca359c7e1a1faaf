using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Transactions;

/// <summary>What an action of TransactWriteItems does to its item.</summary>
internal enum TransactionVerb
{
    ConditionCheck,
    Put,
    Delete,
    Update,
}

/// <summary>One element of TransactItems: one action, where it is as it should be.</summary>
internal sealed class TransactWriteInput
{
    private readonly List<TransactActionInput> _actions = [];

    public IReadOnlyList<TransactActionInput> Actions => _actions;

    /// <summary>The one action.</summary>
    public TransactActionInput Single() => _actions.Count switch
    {
        1 => _actions[0],
        // Source: getmoto/moto pull request 5521, tested there against AWS.
        > 1 => throw DynamoDbErrors.Validation("TransactItems can only contain one of Check, Put, Update or Delete"),
        // Observed: what a request with PUT in place of Put is answered.
        _ => throw DynamoDbErrors.Validation("Invalid Request: TransactWriteRequest should contain Delete or Put or Update request"),
    };

    public static TransactWriteInput Decode(ref InputReader json)
    {
        var input = new TransactWriteInput();
        while (json.NextMember())
        {
            if (json.Is("ConditionCheck"u8)) input.Decode(ref json, TransactionVerb.ConditionCheck, "conditionCheck");
            else if (json.Is("Put"u8)) input.Decode(ref json, TransactionVerb.Put, "put");
            else if (json.Is("Delete"u8)) input.Decode(ref json, TransactionVerb.Delete, "delete");
            else if (json.Is("Update"u8)) input.Decode(ref json, TransactionVerb.Update, "update");
            else json.Skip();
        }
        return input;
    }

    private void Decode(ref InputReader json, TransactionVerb verb, string member)
    {
        if (!json.BeginStruct(verb.ToString())) return;
        var action = new TransactActionInput(verb, member);
        action.Decode(ref json);
        _actions.Add(action);
    }
}

/// <summary>A Put, Update, Delete or ConditionCheck of TransactWriteItems.</summary>
/// <param name="member">Its name in the paths of constraints.</param>
internal sealed class TransactActionInput(TransactionVerb verb, string member) : ItemWriteInput
{
    public TransactionVerb Verb { get; } = verb;

    /// <summary>Item or Key.</summary>
    public AttributeInput? Attributes { get; private set; }
    public string? UpdateExpression { get; private set; }

    public void Decode(ref InputReader json)
    {
        while (json.NextMember())
        {
            if (!TryDecode(ref json)) json.Skip();
        }
    }

    /// <inheritdoc/>
    protected override bool TryDecode(ref InputReader json)
    {
        if (json.Is(Verb is TransactionVerb.Put ? "Item"u8 : "Key"u8)) Attributes = AttributeInput.Decode(ref json);
        else if (Verb is TransactionVerb.Update && json.Is("UpdateExpression"u8)) UpdateExpression = json.String();
        else return base.TryDecode(ref json);
        return true;
    }

    /// <summary>The constraints of the action's shape.</summary>
    /// <param name="path">The element of TransactItems.</param>
    public void AddTo(ref Constraints constraints, string path)
    {
        path = $"{path}.{member}";
        constraints.Table(TableName, $"{path}.tableName");
        constraints.NotNull(Attributes, Verb is TransactionVerb.Put ? $"{path}.item" : $"{path}.key");
        if (Verb is TransactionVerb.Update) constraints.NotNull(UpdateExpression, $"{path}.updateExpression");
        if (Verb is TransactionVerb.ConditionCheck) constraints.NotNull(ConditionExpression, $"{path}.conditionExpression");
        constraints.OneOf(ReturnValuesOnConditionCheckFailure, $"{path}.returnValuesOnConditionCheckFailure", Enums.ReturnValuesOnConditionCheckFailure);
    }

    /// <summary>The action, once its values are found to be values and its parameters to fit each other.</summary>
    /// <remarks>Observed: of two actions that fail here the first tells, before any table is looked for (tests/tier3/validation-ordering/transactions.test.ts and error-messages/valueLayers.test.ts of paritysuite/dynamodb-conformance).</remarks>
    public TransactionAction Parse()
    {
        Attributes!.Require();
        ReadOnlySpan<string> valueExpressions = Verb is TransactionVerb.Update ? ["UpdateExpression", "ConditionExpression"] : ["ConditionExpression"];
        ExpressionParameters.Check([("UpdateExpression", UpdateExpression is not null), ("ConditionExpression", ConditionExpression is not null)], [],
            ExpressionAttributeNames is not null, ExpressionAttributeValues is not null, valueExpressions);
        var scope = ExpressionParameters.Scope(ExpressionAttributeNames, ExpressionAttributeValues);
        var update = UpdateExpression is null ? null : UpdateParser.Parse(UpdateExpression, scope);
        var condition = Condition(scope);
        scope.RequireAllUsed();
        return new(TableName!, Write(update, condition), PayloadBytes);
    }

    /// <summary>Adds what the action asks for.</summary>
    public void AddTo(Fingerprint fingerprint)
    {
        fingerprint.Add(member);
        fingerprint.Add(TableName);
        fingerprint.Add(Attributes!.Map.Entries.Span);
        fingerprint.Add(UpdateExpression);
        fingerprint.Add(ConditionExpression);
        fingerprint.Add(ExpressionAttributeNames);
        fingerprint.Add(ExpressionAttributeValues);
        fingerprint.Add(ReturnValuesOnConditionCheckFailure);
    }

    /// <summary>As AWS shows the action in its error.</summary>
    public override string ToString() => $"TransactWriteItem({member}={Verb}(tableName={TableName}))";

    /// <remarks>The limit is on what the request brings, not on the items that it concerns. Observed: test_transact_write_items_delete_5MB of scylladb/scylladb test/alternator.</remarks>
    private int PayloadBytes =>
        ItemSize.OfEntries(Attributes!.Map.Entries.Span) + (ExpressionAttributeValues?.Values.Sum(value => value.Value.IsAbsent ? 0 : value.Value.Size) ?? 0);

    private ItemWrite Write(Update? update, Condition? condition)
    {
        var attributes = Attributes!.Map;
        switch (Verb)
        {
            case TransactionVerb.Put:
                var item = Item.Of(attributes.Entries.Span);
                // Observed: a put's size refuses the whole request, an update's is a reason (CHANGELOG.md of nubo-db/dynoxide, taken from AWS in eu-west-2).
                if (item.Size > DynamoDbLimits.ItemSizeBytes) throw DynamoDbErrors.ItemTooLarge();
                return new ItemPut(item) { Condition = condition, ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure };
            case TransactionVerb.Update:
                return new ItemUpdate(attributes, update!) { Condition = condition, ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure };
            case TransactionVerb.Delete:
                return new ItemDelete(attributes) { Condition = condition, ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure };
            default:
                return new ItemCheck(attributes) { Condition = condition, ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure };
        }
    }
}
