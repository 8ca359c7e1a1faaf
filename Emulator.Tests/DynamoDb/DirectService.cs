using System.Text;
using System.Text.Json.Nodes;
using Emulator.Configuration;
using Emulator.DynamoDb;
using Emulator.DynamoDb.Streams;
using Emulator.Iam;
using Emulator.Identifiers;
using Emulator.Integration;
using Emulator.Protocols;
using Emulator.Storage;
using Microsoft.AspNetCore.Http;

namespace Emulator.Tests.DynamoDb;

/// <summary>The slice without an edge: JSON in, JSON out, errors as they are thrown.</summary>
internal sealed class DirectService(IStore store, EmulatorConfig? config = null) : IAsyncDisposable
{
    public DirectService() : this(new MemoryStore()) { }

    public DynamoDbService Service { get; } = new(new ServiceContext(store, new MemoryBodies(), new EmulatorClock(), new IdSource(1), config ?? EmulatorConfig.Default));

    public IStore Store { get; } = store;

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    public PreparedCall Prepare(string operation, ReadOnlyMemory<byte> content) =>
        DynamoDbOperations.Table.Find(operation)!.Prepare(Service, NewCall(), Request(content));

    public async Task<JsonNode> SendAsync(string operation, ReadOnlyMemory<byte> content)
    {
        var reply = await Prepare(operation, content).ExecuteAsync();
        return JsonNode.Parse(reply.Content.Span)!;
    }

    public Task<JsonNode> SendAsync(string operation, string json) => SendAsync(operation, Encoding.UTF8.GetBytes(json));

    public Task<JsonNode> SendAsync(string operation, JsonNode json) => SendAsync(operation, json.ToJsonString());

    /// <summary>An operation of DynamoDB Streams.</summary>
    public async Task<JsonNode> StreamsAsync(string operation, JsonNode json)
    {
        var reply = await StreamsOperations.Table.Find(operation)!.Prepare(Service, NewCall(), Request(Encoding.UTF8.GetBytes(json.ToJsonString()))).ExecuteAsync();
        return JsonNode.Parse(reply.Content.Span)!;
    }

    /// <summary>A table on demand with string keys, or of the types that stand behind the colons (<c>c:N</c>).</summary>
    public Task<JsonNode> CreateTableAsync(string name, params string[] keys)
    {
        var attributes = keys.Select(key => key.Split(':')).Select(parts => (Name: parts[0], Type: parts.Length > 1 ? parts[1] : "S")).ToArray();
        return SendAsync("CreateTable", new JsonObject
        {
            ["TableName"] = name,
            ["BillingMode"] = "PAY_PER_REQUEST",
            ["AttributeDefinitions"] = new JsonArray([.. attributes.Select(key => new JsonObject { ["AttributeName"] = key.Name, ["AttributeType"] = key.Type })]),
            ["KeySchema"] = new JsonArray([.. attributes.Select((key, index) => new JsonObject { ["AttributeName"] = key.Name, ["KeyType"] = index == 0 ? "HASH" : "RANGE" })]),
        });
    }

    private Call NewCall() => new()
    {
        Caller = Caller.RootOf("000000000000"),
        Account = "000000000000",
        Region = "us-east-1",
        Now = Service.Clock.GetUtcNow(),
        RequestId = "request",
        Scheme = "http",
        Host = "localhost:4566",
    };

    private static RestRequest Request(ReadOnlyMemory<byte> content) => new()
    {
        Method = "POST",
        RawPath = "/",
        Host = "localhost",
        Query = [],
        Headers = new HeaderDictionary(),
        Body = Stream.Null,
        Content = content,
    };
}
