using System.Net;
using System.Xml.Linq;
using NUnit.Framework;

namespace Emulator.Tests.S3.Control;

/// <summary>Requests to S3 Control, at AWS's own host name.</summary>
internal abstract class S3ControlFixture : S3Fixture
{
    protected const string Account = "000000000000";
    protected const string Region = "us-east-1";

    private static readonly XNamespace Namespace = "http://awss3control.amazonaws.com/doc/2018-08-20/";

    /// <summary>Sends a request, and reads the answer's document without its namespace; an empty element where it has none.</summary>
    protected async Task<(HttpStatusCode Status, XElement Document)> ControlAsync(HttpMethod method, string path, string? document = null, string account = Account)
    {
        var (response, body) = await SendAsync(method, $"http://{account}.s3-control.{Region}.amazonaws.com/v20180820{path}", document,
            ("Authorization", S3Signing.RootKey), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), ("x-amz-account-id", account));
        if (body.Length == 0) return (response.StatusCode, new("none"));
        var root = XElement.Parse(body);
        if (response.IsSuccessStatusCode) Assert.That(root.Name.Namespace, Is.EqualTo(Namespace));
        foreach (var element in root.DescendantsAndSelf()) element.Name = element.Name.LocalName;
        root.RemoveAttributes();
        return (response.StatusCode, root);
    }

    /// <summary>Code, text and status of a refusal.</summary>
    protected async Task RefusesAsync(HttpMethod method, string path, string? document, string code, string message, HttpStatusCode status)
    {
        var (actual, root) = await ControlAsync(method, path, document);
        var error = root.Element("Error");
        Assert.That(((string?)error?.Element("Code"), (string?)error?.Element("Message"), actual), Is.EqualTo((code, message, status)));
    }

    protected async Task<string> CreateAccessPointAsync(string name, string members = "", string bucket = TheBucket)
    {
        var (status, document) = await ControlAsync(HttpMethod.Put, $"/accesspoint/{name}",
            $"""<CreateAccessPointRequest xmlns="{Namespace}"><Bucket>{bucket}</Bucket>{members}</CreateAccessPointRequest>""");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), document.ToString());
        Assert.That((string)document.Element("AccessPointArn")!, Is.EqualTo(ArnOf(name)));
        return (string)document.Element("Alias")!;
    }

    protected static string ArnOf(string name) => $"arn:aws:s3:{Region}:{Account}:accesspoint/{name}";

    /// <summary>The document on one line.</summary>
    protected static string Text(XElement document) => document.ToString(SaveOptions.DisableFormatting);
}
