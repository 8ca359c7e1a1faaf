using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Integration;

namespace Emulator.SigV4;

/// <summary>Signatures of the policies in upload forms, of Version 4 and of Version 2.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html, https://docs.aws.amazon.com/AmazonS3/latest/userguide/HTTPPOSTForms.html</remarks>
internal sealed class FormVerifier(ICredentialLookup keys, TimeProvider clock, CredentialsMode mode, string defaultAccount) : IFormSignatures
{
    public Caller Verify(FormSignature form)
    {
        var credential = form.IsVersion4 ? Parse(form.Credential) : null;
        var accessKeyId = credential?.AccessKeyId ?? form.Credential;
        var key = keys.Find(accessKeyId);
        if (key is null && mode == CredentialsMode.Any) return Credential.RootCaller(accessKeyId, defaultAccount);
        if (key is null) throw SigV4Errors.UnknownKey(AuthDialect.S3, accessKeyId);
        key.CheckToken(form.SecurityToken, accessKeyId, clock.GetUtcNow(), AuthDialect.S3);

        var stringToSign = Encoding.UTF8.GetBytes(form.Policy);
        var matches = credential is not null ? IsVersion4(credential, key, stringToSign, form.Signature) : SignatureVersion2.IsSignature(form.Signature, key, stringToSign);
        return matches ? key.Caller : throw SigV4Errors.SignatureDoesNotMatch(AuthDialect.S3, accessKeyId, form.Signature, stringToSign, default);
    }

    private static Credential Parse(string text)
    {
        var credential = Credential.Parse(text) ?? throw SigV4Errors.MalformedCredential(AuthDialect.S3, inQuery: true, text);
        if (credential.Service != "s3" || credential.Terminator != "aws4_request" || !DateTime.TryParseExact(credential.Date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            throw SigV4Errors.WrongScope(inQuery: true, credential, "s3");
        }
        return credential;
    }

    private static bool IsVersion4(Credential credential, KnownKey key, byte[] stringToSign, string signature)
    {
        Span<byte> expected = stackalloc byte[2 * SigningKey.SizeBytes];
        SigningKey.Sign(credential.SigningKeyFor(key.SecretAccessKey), stringToSign, expected);
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
    }
}
