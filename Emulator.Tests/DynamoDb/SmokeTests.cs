using NUnit.Framework;

namespace Emulator.Tests.DynamoDb;

internal sealed class SmokeTests : DynamoDbFixture
{
    [Test]
    public async Task Puts_and_gets()
    {
        await PutAsync(Hash, ("p", S("a")), ("n", N("1.50")));
        var item = await GetAsync(Hash, ("p", S("a")));
        Assert.That(item!["n"].N, Is.EqualTo("1.5"));
    }
}
