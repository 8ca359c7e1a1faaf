using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.Integration;

/// <summary>Answers, within an operation, what the edge could not ask before it: each key of a DeleteObjects, whether a caller may know that a key is absent, whether a website's object is public.</summary>
internal interface IAccessCheck
{
    /// <summary>Whether the caller may; with <c>iam: audit</c> and <c>iam: off</c> always.</summary>
    bool Allows(Call call, Permission permission);

    /// <summary>The caller that a service is in a role; null where the role's trust policy does not let it, with <c>iam: enforce</c>.</summary>
    /// <param name="service">As <c>s3.amazonaws.com</c>.</param>
    Caller? Assume(string roleArn, string service, string sessionName);
}
