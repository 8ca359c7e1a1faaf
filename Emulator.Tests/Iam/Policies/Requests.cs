using Emulator.Iam;
using Emulator.Iam.Policies;
using Emulator.Protocols;
using Microsoft.AspNetCore.Http;

namespace Emulator.Tests.Iam.Policies;

/// <summary>Callers and requests that the tests of policies are about.</summary>
internal static class Requests
{
    public const string Account = "123456789012";
    public const string OtherAccount = "999999999999";

    public static Caller Alice { get; } = User("alice");

    public static Caller Session { get; } = Role("examplerole", "examplesession");

    public static Caller Root { get; } = Caller.RootOf(Account);

    public static Caller Lambda { get; } = new(CallerKind.Service, "", "lambda.amazonaws.com", "");

    public static Caller User(string name, string account = Account) =>
        new(CallerKind.User, account, $"arn:aws:iam::{account}:user/{name}", $"AIDA{name.ToUpperInvariant()}") { PrincipalName = name };

    public static Caller Role(string name, string session, string account = Account) =>
        new(CallerKind.AssumedRole, account, $"arn:aws:sts::{account}:assumed-role/{name}/{session}", $"AROA{name.ToUpperInvariant()}:{session}") { PrincipalName = name };

    public static AccessRequest Of(Caller caller, string action, string resource, params (string Key, string Value)[] context) => new()
    {
        Caller = caller,
        Permission = new(action, resource) { Context = [.. context.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))] },
        ResourceAccount = Account,
        Now = new(2026, 5, 17, 12, 30, 0, TimeSpan.Zero),
        Conditions = new(Http(), "eu-west-1"),
        PrincipalArn = caller.Kind is CallerKind.AssumedRole ? $"arn:aws:iam::{caller.Account}:role/{caller.PrincipalName}" : caller.Arn,
        PrincipalTags = new Dictionary<string, string> { ["department"] = "engineering" },
    };

    public static RestRequest Http() => new()
    {
        Method = "GET",
        RawPath = "/",
        Host = "localhost:4566",
        Scheme = "https",
        SourceIp = "203.0.113.7",
        Query = [],
        Headers = new HeaderDictionary { ["User-Agent"] = "aws-cli/2.15", ["Referer"] = "https://www.example.com/page" },
        Body = Stream.Null,
    };
}
