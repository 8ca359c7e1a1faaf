using System.Text;
using System.Text.Json.Nodes;
using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Values;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Expressions;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html")]
internal sealed class ConditionPropertyTests
{
    [Test]
    public void Conditions_hold_as_the_reference_says()
    {
        var random = new Random(1);
        var held = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var item = NaiveCondition.NextItem(random);
            var values = new Dictionary<string, JsonNode>();
            var naive = NaiveCondition.Next(random, item, values, depth: random.Next(4));
            var scope = new ExpressionScope(null, values.ToDictionary(pair => pair.Key, pair => Value(pair.Value)));
            var condition = ConditionParser.Parse("ConditionExpression", naive.Text, scope);
            Assert.That(condition.Holds(Map(item)), Is.EqualTo(naive.Holds), $"{naive.Text}\n{item}\n{string.Join(' ', values)}");
            if (naive.Holds) held++;
        }
        Assert.That(held, Is.InRange(2_500, 7_500), "the test would say little if nearly all held, or none");
    }

    private static AttributeValue Value(JsonNode value) => Map(new JsonObject { ["v"] = value.DeepClone() }).Get("v"u8);

    private static AttributeMap Map(JsonNode item) => InputReader.Decode(Encoding.UTF8.GetBytes($$"""{"Item":{{item.ToJsonString()}}}"""), static (ref InputReader json) =>
    {
        json.NextMember();
        var map = AttributeInput.Decode(ref json)!.Map;
        json.NextMember();
        return map;
    });
}
