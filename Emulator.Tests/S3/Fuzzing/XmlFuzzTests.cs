using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Fuzzing;

/// <summary>Every document that S3 reads, in every way that it may be broken: the answer is an error of S3's, at once.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList")]
internal sealed class XmlFuzzTests : S3Fixture
{
    private const string Locked = "locked-bucket";
    private const string Versioned = "versioned-bucket";
    private const string Ns = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
    private const string Control = "http://000000000000.s3-control.us-east-1.amazonaws.com/v20180820";
    private const string ControlNs = "xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\"";
    private const string Xsi = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

    /// <summary>Method, target and a document that is good there; {upload} stands for an upload's id, {etag} for that of its part.</summary>
    private static readonly string[] Good =
    [
        $"PUT /{TheBucket}?versioning <VersioningConfiguration {Ns}><Status>Enabled</Status></VersioningConfiguration>",
        $"PUT /{TheBucket}?tagging <Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
        $"PUT /{TheBucket}?cors <CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>http://*.example.com</AllowedOrigin><AllowedHeader>*</AllowedHeader><MaxAgeSeconds>5</MaxAgeSeconds><ExposeHeader>x-a</ExposeHeader></CORSRule></CORSConfiguration>",
        $"PUT /{TheBucket}?website <WebsiteConfiguration {Ns}><IndexDocument><Suffix>i.html</Suffix></IndexDocument><ErrorDocument><Key>e.html</Key></ErrorDocument><RoutingRules><RoutingRule><Condition><KeyPrefixEquals>a/</KeyPrefixEquals><HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals></Condition><Redirect><HostName>h</HostName><HttpRedirectCode>302</HttpRedirectCode><ReplaceKeyWith>k</ReplaceKeyWith><Protocol>https</Protocol></Redirect></RoutingRule></RoutingRules></WebsiteConfiguration>",
        $"PUT /{TheBucket}?lifecycle <LifecycleConfiguration {Ns}><Rule><ID>r</ID><Filter><And><Prefix>a</Prefix><Tag><Key>k</Key><Value>v</Value></Tag><ObjectSizeGreaterThan>5</ObjectSizeGreaterThan></And></Filter><Status>Enabled</Status><Expiration><Days>400</Days></Expiration><Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition><NoncurrentVersionExpiration><NoncurrentDays>3</NoncurrentDays><NewerNoncurrentVersions>2</NewerNoncurrentVersions></NoncurrentVersionExpiration></Rule></LifecycleConfiguration>",
        $"PUT /{TheBucket}?encryption <ServerSideEncryptionConfiguration {Ns}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/a</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>",
        $"PUT /{TheBucket}?logging <BucketLoggingStatus {Ns}><LoggingEnabled><TargetBucket>{TheBucket}</TargetBucket><TargetPrefix>p</TargetPrefix></LoggingEnabled></BucketLoggingStatus>",
        $"PUT /{TheBucket}?ownershipControls <OwnershipControls {Ns}><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>",
        $"PUT /{TheBucket}?publicAccessBlock <PublicAccessBlockConfiguration {Ns}><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy></PublicAccessBlockConfiguration>",
        $"PUT /{TheBucket}?requestPayment <RequestPaymentConfiguration {Ns}><Payer>Requester</Payer></RequestPaymentConfiguration>",
        $"PUT /{TheBucket}?accelerate <AccelerateConfiguration {Ns}><Status>Enabled</Status></AccelerateConfiguration>",
        $"PUT /{TheBucket}?notification <NotificationConfiguration {Ns}><CloudFunctionConfiguration><Id>i</Id><CloudFunction>arn:aws:lambda:us-east-1:000000000000:function:f</CloudFunction><Event>s3:ObjectCreated:*</Event><Filter><S3Key><FilterRule><Name>prefix</Name><Value>a/</Value></FilterRule></S3Key></Filter></CloudFunctionConfiguration></NotificationConfiguration>",
        $"PUT /{TheBucket}?analytics&id=a <AnalyticsConfiguration {Ns}><Id>a</Id><Filter><Prefix>p</Prefix></Filter><StorageClassAnalysis/></AnalyticsConfiguration>",
        $"PUT /{TheBucket}?metrics&id=m <MetricsConfiguration {Ns}><Id>m</Id><Filter><And><Prefix>p</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></And></Filter></MetricsConfiguration>",
        $"PUT /{TheBucket}?inventory&id=i <InventoryConfiguration {Ns}><Id>i</Id><IsEnabled>true</IsEnabled><IncludedObjectVersions>All</IncludedObjectVersions><Destination><S3BucketDestination><Bucket>arn:aws:s3:::{TheBucket}</Bucket><Format>CSV</Format></S3BucketDestination></Destination><Schedule><Frequency>Daily</Frequency></Schedule></InventoryConfiguration>",
        $"PUT /{TheBucket}?intelligent-tiering&id=t <IntelligentTieringConfiguration {Ns}><Id>t</Id><Status>Enabled</Status><Tiering><AccessTier>ARCHIVE_ACCESS</AccessTier><Days>90</Days></Tiering></IntelligentTieringConfiguration>",
        $"PUT /{Locked}?object-lock <ObjectLockConfiguration {Ns}><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>",
        $"PUT /{TheBucket}?acl <AccessControlPolicy {Ns}><Owner><ID>{{owner}}</ID></Owner><AccessControlList><Grant><Grantee {Xsi} xsi:type=\"CanonicalUser\"><ID>{{owner}}</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>",
        $"PUT /{TheBucket}/key?acl <AccessControlPolicy {Ns}><Owner><ID>{{owner}}</ID></Owner><AccessControlList><Grant><Grantee {Xsi} xsi:type=\"CanonicalUser\"><ID>{{owner}}</ID></Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>",
        $"PUT /{TheBucket}/key?tagging <Tagging {Ns}><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
        $"PUT /{Locked}/key?retention <Retention {Ns}><Mode>GOVERNANCE</Mode><RetainUntilDate>2199-01-01T00:00:00Z</RetainUntilDate></Retention>",
        $"PUT /{Locked}/key?legal-hold <LegalHold {Ns}><Status>OFF</Status></LegalHold>",
        $"POST /{TheBucket}?delete <Delete {Ns}><Object><Key>no-such-key</Key><VersionId>null</VersionId></Object><Object><Key>other</Key><ETag>\"x\"</ETag></Object><Quiet>true</Quiet></Delete>",
        $"POST /{TheBucket}/parts?uploadId={{upload}} <CompleteMultipartUpload {Ns}><Part><PartNumber>1</PartNumber><ETag>{{etag}}</ETag><ChecksumCRC32>{{crc}}</ChecksumCRC32></Part></CompleteMultipartUpload>",
        $"POST /{TheBucket}/cold?restore <RestoreRequest {Ns}><Days>2</Days><GlacierJobParameters><Tier>Standard</Tier></GlacierJobParameters></RestoreRequest>",
        $"PUT /{TheBucket}/key?encryption <ObjectEncryption {Ns}><SSE-KMS><KMSKeyArn>arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555</KMSKeyArn><BucketKeyEnabled>true</BucketKeyEnabled></SSE-KMS></ObjectEncryption>",
        $"PUT /{Versioned}?replication <ReplicationConfiguration {Ns}><Role>arn:aws:iam::000000000000:role/r</Role><Rule><ID>r</ID><Priority>1</Priority><Filter><And><Prefix>w</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></And></Filter><Status>Enabled</Status><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication><Destination><Bucket>arn:aws:s3:::{Locked}</Bucket><StorageClass>STANDARD_IA</StorageClass></Destination></Rule></ReplicationConfiguration>",
        $"PUT {Control}/accesspoint/old-point/policy <PutAccessPointPolicyRequest {ControlNs}><Policy>{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{{\"AWS\":\"000000000000\"}},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:us-east-1:000000000000:accesspoint/old-point/object/*\"}}]}}</Policy></PutAccessPointPolicyRequest>",
        $"PUT {Control}/accesspoint/point <CreateAccessPointRequest {ControlNs}><Bucket>{TheBucket}</Bucket><PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration><Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags></CreateAccessPointRequest>",
        $"PUT {Control}/configuration/publicAccessBlock <PublicAccessBlockConfiguration {ControlNs}><BlockPublicAcls>true</BlockPublicAcls><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>",
        $"POST {Control}/tags/arn%3Aaws%3As3%3A%3A%3A{TheBucket} <TagResourceRequest {ControlNs}><Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags></TagResourceRequest>",
        $"PUT /another-bucket <CreateBucketConfiguration {Ns}><LocationConstraint>eu-west-1</LocationConstraint><Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags></CreateBucketConfiguration>",
    ];

    private static readonly string[] Scraps =
    [
        "<", ">", "</", "/>", "&", "&amp;", "&lt", "&#0;", "&#x0;", "&#x10FFFF;", "&#xD800;", "&a;", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<?xml version=\"1.0\"?>", "<!DOCTYPE a>", "\0", "\uFEFF", "\uFFFE", " ", "\n", "\"", "'",
        "<a/>", "<a>", "</a>", " xmlns=\"\"", " xmlns:a=\"b\"", "a:", "xsi:type", "99999999999999999999", "-1", "0", "2147483647", "2147483648", "3652059", "100000", "1e9", "NaN", "true", "null", "Enabled", "2024-02-30T00:00:00Z", "9999-12-31T23:59:59.9999999+14:00",
        "&#13;&#10;a: b", "&#10;", "&#x7f;", "<Status>Enabled</Status>", "<Key>a</Key>", "<Days>1</Days>", "<Prefix/>", "<Id></Id>", "\u00e9", "\ud83d\ude00", "\u200b", "*", "${", "aws:x", "arn:", "arn:aws:lambda:::", ":::::::", "http://", "%", "%00", "../",
    ];

    private const string Policy = """
        {"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"s","Effect":"{effect}","Principal":{principal},"Action":["s3:GetObject","s3:Put*"],"Resource":"arn:aws:s3:::the-bucket/*",
         "Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"NumericLessThan":{"s3:max-keys":"10"},"DateGreaterThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"}}}]}
        """;

    private readonly List<string> _faults = [];

    private (string Upload, string ETag, string Crc, string Owner) _names;

    protected override void Configure(AwsEmulatorOptions options)
    {
        options.Functions = functions => functions.Register<string>("f", (_, _) => Task.CompletedTask);
        options.Log = line =>
        {
            Fuzz.Log(line);
            if (line.Contains("Exception", StringComparison.Ordinal)) _faults.Add(line);
        };
    }

    [SetUp]
    public async Task MakeAsync()
    {
        await S3.PutBucketAsync(new PutBucketRequest { BucketName = Locked, ObjectLockEnabledForBucket = true });
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = Locked, Key = "key", ContentBody = "data" });
        await S3.PutBucketAsync(Versioned);
        await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = Versioned, VersioningConfig = new() { Status = "Enabled" } });
        await PostAsync("PUT", $"{Control}/accesspoint/old-point", Encoding.UTF8.GetBytes($"<CreateAccessPointRequest><Bucket>{TheBucket}</Bucket></CreateAccessPointRequest>"));
        await PutAsync("key", "data");
        await PutAsync("cold", "data", put => put.StorageClass = "GLACIER");
        await PostAsync("PUT", $"/{TheBucket}?ownershipControls", Encoding.UTF8.GetBytes("<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>"));
        var upload = await S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = TheBucket, Key = "parts", ChecksumAlgorithm = Amazon.S3.ChecksumAlgorithm.CRC32 });
        var part = await S3.UploadPartAsync(new UploadPartRequest { BucketName = TheBucket, Key = "parts", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream([1]), ChecksumAlgorithm = Amazon.S3.ChecksumAlgorithm.CRC32 });
        _names = (upload.UploadId, part.ETag, part.ChecksumCRC32, (await S3.ListBucketsAsync()).Owner.Id);
    }

    [TearDown]
    public void NothingFailedBehindTheScenes() => Assert.That(_faults, Is.Empty);

    [Test]
    public void Every_document_is_here()
    {
        var roots = Repository.Sources("Emulator/S3").SelectMany(file => Regex.Matches(File.ReadAllText(file), "ReadAsync\\(\"(\\w+)\"")).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.That(roots, Has.Count.GreaterThan(20));
        Assert.That(roots.Where(root => !Good.Any(request => request.Contains($" <{root}", StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public async Task A_good_document_is_taken([ValueSource(nameof(Good))] string request)
    {
        var (method, target, document) = Split(request);
        var (status, text) = await PostAsync(method, target, document);
        Assert.That(status, Is.AnyOf(200, 202, 204), text);
    }

    [Test]
    public async Task What_is_no_such_document_is_malformed([ValueSource(nameof(Good))] string request)
    {
        var (method, target, good) = Split(request);
        foreach (var (why, bad) in Malformed(Encoding.UTF8.GetString(good)))
        {
            var (status, text) = await PostAsync(method, target, bad);
            Assert.That(text, Does.Contain("<Code>MalformedXML</Code>").Or.Contain("<Code>MalformedACLError</Code>"), why);
            Assert.That(status, Is.EqualTo(400), why);
        }
    }

    [Test]
    public async Task A_document_is_read_with_a_mark_of_its_encoding_in_any_namespace_and_between_comments([ValueSource(nameof(Good))] string request)
    {
        var (method, target, good) = Split(request);
        var text = Encoding.UTF8.GetString(good);
        var other = text.Replace($" {Ns}", "", StringComparison.Ordinal).Replace($" {ControlNs}", "", StringComparison.Ordinal);
        byte[][] documents =
        [
            [0xEF, 0xBB, 0xBF, .. good],
            Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<!-- a --><?b c?>\n{text}\n<!-- d -->\n"),
            Encoding.UTF8.GetBytes(other),
            Encoding.UTF8.GetBytes(new StringBuilder(other).Insert(other.AsSpan().IndexOfAny(' ', '>'), " xmlns=\"https://other.example/\"").ToString()),
        ];
        foreach (var document in documents)
        {
            await using var fork = Aws.Fork();
            using var http = fork.CreateHttpClient();
            var (status, answer) = await PostAsync(method, target, document, http);
            Assert.That(status, Is.AnyOf(200, 202, 204), $"{Encoding.UTF8.GetString(document)}: {answer}");
        }
    }

    [Test]
    public Task A_damaged_document_is_taken_or_refused_in_S3s_words([ValueSource(nameof(Good))] string request)
    {
        var (method, target, good) = Split(request);
        return Fuzz.RunAsync(150, async random =>
        {
            var document = random.Damage(good, Scraps);
            var (status, text) = await PostAsync(method, target, document);
            Assert.That(status, Is.AnyOf(200, 202, 204, 400, 403, 404, 409, 501), $"{Encoding.UTF8.GetString(document)}: {text}");
            if (text.Length > 0) XDocument.Parse(text);
            if (status < 300) await EverythingIsAnsweredAsync(target, document);
        });
    }

    [Test]
    public Task A_damaged_policy_is_taken_or_refused_in_S3s_words() => Fuzz.RunAsync(600, async random =>
    {
        var good = Policy.Replace("{effect}", random.OneOf("Allow", "Deny"), StringComparison.Ordinal)
            .Replace("{principal}", random.OneOf("\"*\"", """{"AWS":["*","000000000000"]}""", """{"CanonicalUser":"x"}"""), StringComparison.Ordinal);
        var document = random.Damage(Encoding.UTF8.GetBytes(good), "{", "}", "[", "]", ",", ":", "null", "1e400", "\"\"", "\"\\ud800\"", "\\ud800", "*", "?", "${", "${aws:username}", "\\u0000", "\u00e9", "true", "\"Action\":", "StringLike", "Null", "ForAllValues:", "ArnLike", "Bool", "BinaryEquals", "0.0.0.0/99", "s3:*", "NotAction");
        var (status, text) = await PostAsync("PUT", $"/{TheBucket}?policy", document);
        Assert.That(status, Is.AnyOf(200, 204, 400, 403), $"{Encoding.UTF8.GetString(document)}: {text}");
        if (status is 200 or 204) await EverythingIsAnsweredAsync($"/{TheBucket}?policy", document);
        await PostAsync("DELETE", $"/{TheBucket}?policy", []);
    });

    /// <summary>What was taken makes no answer impossible.</summary>
    private async Task EverythingIsAnsweredAsync(string target, byte[] document)
    {
        Aws.Clock.Advance(TimeSpan.FromDays(1)); // lifecycle, restores and replication
        (string Method, string Target)[] requests =
        [
            ("GET", target), ("PUT", $"/{TheBucket}/written"), ("PUT", $"/{Versioned}/written"), ("GET", $"/{TheBucket}/key"), ("HEAD", $"/{TheBucket}/none"), ("GET", $"/{TheBucket}?versions"), ("GET", $"/{TheBucket}?policyStatus"), ("OPTIONS", $"/{TheBucket}/key"),
            ("GET", $"http://{TheBucket}.s3-website.localhost/a/b"), ("GET", $"http://{TheBucket}.s3-website.localhost/"),
        ];
        foreach (var (method, asked) in requests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), asked) { Content = method == "PUT" ? new ByteArrayContent([1]) : null };
            request.Headers.TryAddWithoutValidation("Origin", "http://a.example.com");
            request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "GET");
            using var response = await Http.SendAsync(request);
            Assert.That((int)response.StatusCode, Is.LessThan(500).Or.EqualTo(501), $"{method} {asked} after {Encoding.UTF8.GetString(document)}: {await response.Content.ReadAsStringAsync()}");
            Assert.That(response.Headers.Concat(response.Content.Headers).SelectMany(header => header.Value).Any(value => value.Any(c => char.IsControl(c) && c != '\t')), Is.False, $"{method} {asked} after {Encoding.UTF8.GetString(document)}");
        }
    }

    private static IEnumerable<(string Why, byte[] Document)> Malformed(string good)
    {
        var root = good[1..good.AsSpan().IndexOfAny(' ', '>')];
        var first = good.IndexOf('>', StringComparison.Ordinal) + 1;
        string[] texts =
        [
            "no document", "<", "<>", "<a", $"<{root}", $"<{root}>", $"</{root}>", good[..^1], good[1..], $"<a>{good}</a>", good.Replace(root, "Other", StringComparison.Ordinal), good + good, good + "text", "text" + good, good + "<!--",
            $"<!DOCTYPE {root}>{good}",
            $"<!DOCTYPE {root} [<!ENTITY a \"b\">]>{good[..first]}&a;{good[first..]}",
            $"<!DOCTYPE {root} [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{good[..first]}&a;{good[first..]}",
            $"<!DOCTYPE {root} SYSTEM \"http://127.0.0.1:1/a.dtd\">{good}",
            Laughs(root, good[first..]),
            $"{good[..first]}&nbsp;{good[first..]}", $"{good[..first]}&#0;{good[first..]}", $"{good[..first]}\u0001{good[first..]}", $"{good[..first]}\uFFFE{good[first..]}",
            $"{good[..first]}<a:b/>{good[first..]}", $"{good[..first]}<a b='1' b='2'/>{good[first..]}",
            good[..first] + Repeated("<a>", 100) + Repeated("</a>", 100) + good[first..],
            good[..first] + Repeated("<a>", 100_000),
            $"<?xml version=\"1.0\" encoding=\"no-such-encoding\"?>{good}", $"<?xml version=\"2.0\"?>{good}", $" <?xml version=\"1.0\"?>{good}",
        ];
        foreach (var text in texts) yield return (text.Length < 2000 ? text : text[..2000], Encoding.UTF8.GetBytes(text));
        yield return ("not UTF-8", [.. Encoding.UTF8.GetBytes(good[..first]), 0xC3, 0x28, .. Encoding.UTF8.GetBytes(good[first..])]);
        yield return ("overlong", [.. Encoding.UTF8.GetBytes(good[..first]), 0xC0, 0x80, .. Encoding.UTF8.GetBytes(good[first..])]);
        yield return ("half a mark", [0xFE, 0xFF, .. Encoding.UTF8.GetBytes(good)]);
        yield return ("too many elements", Encoding.UTF8.GetBytes(good[..first] + Repeated("<a/>", 250_000) + good[first..]));
        yield return ("too long", Encoding.UTF8.GetBytes(good + new string(' ', 9 << 20)));
    }

    private static string Laughs(string root, string rest)
    {
        var dtd = new StringBuilder($"<!DOCTYPE {root} [<!ENTITY l0 \"lol\">");
        for (var i = 1; i < 10; i++) dtd.Append($"<!ENTITY l{i} \"{Repeated($"&l{i - 1};", 10)}\">");
        return dtd.Append($"]><{root}>&l9;").Append(rest).ToString();
    }

    private static string Repeated(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private (string Method, string Target, byte[] Document) Split(string request)
    {
        var words = request.Split(' ', 3);
        var target = words[1].Replace("{upload}", _names.Upload, StringComparison.Ordinal);
        var document = words[2].Replace("{etag}", _names.ETag, StringComparison.Ordinal).Replace("{crc}", _names.Crc, StringComparison.Ordinal).Replace("{owner}", _names.Owner, StringComparison.Ordinal);
        return (words[0], target, Encoding.UTF8.GetBytes(document));
    }

    private async Task<(int Status, string Text)> PostAsync(string method, string target, byte[] document, HttpClient? http = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target) { Content = new ByteArrayContent(document) };
        request.Content.Headers.ContentMD5 = MD5.HashData(document); // demanded by some
        request.Headers.TryAddWithoutValidation("Authorization", S3Signing.RootKey);
        request.Headers.TryAddWithoutValidation("x-amz-date", S3Signing.Date);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        request.Headers.TryAddWithoutValidation("x-amz-account-id", "000000000000");
        request.Content.Headers.ContentMD5 = MD5.HashData(document);
        using var response = await (http ?? Http).SendAsync(request);
        return ((int)response.StatusCode, response.StatusCode == HttpStatusCode.NoContent ? "" : await response.Content.ReadAsStringAsync());
    }
}
