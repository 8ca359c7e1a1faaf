using Emulator.Iam;

namespace Emulator.Protocols;

/// <summary>One call of an operation: who, where, when. An operation gets this, its service and its input, and nothing else.</summary>
internal sealed record Call
{
    public required Caller Caller { get; init; }

    /// <summary>The 12 digits of the account whose resources the call concerns.</summary>
    public required string Account { get; init; }

    /// <summary>The region that the request was signed for or sent to.</summary>
    public required string Region { get; init; }

    /// <summary>The moment of the request on the emulator's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public required string RequestId { get; init; }

    /// <summary><c>http</c> or <c>https</c>, as the client addressed the emulator.</summary>
    public required string Scheme { get; init; }

    /// <summary>The Host header, as <c>localhost:4566</c>.</summary>
    public required string Host { get; init; }

    /// <summary>How the client addressed the emulator, without a trailing slash: the base of URLs in answers. Few need it, so it is made when it is read.</summary>
    public string BaseUrl => $"{Scheme}://{Host}";

    /// <summary>The ARN of what the request came through to its resource (an access point of S3); null where it named the resource itself.</summary>
    public string? Through { get; init; }

    /// <summary>What conditions of policies may ask of the request: for checks within an operation (<see cref="Integration.IAccessCheck"/>).</summary>
    public RequestConditions Conditions { get; init; }

    public CancellationToken Cancelled { get; init; }

    /// <summary>The same call for work that goes on after its request.</summary>
    public Call Detached(CancellationToken cancelled) => this with { Cancelled = cancelled };

    /// <summary>The same call in the name of another caller: one whose signature stands in the body.</summary>
    public Call As(Caller caller) => this with { Caller = caller, Account = caller.Account.Length > 0 ? caller.Account : Account };
}
