using System.Text;
using Emulator.Protocols;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Input;

[Observed("test/helpers.js of architect/dynalite, taken from AWS; one text also in https://github.com/n8n-io/n8n/pull/3763")]
internal sealed class SerializationTests
{
    [TestCase("""{"TableName":true}""", "TRUE_VALUE cannot be converted to String")]
    [TestCase("""{"TableName":false}""", "FALSE_VALUE cannot be converted to String")]
    [TestCase("""{"TableName":23}""", "NUMBER_VALUE cannot be converted to String")]
    [TestCase("""{"TableName":34.56}""", "DECIMAL_VALUE cannot be converted to String")]
    [TestCase("""{"TableName":[]}""", "Unrecognized collection type class java.lang.String")]
    [TestCase("""{"TableName":{}}""", "Start of structure or map found where not expected")]
    [TestCase("""{"Item":"23"}""", "Unexpected field type")]
    [TestCase("""{"Item":[]}""", "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>")]
    [TestCase("""{"Item":{"a":"23"}}""", "Unexpected value type in payload")]
    [TestCase("""{"Item":{"a":[]}}""", "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue")]
    [TestCase("""{"Item":{"a":{"N":23}}}""", "NUMBER_VALUE cannot be converted to String")]
    [TestCase("""{"Item":{"a":{"BOOL":"23"}}}""", "Unexpected token received from parser")]
    [TestCase("""{"Item":{"a":{"BOOL":[]}}}""", "Unrecognized collection type class java.lang.Boolean")]
    [TestCase("""{"Item":{"a":{"B":true}}}""", "only base-64-encoded strings are convertible to bytes")]
    [TestCase("""{"Item":{"a":{"B":[]}}}""", "Unrecognized collection type class java.nio.ByteBuffer")]
    [TestCase("""{"Item":{"a":{"B":"23456"}}}""", "Base64 encoded length is expected a multiple of 4 bytes but found: 5")]
    [TestCase("""{"Item":{"a":{"B":"=+/="}}}""", "Invalid last non-pad Base64 character dectected")]
    [TestCase("""{"Item":{"a":{"B":"+/+="}}}""", "Invalid last non-pad Base64 character dectected")]
    [TestCase("""{"Item":{"a":{"SS":"23"}}}""", "Unexpected field type")]
    [TestCase("""{"Item":{"a":{"L":{}}}}""", "Start of structure or map found where not expected")]
    [TestCase("""{"Item":{"a":{"L":["23"]}}}""", "Unexpected value type in payload")]
    [TestCase("""{"ExpressionAttributeNames":[]}""", "Unrecognized collection type java.util.Map<java.lang.String, java.lang.String>")]
    [TestCase("""{"Expected":{"a":"23"}}""", "Unexpected value type in payload")]
    [TestCase("""{"Expected":{"a":{"Value":"23"}}}""", "Unexpected field type")]
    public void A_value_of_the_wrong_kind_is_refused(string json, string message) => Refused("PutItem", Encoding.UTF8.GetBytes(json), message);

    [TestCase("Scan", """{"Limit":"23"}""", "STRING_VALUE cannot be converted to Integer")]
    [TestCase("Scan", """{"Limit":true}""", "TRUE_VALUE cannot be converted to Integer")]
    [TestCase("CreateTable", """{"ProvisionedThroughput":{"ReadCapacityUnits":"1"}}""", "STRING_VALUE cannot be converted to Long")]
    public void So_is_a_number_that_is_none(string operation, string json, string message) => Refused(operation, Encoding.UTF8.GetBytes(json), message);

    [TestCase("")]
    [TestCase("hi")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{\"TableName\":\"Notes\"")]
    [TestCase("{} {}")]
    [TestCase("{\"TableName\":\"\\ud800\"}")]
    public void What_is_no_document_is_refused_without_a_text(string content) => Refused("PutItem", Encoding.UTF8.GetBytes(content), "");

    [Test]
    public void So_is_what_is_not_utf8() => Refused("PutItem", [.. "{\"Item\":{\"a\":{\"S\":\""u8, 0xFF, .. "dog\"}}}"u8], "");

    [Test]
    public async Task Members_that_are_not_known_are_ignored()
    {
        await using var service = new DirectService();
        var answer = await service.SendAsync("ListTables", """{"Unknown":{"a":[1,{"b":null}]},"Limit":null}""");
        Assert.That(answer.ToJsonString(), Is.EqualTo("""{"TableNames":[]}"""));
    }

    private static void Refused(string operation, byte[] content, string message)
    {
        var error = Assert.Throws<AwsException>(() => new DirectService().Prepare(operation, content))!;
        Assert.That((error.Code, error.Message), Is.EqualTo(("SerializationException", message)));
    }
}
