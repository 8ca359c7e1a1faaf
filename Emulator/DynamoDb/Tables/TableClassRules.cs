namespace Emulator.DynamoDb.Tables;

/// <summary>The class of a table: what it costs to keep and to read.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.TableClasses.html; texts: DDB-TABLE-283, 365 and 442 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal static class TableClassRules
{
    private const string Standard = "STANDARD";

    public static void Check(string? tableClass)
    {
        if (tableClass is not (null or Standard or "STANDARD_INFREQUENT_ACCESS"))
        {
            throw DynamoDbErrors.Validation("Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].");
        }
    }

    /// <summary>Once the changes of the window are used up the present class is refused like any other.</summary>
    public static Table WithClass(this Table table, string tableClass, DateTimeOffset now)
    {
        var recent = table.TableClassChanges.Where(change => change > now - DynamoDbLimits.TableClassChangesWindow).ToList();
        if (recent.Count >= DynamoDbLimits.TableClassChanges)
        {
            throw DynamoDbErrors.LimitExceeded($"Updates to TableClass are limited to {DynamoDbLimits.TableClassChanges} times in {DynamoDbLimits.TableClassChangesWindow.TotalDays} day(s).");
        }
        return tableClass == (table.TableClass ?? Standard) ? table : table with { TableClass = tableClass, TableClassChanges = [.. recent, now] };
    }
}
