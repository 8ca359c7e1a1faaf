using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>The one item that a WHERE clause names by equality of its whole key, and the conditions beside that.</summary>
internal sealed class KeyEqualities
{
    private readonly KeyAttributes _keys;
    private readonly Dictionary<KeyAttribute, List<AttributeValue>> _values = [];

    private KeyEqualities(KeyAttributes keys) => _keys = keys;

    /// <summary>What must hold beside the key; null where nothing must.</summary>
    public Condition? Rest { get; private set; }

    public bool IsWholeKey => _values.Count == _keys.Count;

    /// <summary>A key attribute that is asked to be two values at once; null where none is.</summary>
    public string? Contradiction => _values.Where(pair => pair.Value.Exists(value => !value.Equals(pair.Value[0]))).Select(pair => pair.Key.Name.Text).FirstOrDefault();

    public static KeyEqualities Of(KeyAttributes keys, Condition? where)
    {
        var equalities = new KeyEqualities(keys);
        if (where is not null) equalities.Collect(where);
        return equalities;
    }

    /// <summary>The key as a request would give it: the first value of each attribute.</summary>
    public AttributeMap Key()
    {
        using var writer = new ValueWriter();
        foreach (var (attribute, values) in _values.OrderBy(pair => pair.Key.Name))
        {
            writer.LengthPrefixed(attribute.Name.Utf8);
            writer.Value(values[0]);
        }
        return new(writer.ToArray());
    }

    /// <summary>The conditions beside the key, and that each second value of a key attribute is the first.</summary>
    public Condition? RestWithContradictions()
    {
        var rest = Rest;
        foreach (var (attribute, values) in _values)
        {
            foreach (var value in values.Skip(1))
            {
                var same = new ComparisonCondition(Comparator.Equal, new PathOperand(DocumentPath.Of(attribute.Name.Text)), ValueOperand.Of(value));
                rest = rest is null ? same : new AndCondition(rest, same);
            }
        }
        return rest;
    }

    private void Collect(Condition condition)
    {
        if (condition is AndCondition and)
        {
            Collect(and.Left);
            Collect(and.Right);
        }
        else if (KeyTest.Of(condition, _keys) is { Operator: ComparisonOperator.EQ } test)
        {
            if (!_values.TryGetValue(test.Attribute, out var values)) _values[test.Attribute] = values = [];
            values.AddRange(test.Values);
        }
        else
        {
            Rest = Rest is null ? condition : new AndCondition(Rest, condition);
        }
    }
}
