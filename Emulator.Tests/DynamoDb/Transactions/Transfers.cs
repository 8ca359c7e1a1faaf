using System.Globalization;
using System.Text.Json.Nodes;
using Emulator.Protocols;

namespace Emulator.Tests.DynamoDb.Transactions;

/// <summary>Accounts between which money moves by transactions; each writes a line into the ledger and counts its writer's transfers up.</summary>
internal sealed class Transfers(DirectService service)
{
    public const int Accounts = 8;
    public const int Balance = 1_000;

    public async Task CreateAsync()
    {
        await service.CreateTableAsync("Accounts", "id");
        await service.SendAsync("CreateTable", """
            {"TableName":"Ledger","BillingMode":"PAY_PER_REQUEST",
            "AttributeDefinitions":[{"AttributeName":"writer","AttributeType":"S"},{"AttributeName":"number","AttributeType":"N"},{"AttributeName":"from","AttributeType":"N"}],
            "KeySchema":[{"AttributeName":"writer","KeyType":"HASH"},{"AttributeName":"number","KeyType":"RANGE"}],
            "GlobalSecondaryIndexes":[{"IndexName":"from","KeySchema":[{"AttributeName":"from","KeyType":"HASH"},{"AttributeName":"number","KeyType":"RANGE"}],"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["to","amount"]}}]}
            """);
        for (var i = 0; i < Accounts; i++) await service.SendAsync("PutItem", $$$"""{"TableName":"Accounts","Item":{"id":{"S":"{{{i}}}"},"balance":{"N":"{{{Balance}}}"} }}""");
    }

    /// <summary>Moves some money; tried again while another transaction has one of the accounts, or until there is money to move.</summary>
    public async Task TransferAsync(Random random, int writer, long number)
    {
        while (true)
        {
            var from = random.Next(Accounts);
            var to = (from + random.Next(1, Accounts)) % Accounts;
            if (await TryTransferAsync(from, to, random.Next(1, 400), writer, number)) return;
        }
    }

    /// <summary>How many transfers a writer has made.</summary>
    public async Task<long> CountAsync(int writer)
    {
        var answer = await service.SendAsync("GetItem", $$$"""{"TableName":"Accounts","Key":{"id":{"S":"writer{{{writer}}}"} }}""");
        return answer["Item"] is { } item ? Number(item, "count") : 0;
    }

    /// <summary>The balances at one moment.</summary>
    public async Task<List<long>> BalancesAsync()
    {
        while (true)
        {
            try
            {
                var gets = Enumerable.Range(0, Accounts).Select(i => $$$"""{"Get":{"TableName":"Accounts","Key":{"id":{"S":"{{{i}}}"} } }}""");
                var answer = await service.SendAsync("TransactGetItems", $$"""{"TransactItems":[{{string.Join(',', gets)}}]}""");
                return [.. answer["Responses"]!.AsArray().Select(response => Number(response!["Item"]!, "balance"))];
            }
            catch (AwsException error) when (IsConflict(error))
            {
            }
        }
    }

    /// <summary>All transfers of a writer, in their order.</summary>
    public Task<List<Transfer>> LedgerAsync(int writer) => QueryAsync($$$"""{"TableName":"Ledger","KeyConditionExpression":"writer = :w","ExpressionAttributeValues":{":w":{"S":"{{{writer}}}"} } }""");

    /// <summary>All transfers from an account, as the index has them.</summary>
    public Task<List<Transfer>> IndexAsync(int from) =>
        QueryAsync($$$"""{"TableName":"Ledger","IndexName":"from","KeyConditionExpression":"#f = :f","ExpressionAttributeNames":{"#f":"from"},"ExpressionAttributeValues":{":f":{"N":"{{{from}}}"} } }""");

    private async Task<List<Transfer>> QueryAsync(string query)
    {
        var request = JsonNode.Parse(query)!;
        var transfers = new List<Transfer>();
        while (true)
        {
            var page = await service.SendAsync("Query", request);
            transfers.AddRange(page["Items"]!.AsArray().Select(item => new Transfer(int.Parse(item!["writer"]!["S"]!.ToString(), CultureInfo.InvariantCulture), Number(item, "number"), (int)Number(item, "from"), (int)Number(item, "to"), Number(item, "amount"))));
            if (page["LastEvaluatedKey"] is not { } last) return transfers;
            request["ExclusiveStartKey"] = last.DeepClone();
        }
    }

    private async Task<bool> TryTransferAsync(int from, int to, int amount, int writer, long number)
    {
        var values = $$$"""{":v":{"N":"{{{amount}}}"}}""";
        try
        {
            await service.SendAsync("TransactWriteItems", $$$"""
                {"TransactItems":[
                {"Update":{"TableName":"Accounts","Key":{"id":{"S":"{{{from}}}"}},"UpdateExpression":"SET balance = balance - :v","ConditionExpression":"balance >= :v","ExpressionAttributeValues":{{{values}}} }},
                {"Update":{"TableName":"Accounts","Key":{"id":{"S":"{{{to}}}"}},"UpdateExpression":"ADD balance :v","ExpressionAttributeValues":{{{values}}} }},
                {"Update":{"TableName":"Accounts","Key":{"id":{"S":"writer{{{writer}}}"}},"UpdateExpression":"SET #c = :n","ExpressionAttributeNames":{"#c":"count"},"ExpressionAttributeValues":{":n":{"N":"{{{number}}}"} } }},
                {"Put":{"TableName":"Ledger","Item":{"writer":{"S":"{{{writer}}}"},"number":{"N":"{{{number}}}"},"from":{"N":"{{{from}}}"},"to":{"N":"{{{to}}}"},"amount":{"N":"{{{amount}}}"}},"ConditionExpression":"attribute_not_exists(writer)"}}]}
                """);
            return true;
        }
        catch (AwsException error) when (IsConflict(error) || error.Message.Contains("[ConditionalCheckFailed, None, None, None]", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static bool IsConflict(AwsException error) => error.Code == "TransactionCanceledException" && error.Message.Contains("TransactionConflict", StringComparison.Ordinal);

    private static long Number(JsonNode item, string name) => long.Parse(item[name]!["N"]!.ToString(), CultureInfo.InvariantCulture);
}

internal sealed record Transfer(int Writer, long Number, int From, int To, long Amount);
