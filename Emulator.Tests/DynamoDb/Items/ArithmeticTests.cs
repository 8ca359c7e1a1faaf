using System.Numerics;
using Emulator.Protocols;
using Emulator.Tests.DynamoDb.Values;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Items;

/// <summary>The arithmetic of updates against exact decimals.</summary>
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number")]
[Observed("test_number.py of scylladb/scylladb test/alternator tells what becomes of sums that do not fit")]
internal sealed class ArithmeticTests
{
    [TestCase("SET n = n + :v", false)]
    [TestCase("SET n = n - :v", true)]
    [TestCase("ADD n :v", false)]
    [TestCase("SET n = if_not_exists(absent, n) - :v", true)]
    public async Task Sums_are_exact_or_refused_and_then_nothing_has_changed(string update, bool subtract)
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Numbers", "p");
        var random = new Random(5);
        var fitting = 0;
        for (var i = 0; i < 400; i++)
        {
            var (left, right) = (Next(random), Next(random));
            await service.SendAsync("PutItem", $$$"""{"TableName":"Numbers","Item":{"p":{"S":"a"},"n":{"N":"{{{left}}}"} }}""");
            var sum = ExactDecimal.Add(left, subtract ? right.Negated : right);
            var error = await UpdateAsync(service, update, right);
            if (sum.Fits) fitting++;
            Assert.That(error?.Code, Is.EqualTo(sum.Fits ? null : "ValidationException"), $"{left} {update} {right}");
            var item = (await service.SendAsync("GetItem", """{"TableName":"Numbers","Key":{"p":{"S":"a"}}}"""))["Item"]!;
            Assert.That(item["n"]!["N"]!.ToString(), Is.EqualTo((sum.Fits ? sum : left).ToString()), $"{left} {update} {right}");
        }
        Assert.That(fitting, Is.InRange(50, 350), "both happen");
    }

    private static async Task<AwsException?> UpdateAsync(DirectService service, string update, ExactDecimal value)
    {
        try
        {
            await service.SendAsync("UpdateItem", $$$"""{"TableName":"Numbers","Key":{"p":{"S":"a"}},"UpdateExpression":"{{{update}}}","ExpressionAttributeValues":{":v":{"N":"{{{value}}}"} }}""");
            return null;
        }
        catch (AwsException error)
        {
            return error;
        }
    }

    /// <summary>Numbers whose sums fit about half of the time, some of them at the ends of the range.</summary>
    private static ExactDecimal Next(Random random)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 38)).Select(_ => (char)('0' + random.Next(10))));
        var number = ExactDecimal.Of(BigInteger.Parse(text) * (random.Next(2) == 0 ? 1 : -1), random.Next(4) switch
        {
            0 => 126 - text.Length,
            1 => -130,
            _ => random.Next(-12, 12),
        });
        return number.Fits ? number : Next(random);
    }
}
