using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Transactions;

/// <summary>One action of a transaction that writes.</summary>
/// <param name="TableName">As the request names the table, by name or ARN.</param>
/// <param name="PayloadBytes">What it counts for in the size of the transaction.</param>
internal sealed record TransactionAction(string TableName, ItemWrite Write, int PayloadBytes = 0);

/// <summary>An action whose table and item are known.</summary>
internal sealed record PreparedAction(TransactionAction Action, Table Table, byte[] Key);
