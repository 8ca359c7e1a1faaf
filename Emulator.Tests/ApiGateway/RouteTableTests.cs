using Emulator.ApiGateway.HttpApis;
using NUnit.Framework;

namespace Emulator.Tests.ApiGateway;

[Source("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html")]
internal sealed class RouteTableTests
{
    private static readonly RouteTable Table = new(
    [
        .. new[] { "$default", "ANY /{proxy+}", "GET /pets/{proxy+}", "GET /pets/dog/{id}", "GET /pets/dog/1", "ANY /pets/cat", "POST /pets/cat", "GET /" }
            .Select((key, index) => new HttpApiRoute($"r{index}", key, "i")),
    ]);

    [TestCase("GET", "/pets/dog/1", "GET /pets/dog/1")]
    [TestCase("GET", "/pets/dog/2", "GET /pets/dog/{id}", "id", "2")]
    [TestCase("GET", "/pets/dog/2/x", "GET /pets/{proxy+}", "proxy", "dog/2/x")]
    [TestCase("GET", "/pets/cat", "ANY /pets/cat")]
    [TestCase("POST", "/pets/cat", "POST /pets/cat")]
    [TestCase("POST", "/pets/dog/1", "ANY /{proxy+}", "proxy", "pets/dog/1")]
    [TestCase("GET", "/", "GET /")]
    [TestCase("DELETE", "/", "$default")]
    [TestCase("GET", "/other", "ANY /{proxy+}", "proxy", "other")]
    public void The_most_specific_route_is_taken(string method, string path, string routeKey, string? parameter = null, string? value = null)
    {
        var match = Table.Match(method, path)!;
        Assert.That(match.Route.RouteKey, Is.EqualTo(routeKey));
        if (parameter is not null) Assert.That(match.PathParameters![parameter], Is.EqualTo(value));
    }

    [Test]
    public void Without_a_default_route_there_may_be_none() =>
        Assert.That(new RouteTable([new HttpApiRoute("r", "GET /notes", "i")]).Match("POST", "/notes"), Is.Null);
}
