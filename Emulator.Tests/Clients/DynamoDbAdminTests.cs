using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>dynamodb-admin from npm, a web page for tables: dynamodb-admin.mjs.</summary>
[Source("https://www.npmjs.com/package/dynamodb-admin")]
internal sealed class DynamoDbAdminTests : JavaScriptFixture
{
    [Test]
    public async Task Its_pages_show_query_and_change_tables()
    {
        var seen = await RunAsync("dynamodb-admin.mjs", Administrator);
        Assert.That(seen, Is.EqualTo(JsonNode.Parse("""
            {
              "created": 204,
              "refused": { "status": 500, "message": "Table already exists: Films" },
              "tables": { "status": 200, "names": true },
              "shown": { "status": 200, "index": true },
              "page": 25,
              "next": [1945, 1946, 1947, 1948, 1949],
              "found": [1941, 1943, 1945, 1947, 1949],
              "edited": { "studio": "ufa", "year": 1921, "genre": "thriller" },
              "item": { "status": 200, "edited": true },
              "ttl": 200,
              "removed": 204,
              "meta": { "status": 200, "arn": true },
              "purged": 200,
              "left": 0,
              "dropped": 204
            }
            """)).Using<JsonNode>(JsonNode.DeepEquals));
    }
}
