using Emulator.Iam;
using Emulator.Iam.Policies;
using NUnit.Framework;

namespace Emulator.Tests.Iam.Policies;

[Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html")]
internal sealed class ConditionTests
{
    // The request has the keys t:text = "Value", t:number = "10", t:binary, t:arn, t:empty = "", and t:set = "a", "b".
    private static readonly (string, string)[] Context =
    [
        ("t:text", "Value"), ("t:number", "10"), ("t:binary", "QmluYXJ5VmFsdWVJbkJhc2U2NA=="), ("t:empty", ""), ("t:set", "a"), ("t:set", "b"), ("t:flag", "True"),
        ("t:arn", "arn:aws:sns:us-east-2:111122223333:topic"),
        ("t:colons", "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"),
    ];

    [TestCase("StringEquals", "t:text", "Value", true)]
    [TestCase("StringEquals", "T:TEXT", "Value", true)]
    [TestCase("StringEquals", "t:text", "value", false)]
    [TestCase("StringEquals", "t:text", "V*", false)]
    [TestCase("StringEquals", "t:text", "Other|Value", true)]
    [TestCase("StringNotEquals", "t:text", "Other|Value", false)]
    [TestCase("StringNotEquals", "t:text", "Other|Another", true)]
    [TestCase("StringEqualsIgnoreCase", "t:text", "vALUE", true)]
    [TestCase("StringNotEqualsIgnoreCase", "t:text", "vALUE", false)]
    [TestCase("StringLike", "t:text", "V?l*", true)]
    [TestCase("StringLike", "t:text", "v*", false)]
    [TestCase("StringNotLike", "t:text", "V*", false)]
    [TestCase("StringNotLike", "t:text", "x*", true)]
    [TestCase("StringLike", "t:empty", "", true)]
    [TestCase("StringEquals", "aws:username", "${aws:username}", true)]
    [TestCase("StringEquals", "aws:username", "${aws:principaltag/absent}", false)]
    [TestCase("StringNotEquals", "aws:username", "${aws:principaltag/absent}", false)]
    [TestCase("NumericEquals", "t:number", "10.0", true)]
    [TestCase("NumericEquals", "t:number", "ten", false)]
    [TestCase("NumericEquals", "t:text", "10", false)]
    [TestCase("NumericNotEquals", "t:number", "10", false)]
    [TestCase("NumericNotEquals", "t:number", "11", true)]
    [TestCase("NumericLessThan", "t:number", "10", false)]
    [TestCase("NumericLessThan", "t:number", "10.5", true)]
    [TestCase("NumericLessThanEquals", "t:number", "10", true)]
    [TestCase("NumericGreaterThan", "t:number", "9", true)]
    [TestCase("NumericGreaterThan", "t:number", "-9", true)]
    [TestCase("NumericGreaterThan", "t:number", "10", false)]
    [TestCase("NumericGreaterThanEquals", "t:number", "1e1", true)]
    [TestCase("DateEquals", "aws:CurrentTime", "2026-05-17T12:30:00Z", true)]
    [TestCase("DateEquals", "aws:CurrentTime", "2026-05-17T14:30:00+02:00", true)]
    [TestCase("DateEquals", "aws:EpochTime", "2026-05-17T12:30Z", true)]
    [TestCase("DateNotEquals", "aws:CurrentTime", "2026-05-17", true)]
    [TestCase("DateLessThan", "aws:CurrentTime", "2026-06", true)]
    [TestCase("DateLessThan", "aws:CurrentTime", "2026", false)]
    [TestCase("DateLessThanEquals", "aws:CurrentTime", "2026-05-17T12:30:00.000Z", true)]
    [TestCase("DateGreaterThan", "aws:CurrentTime", "1500000000", true)]
    [TestCase("DateGreaterThan", "aws:CurrentTime", "sometime", false)]
    [TestCase("DateGreaterThanEquals", "aws:CurrentTime", "2026-05-18", false)]
    [TestCase("NumericGreaterThan", "aws:EpochTime", "1500000000", true)]
    [TestCase("Bool", "t:flag", "true", true)]
    [TestCase("Bool", "t:flag", "false", false)]
    [TestCase("Bool", "aws:SecureTransport", "true", true)]
    [TestCase("Bool", "t:absent", "false", false)]
    [TestCase("BinaryEquals", "t:binary", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", true)]
    [TestCase("BinaryEquals", "t:text", "VmFsdWU=", true)]
    [TestCase("BinaryEquals", "t:binary", "AAAA", false)]
    [TestCase("BinaryEquals", "t:binary", "not base 64", false)]
    [TestCase("IpAddress", "aws:SourceIp", "203.0.113.0/24", true)]
    [TestCase("IpAddress", "aws:SourceIp", "203.0.113.7", true)]
    [TestCase("IpAddress", "aws:SourceIp", "203.0.113.9/24", true)]
    [TestCase("IpAddress", "aws:SourceIp", "203.0.113.8", false)]
    [TestCase("IpAddress", "aws:SourceIp", "2001:DB8:1234:5678::/64|203.0.113.7/32", true)]
    [TestCase("IpAddress", "aws:SourceIp", "0.0.0.0/0", true)]
    [TestCase("IpAddress", "aws:SourceIp", "203.0.113.0/99", false)]
    [TestCase("IpAddress", "aws:SourceIp", "here", false)]
    [TestCase("NotIpAddress", "aws:SourceIp", "203.0.113.0/24", false)]
    [TestCase("NotIpAddress", "aws:SourceIp", "10.0.0.0/8", true)]
    [TestCase("ArnEquals", "t:arn", "arn:aws:sns:*:111122223333:t?pic", true)]
    [TestCase("ArnLike", "t:arn", "arn:aws:sns:us-east-2:111122223333:*", true)]
    [TestCase("ArnLike", "t:arn", "*", true)]
    [TestCase("ArnLike", "t:arn", "arn:aws:sns:us-east-2:topic", false)]
    [TestCase("ArnLike", "t:colons", "arn:aws:someservice:*:111122223333:finance/*", false)]
    [TestCase("StringLike", "t:colons", "arn:aws:someservice:*:111122223333:finance/*", true)]
    [TestCase("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}", true)]
    [TestCase("ArnNotEquals", "t:arn", "arn:aws:sns:*:*:topic", false)]
    [TestCase("ArnNotLike", "t:arn", "arn:aws:sqs:*:*:*", true)]
    [TestCase("ArnLike", "t:text", "arn:aws:sqs:*:*:*", false)]
    [TestCase("Null", "t:absent", "true", true)]
    [TestCase("Null", "t:absent", "false", false)]
    [TestCase("Null", "t:text", "false", true)]
    [TestCase("Null", "t:text", "true", false)]
    public void Operator_compares_request_and_policy(string comparison, string key, string values, bool holds) =>
        Assert.That(Holds(comparison, key, values), Is.EqualTo(holds));

    [Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists")]
    [TestCase("StringEquals", false)]
    [TestCase("StringLike", false)]
    [TestCase("NumericLessThan", false)]
    [TestCase("DateLessThan", false)]
    [TestCase("Bool", false)]
    [TestCase("IpAddress", false)]
    [TestCase("ArnLike", false)]
    [TestCase("StringNotEquals", true)]
    [TestCase("StringNotLike", true)]
    [TestCase("NumericNotEquals", true)]
    [TestCase("DateNotEquals", true)]
    [TestCase("NotIpAddress", true)]
    [TestCase("ArnNotLike", true)]
    [TestCase("StringEqualsIfExists", true)]
    [TestCase("NumericLessThanIfExists", true)]
    [TestCase("BoolIfExists", true)]
    [TestCase("ForAllValues:StringEquals", true)]
    [TestCase("ForAnyValue:StringEquals", false)]
    [TestCase("ForAnyValue:StringNotEquals", false)]
    [TestCase("ForAnyValue:StringEqualsIfExists", true)]
    public void An_absent_key_satisfies_only_negated_operators_IfExists_and_ForAllValues(string comparison, bool holds) =>
        Assert.That(Holds(comparison, "t:absent", "1"), Is.EqualTo(holds));

    [Test]
    public void IfExists_compares_where_the_key_is_there()
    {
        Assert.That(Holds("StringEqualsIfExists", "t:text", "Value"));
        Assert.That(Holds("StringEqualsIfExists", "t:text", "Other"), Is.False);
    }

    [Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html")]
    [TestCase("ForAllValues:StringEquals", "t:set", "a|b|c", true)]
    [TestCase("ForAllValues:StringEquals", "t:set", "a", false)]
    [TestCase("ForAnyValue:StringEquals", "t:set", "b|c", true)]
    [TestCase("ForAnyValue:StringEquals", "t:set", "c", false)]
    [TestCase("ForAllValues:StringNotEquals", "t:set", "c", true)]
    [TestCase("ForAllValues:StringNotEquals", "t:set", "a", false)]
    [TestCase("ForAnyValue:StringNotEquals", "t:set", "a", true)]
    [TestCase("ForAnyValue:StringNotEquals", "t:set", "a|b", false)]
    [TestCase("ForAllValues:StringEquals", "t:empty", "x", true)]
    [TestCase("ForAnyValue:StringEquals", "t:empty", "", false)]
    [TestCase("forallvalues:stringlike", "t:set", "?", true)]
    public void Set_operators_look_at_every_value_of_the_request(string comparison, string key, string values, bool holds) =>
        Assert.That(Holds(comparison, key, values), Is.EqualTo(holds));

    [Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html")]
    [TestCase("aws:PrincipalArn", "arn:aws:iam::123456789012:user/alice")]
    [TestCase("aws:PrincipalAccount", "123456789012")]
    [TestCase("aws:PrincipalType", "User")]
    [TestCase("aws:PrincipalTag/department", "engineering")]
    [TestCase("aws:userid", "AIDAALICE")]
    [TestCase("aws:username", "alice")]
    [TestCase("aws:ResourceAccount", "123456789012")]
    [TestCase("aws:SourceIp", "203.0.113.7")]
    [TestCase("aws:SecureTransport", "true")]
    [TestCase("aws:UserAgent", "aws-cli/2.15")]
    [TestCase("aws:Referer", "https://www.example.com/page")]
    [TestCase("aws:RequestedRegion", "eu-west-1")]
    [TestCase("aws:ViaAWSService", "false")]
    [TestCase("aws:PrincipalIsAWSService", "false")]
    [TestCase("aws:CurrentTime", "2026-05-17T12:30:00Z")]
    [TestCase("aws:EpochTime", "1779021000")]
    public void Global_keys_have_their_values(string key, string value) => Assert.That(Holds("StringEquals", key, value));

    [Test]
    public void A_session_is_known_by_the_ARN_of_its_role()
    {
        var caller = Requests.Session with { SessionContext = new Dictionary<string, string> { ["aws:PrincipalTag/department"] = "sales", ["cognito-identity.amazonaws.com:sub"] = "eu-west-1:1" } };
        Assert.That(Holds("StringEquals", "aws:PrincipalArn", "arn:aws:iam::123456789012:role/examplerole", caller));
        Assert.That(Holds("StringEquals", "aws:userid", "AROAEXAMPLEROLE:examplesession", caller));
        Assert.That(Holds("StringEquals", "aws:PrincipalType", "AssumedRole", caller));
        Assert.That(Holds("Null", "aws:username", "true", caller));
        Assert.That(Holds("StringEquals", "cognito-identity.amazonaws.com:sub", "eu-west-1:1", caller));
        Assert.That(Holds("StringEquals", "aws:PrincipalTag/department", "sales", caller), "the session's tag goes before the role's");
    }

    [Test]
    public void An_anonymous_caller_has_neither_id_nor_ARN()
    {
        Assert.That(Holds("Null", "aws:userid|aws:PrincipalArn|aws:PrincipalAccount|aws:username", "true", Caller.Anonymous));
        Assert.That(Holds("StringEquals", "aws:PrincipalType", "Anonymous", Caller.Anonymous));
    }

    [Test]
    public void Variables_are_text_in_policies_of_the_older_version() =>
        Assert.That(Condition.Reader("StringEquals", variables: false)!("t:text", ["${aws:username}"]).Holds(Requests.Of(Requests.Alice, "t:Do", "*", ("t:text", "${aws:username}"))));

    private static bool Holds(string comparison, string keys, string values, Caller? caller = null)
    {
        var request = Requests.Of(caller ?? Requests.Alice, "t:Do", "*", Context);
        var read = Condition.Reader(comparison, variables: true) ?? throw new AssertionException($"{comparison} is not known");
        return keys.Split('|').All(key => read(key, values.Split('|')).Holds(request));
    }
}
