using System.Text.Json.Nodes;
using Emulator.Configuration;

namespace Emulator.Hosting;

/// <summary>Writes what emulator.yaml declares as the JSON that front ends read.</summary>
internal static class OutputsWriter
{
    public static JsonObject Write(EmulatorConfig config, string baseUrl)
    {
        var authority = new Uri(baseUrl).Authority;
        var port = authority.Contains(':') ? authority[authority.IndexOf(':')..] : "";
        return new JsonObject
        {
            ["region"] = config.Region,
            ["account"] = config.Account,
            ["endpoint"] = baseUrl,
            ["userPools"] = Map(config.UserPools, (name, pool) => new JsonObject
            {
                ["id"] = DeclaredIds.UserPool(config, name),
                ["issuer"] = DeclaredIds.UserPoolIssuer(config.Region, DeclaredIds.UserPool(config, name)),
                ["clients"] = Map(pool.Clients, (client, _) => DeclaredIds.UserPoolClient(config, name, client)),
            }),
            ["identityPools"] = Map(config.IdentityPools, (name, _) => new JsonObject { ["id"] = DeclaredIds.IdentityPool(config, name) }),
            ["httpApis"] = Map(config.HttpApis, (name, _) => new JsonObject
            {
                ["id"] = DeclaredIds.HttpApi(config, name),
                ["url"] = $"http://{DeclaredIds.HttpApi(config, name)}.execute-api.localhost{port}",
            }),
            ["functions"] = Map(config.Functions, (name, _) => new JsonObject { ["arn"] = DeclaredIds.FunctionArn(config, name) }),
            ["tables"] = Map(config.Tables, (name, _) => new JsonObject { ["arn"] = $"arn:aws:dynamodb:{config.Region}:{config.Account}:table/{name}" }),
            ["buckets"] = Map(config.Buckets, (name, bucket) =>
            {
                var json = new JsonObject { ["arn"] = $"arn:aws:s3:::{name}" };
                if (bucket.Website is not null) json["website"] = $"http://{name}.s3-website.localhost{port}";
                return json;
            }),
        };
    }

    private static JsonObject Map<T>(IReadOnlyDictionary<string, T> declared, Func<string, T, JsonNode> write)
    {
        var json = new JsonObject();
        foreach (var (name, value) in declared) json[name] = write(name, value);
        return json;
    }
}
