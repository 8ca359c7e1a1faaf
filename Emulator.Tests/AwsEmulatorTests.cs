using System.Net;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;

namespace Emulator.Tests;

/// <summary>Embedding: what a fixture does with an emulator.</summary>
internal sealed class AwsEmulatorTests
{
    [Test]
    public async Task A_client_of_ones_own_keeps_its_region_and_needs_no_address()
    {
        await using var aws = await AwsEmulator.StartAsync();
        using var dynamoDb = new AmazonDynamoDBClient(new BasicAWSCredentials("key", "secret"), new AmazonDynamoDBConfig { RegionEndpoint = RegionEndpoint.EUCentral1, HttpClientFactory = aws.HttpClientFactory });
        await CreateTableAsync(dynamoDb, "Notes");
        var table = (await dynamoDb.DescribeTableAsync("Notes")).Table;
        Assert.That(table.TableArn, Is.EqualTo("arn:aws:dynamodb:eu-central-1:000000000000:table/Notes"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task S3_is_reached_by_virtual_host_and_by_path(bool forcePathStyle)
    {
        await using var aws = await AwsEmulator.StartAsync();
        using var s3 = aws.CreateClient<AmazonS3Client>(config => ((AmazonS3Config)config).ForcePathStyle = forcePathStyle);
        await s3.PutBucketAsync("pictures");
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "pictures", Key = "a b/../한글+//.txt", ContentBody = "hello" });
        using var response = await s3.GetObjectAsync("pictures", "a b/../한글+//.txt");
        Assert.That(await new StreamReader(response.ResponseStream).ReadToEndAsync(), Is.EqualTo("hello"));
    }

    [Test]
    public async Task Two_emulators_are_strangers()
    {
        await using var one = await AwsEmulator.StartAsync();
        await using var other = await AwsEmulator.StartAsync();
        await CreateTableAsync(one.CreateClient<AmazonDynamoDBClient>(), "Notes");
        Assert.That((await other.CreateClient<AmazonDynamoDBClient>().ListTablesAsync()).TableNames ?? [], Is.Empty);
    }

    [Test]
    public async Task A_fork_begins_with_the_state_and_goes_its_own_way()
    {
        await using var world = await AwsEmulator.StartAsync();
        using var dynamoDb = world.CreateClient<AmazonDynamoDBClient>();
        using var s3 = world.CreateClient<AmazonS3Client>();
        await CreateTableAsync(dynamoDb, "Notes");
        await s3.PutBucketAsync("pictures");
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "pictures", Key = "big", InputStream = new MemoryStream(new byte[3 << 20]) });
        world.Clock.Freeze();

        await using (var fork = world.Fork())
        {
            using var forked = fork.CreateClient<AmazonDynamoDBClient>();
            using var forkedS3 = fork.CreateClient<AmazonS3Client>();
            await forked.PutItemAsync("Notes", new() { ["id"] = new("1") });
            await forkedS3.DeleteObjectAsync("pictures", "big");
            fork.Clock.Advance(TimeSpan.FromDays(1));
            Assert.That((await forked.ScanAsync(new ScanRequest("Notes"))).Count, Is.EqualTo(1));
            Assert.That(fork.Clock.GetUtcNow() - world.Clock.GetUtcNow(), Is.EqualTo(TimeSpan.FromDays(1)));
        }

        Assert.That((await dynamoDb.ScanAsync(new ScanRequest("Notes"))).Count, Is.Zero);
        using var response = await s3.GetObjectAsync("pictures", "big");
        Assert.That(response.ContentLength, Is.EqualTo(3 << 20));
    }

    [Test]
    public async Task A_snapshot_carries_a_world_to_another_emulator()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using (var world = await AwsEmulator.StartAsync())
            {
                await CreateTableAsync(world.CreateClient<AmazonDynamoDBClient>(), "Notes");
                var s3 = world.CreateClient<AmazonS3Client>();
                await s3.PutBucketAsync("pictures");
                await s3.PutObjectAsync(new PutObjectRequest { BucketName = "pictures", Key = "k", ContentBody = "body" });
                await world.SaveSnapshotAsync(file);
            }
            await using var other = await AwsEmulator.StartAsync();
            await CreateTableAsync(other.CreateClient<AmazonDynamoDBClient>(), "Gone");
            await other.LoadSnapshotAsync(file);
            Assert.That((await other.CreateClient<AmazonDynamoDBClient>().ListTablesAsync()).TableNames, Is.EqualTo(new[] { "Notes" }));
            using var response = await other.CreateClient<AmazonS3Client>().GetObjectAsync("pictures", "k");
            Assert.That(await new StreamReader(response.ResponseStream).ReadToEndAsync(), Is.EqualTo("body"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task A_reset_leaves_only_what_is_declared()
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = "dynamodb: { tables: { Notes: { partitionKey: id, items: [ { id: seed } ] } } }");
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
        await CreateTableAsync(dynamoDb, "Other");
        await dynamoDb.DeleteItemAsync("Notes", new() { ["id"] = new("seed") });
        await aws.ResetAsync();
        Assert.That((await dynamoDb.ListTablesAsync()).TableNames, Is.EqualTo(new[] { "Notes" }));
        Assert.That((await dynamoDb.ScanAsync(new ScanRequest("Notes"))).Items.Single()["id"].S, Is.EqualTo("seed"));
    }

    [Test]
    public async Task A_port_answers_beside_the_memory()
    {
        await using var aws = await AwsEmulator.StartAsync();
        var address = await aws.ListenAsync();
        using var http = new AmazonDynamoDBClient(new BasicAWSCredentials("key", "secret"), new AmazonDynamoDBConfig { ServiceURL = address.ToString(), AuthenticationRegion = aws.Region });
        await CreateTableAsync(http, "Notes");
        Assert.That((await aws.CreateClient<AmazonDynamoDBClient>().ListTablesAsync()).TableNames, Is.EqualTo(new[] { "Notes" }));
    }

    [Test]
    [Source("https://www.rfc-editor.org/rfc/rfc9113#section-3.3")]
    public async Task A_port_speaks_HTTP_2_in_clear_text_beside_HTTP_1()
    {
        await using var aws = await AwsEmulator.StartAsync();
        var address = await aws.ListenAsync();
        using var http = new HttpClient();
        foreach (var version in new[] { HttpVersion.Version20, HttpVersion.Version11 })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/_emulator/outputs.json")) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var response = await http.SendAsync(request);
            Assert.That(response.Version, Is.EqualTo(version));
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"endpoint\": \"http://"));
        }
    }

    [Test]
    [NonParallelizable] // it measures the heap that all tests share
    public async Task Twenty_thousand_calls_of_the_SDK_leave_nothing_behind()
    {
        await using var aws = await AwsEmulator.StartAsync();
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
        await CreateTableAsync(dynamoDb, "Notes");
        using var lasting = new CancellationTokenSource(); // a registration that stays would hang from this one

        async Task<long> BytesAfterAsync(int calls)
        {
            for (var i = 0; i < calls; i++) await dynamoDb.GetItemAsync("Notes", new() { ["id"] = new("1") }, lasting.Token);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return GC.GetTotalMemory(forceFullCollection: true);
        }

        // The journal is full after 10,000: from there on nothing may grow, not by 50 bytes a call.
        var before = await BytesAfterAsync(Journal.Capacity + 1_000);
        Assert.That(await BytesAfterAsync(20_000) - before, Is.LessThan(1_000_000));
    }

    [Test]
    public async Task The_state_in_a_folder_outlives_the_emulator_and_is_one_emulators_only()
    {
        var folder = Directory.CreateTempSubdirectory("emulator").FullName;
        try
        {
            await using (var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder))
            {
                await CreateTableAsync(aws.CreateClient<AmazonDynamoDBClient>(), "Notes");
                Assert.That(async () => await AwsEmulator.StartAsync(options => options.DataFolder = folder), Throws.InstanceOf<IOException>().With.Message.Contains("in use by another emulator"));
                Assert.That(() => aws.Fork(), Throws.TypeOf<NotSupportedException>());
            }
            await using var again = await AwsEmulator.StartAsync(options => options.DataFolder = folder);
            Assert.That((await again.CreateClient<AmazonDynamoDBClient>().ListTablesAsync()).TableNames, Is.EqualTo(new[] { "Notes" }));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task The_journal_tells_who_asked_what()
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Region = "eu-west-1");
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
        Assert.That(async () => await dynamoDb.GetItemAsync("Absent", new() { ["id"] = new("1") }), Throws.TypeOf<Amazon.DynamoDBv2.Model.ResourceNotFoundException>());
        var entry = aws.Journal.Of("dynamodb", "GetItem").Single();
        Assert.Multiple(() =>
        {
            Assert.That(entry.Caller, Is.EqualTo("arn:aws:iam::000000000000:root"));
            Assert.That(entry.Resources, Is.EqualTo(new[] { "arn:aws:dynamodb:eu-west-1:000000000000:table/Absent" }));
            Assert.That((entry.StatusCode, entry.ErrorCode), Is.EqualTo((400, "ResourceNotFoundException")));
            Assert.That(entry.Decision, Is.EqualTo("Allowed"));
        });
    }

    [Test]
    public async Task What_a_function_asks_names_the_request_that_caused_it()
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = """
            lambda: { functions: { list: {} } }
            apigateway: { httpApis: { api: { routes: { "GET /": list } } } }
            """);
        aws.Functions.Register<System.Text.Json.JsonElement, string>("list", async (_, context) =>
        {
            await context.CreateClient<AmazonDynamoDBClient>().ListTablesAsync();
            return "done";
        });
        Assert.That(await aws.CreateHttpClient().GetStringAsync(aws.Outputs.HttpApiUrl("api") + "/"), Is.EqualTo("\"done\""));
        Assert.That(aws.Journal.Of("dynamodb", "ListTables").Single().Cause, Is.Not.Null);
    }

    [Test]
    public async Task A_service_collection_gets_clients_and_an_application_keeps_its_own_registrations()
    {
        await using var aws = await AwsEmulator.StartAsync();
        var services = new ServiceCollection().AddSingleton<IAmazonDynamoDB>(_ => throw new InvalidOperationException("the real one")).UseAwsEmulator(aws).AddAwsClient<IAmazonS3>(aws);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IAmazonS3>().PutBucketAsync("pictures");
        Assert.That((await provider.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync()).HttpStatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(aws.Journal.Of("s3", "CreateBucket"), Is.Not.Empty);
    }

    [Test]
    public async Task A_generic_host_starts_and_stops_it()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAwsEmulator(options => options.Account = "111122223333", port: 0).AddAwsClient<IAmazonSecurityTokenService>();
        using var host = builder.Build();
        await host.StartAsync();
        var identity = await host.Services.GetRequiredService<IAmazonSecurityTokenService>().GetCallerIdentityAsync(new GetCallerIdentityRequest());
        Assert.That(identity.Account, Is.EqualTo("111122223333"));
        await host.StopAsync();
    }

    [Test]
    public async Task A_call_to_the_real_AWS_is_refused_before_it_leaves()
    {
        await using var aws = await AwsEmulator.StartAsync();
        using (AwsEmulator.RefuseRealAws())
        {
            using var http = new HttpClient();
            Assert.That(async () => await http.GetAsync("https://s3.eu-west-1.amazonaws.com/"), Throws.TypeOf<HttpRequestException>().With.Message.Contains("was refused"));
            Assert.That((await aws.CreateClient<AmazonDynamoDBClient>().ListTablesAsync()).HttpStatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public void Mistakes_in_the_configuration_are_told_all_at_once() =>
        Assert.That(async () => await AwsEmulator.StartAsync(options => options.Configuration = "regiom: x\nport: high\n"),
            Throws.TypeOf<EmulatorConfigurationException>().With.Message.Contains("(1,1)").And.Message.Contains("Did you mean 'region'?").And.Message.Contains("(2,7)"));

    private static Task CreateTableAsync(AmazonDynamoDBClient dynamoDb, string name) => dynamoDb.CreateTableAsync(new CreateTableRequest(name,
        [new KeySchemaElement("id", KeyType.HASH)], [new AttributeDefinition("id", ScalarAttributeType.S)], null)
    { BillingMode = BillingMode.PAY_PER_REQUEST });
}
