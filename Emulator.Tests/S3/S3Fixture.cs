using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>An emulator of its own for each test, with a client and a bucket.</summary>
internal abstract class S3Fixture
{
    protected const string TheBucket = "the-bucket";

    protected AwsEmulator Aws { get; private set; } = null!;

    protected AmazonS3Client S3 { get; private set; } = null!;

    /// <summary>Plain HTTP without a signature; any host reaches the emulator.</summary>
    protected HttpClient Http { get; private set; } = null!;

    /// <summary>Options beyond the defaults.</summary>
    protected virtual void Configure(AwsEmulatorOptions options) { }

    protected virtual AmazonS3Client CreateClient() => Aws.CreateClient<AmazonS3Client>();

    /// <summary>What must be there before the emulator starts.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    [SetUp]
    public async Task StartAsync()
    {
        await PrepareAsync();
        Aws = await AwsEmulator.StartAsync(options =>
        {
            options.Log = TestContext.Out.WriteLine;
            Configure(options);
        });
        S3 = CreateClient();
        Http = Aws.CreateHttpClient();
        await S3.PutBucketAsync(TheBucket);
    }

    [TearDown]
    public async Task StopAsync()
    {
        S3.Dispose();
        Http.Dispose();
        await Aws.DisposeAsync();
    }

    /// <summary>Puts a policy that may be public.</summary>
    protected async Task PutPolicyAsync(string policy)
    {
        await S3.DeletePublicAccessBlockAsync(new DeletePublicAccessBlockRequest { BucketName = TheBucket });
        await S3.PutBucketPolicyAsync(TheBucket, policy);
    }

    protected Task<PutObjectResponse> PutAsync(string key, string body = "", Action<PutObjectRequest>? with = null) => PutAsync(key, Encoding.UTF8.GetBytes(body), with);

    protected Task<PutObjectResponse> PutAsync(string key, byte[] body, Action<PutObjectRequest>? with = null)
    {
        var request = new PutObjectRequest { BucketName = TheBucket, Key = key, InputStream = new MemoryStream(body) };
        with?.Invoke(request);
        return S3.PutObjectAsync(request);
    }

    protected async Task<byte[]> GetAsync(string key, Action<GetObjectRequest>? with = null)
    {
        var request = new GetObjectRequest { BucketName = TheBucket, Key = key };
        with?.Invoke(request);
        using var response = await S3.GetObjectAsync(request);
        using var copy = new MemoryStream();
        await response.ResponseStream.CopyToAsync(copy);
        return copy.ToArray();
    }

    protected async Task<string> GetTextAsync(string key, Action<GetObjectRequest>? with = null) => Encoding.UTF8.GetString(await GetAsync(key, with));

    /// <summary>The error that a call of the SDK ends in.</summary>
    protected static async Task<AmazonS3Exception> ErrorOf(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (AmazonS3Exception error)
        {
            return error;
        }
        throw new AssertionException("No error came.");
    }

    protected static async Task FailsAsync(Func<Task> call, string code, string message, HttpStatusCode status)
    {
        var error = await ErrorOf(call);
        Assert.That((error.ErrorCode, error.Message, error.StatusCode), Is.EqualTo((code, message, status)));
    }

    /// <summary>Sends what no SDK would send.</summary>
    protected async Task<(HttpResponseMessage Response, string Body)> SendAsync(HttpMethod method, string uri, string? body = null, params (string Name, string Value)[] headers)
    {
        var target = new Uri(uri.StartsWith("http", StringComparison.Ordinal) ? uri : "http://localhost:4566" + uri, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, target);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        }
        var response = await Http.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>As above, with the checksum of the document that some operations demand.</summary>
    protected Task<(HttpResponseMessage Response, string Body)> SendDocumentAsync(HttpMethod method, string uri, string document, params (string Name, string Value)[] headers) =>
        SendAsync(method, uri, document, [("Content-MD5", Convert.ToBase64String(MD5.HashData(Encoding.UTF8.GetBytes(document)))), .. headers]);

    protected static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new System.Random(seed).NextBytes(bytes);
        return bytes;
    }
}
