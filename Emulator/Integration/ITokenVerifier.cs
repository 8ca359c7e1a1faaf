using System.Text.Json;

namespace Emulator.Integration;

/// <summary>Verifies JSON web tokens of issuers that live in this emulator (Cognito user pools).</summary>
internal interface ITokenVerifier
{
    /// <summary>The claims of a token whose signature, issuer and times are right by the emulator's clock; else why not.</summary>
    /// <param name="issuer">The issuer that is trusted, as <c>https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc</c>, or the same pool under the emulator's own address.</param>
    TokenVerdict Verify(string token, string issuer);
}

/// <summary>Either the claims, or the reason in AWS's words for <c>WWW-Authenticate</c> (<c>the token has expired</c>...).</summary>
internal sealed record TokenVerdict(JsonElement? Claims, string? Problem);
