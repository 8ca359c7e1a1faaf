using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>What a statement asks, as far as it can be known and checked without its table.</summary>
internal abstract record Statement(string TableName)
{
    public virtual bool IsRead => false;
}

/// <param name="Columns">Null for a star.</param>
/// <param name="Where">Null for everything.</param>
internal sealed record SelectStatement(string TableName, string? IndexName, Columns? Columns, Condition? Where, List<OrderTerm> OrderBy) : Statement(TableName)
{
    public override bool IsRead => true;

    /// <summary>Writes what is asked for of an item.</summary>
    public void Write(JsonOutput json, AttributeMap item)
    {
        if (Columns is null) json.Map(item);
        else Columns.Write(json, item);
    }
}

/// <summary>A term of ORDER BY.</summary>
internal readonly record struct OrderTerm(string Attribute, bool Descending);

internal sealed record InsertStatement(string TableName, AttributeMap Item) : Statement(TableName);

/// <param name="Update">Null for DELETE.</param>
/// <param name="Returning">As <c>all_old</c>; null where nothing is asked for.</param>
internal sealed record ModifyStatement(string TableName, Update? Update, Condition? Where, string? Returning) : Statement(TableName);

/// <summary>The condition check of a transaction: <c>EXISTS(SELECT * FROM ... WHERE ...)</c>.</summary>
internal sealed record ExistsStatement(SelectStatement Select) : Statement(Select.TableName);
