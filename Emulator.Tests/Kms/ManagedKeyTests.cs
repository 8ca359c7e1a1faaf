using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Emulator.Kms;
using Emulator.Tests.Clients;
using NUnit.Framework;

namespace Emulator.Tests.Kms;

[Source("https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html")]
internal sealed partial class ManagedKeyTests
{
    private AwsEmulator _aws = null!;
    private AwsJsonClient _kms = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _aws = await AwsEmulator.StartAsync();
        _kms = new(_aws, "kms", "TrentService");
    }

    [TearDown]
    public async Task StopAsync()
    {
        _kms.Dispose();
        await _aws.DisposeAsync();
    }

    [TestCase("alias/aws/dynamodb", "Default key that protects my DynamoDB data when no other key is defined")]
    [TestCase("alias/aws/s3", "Default key that protects my S3 objects when no other key is defined")]
    [Observed("2025-10, https://github.com/localstack/localstack/blob/main/tests/aws/services/dynamodb/test_dynamodb.snapshot.json")]
    public async Task A_managed_key_is_described_by_its_alias(string alias, string description)
    {
        var key = await DescribeAsync(alias);
        var id = (string)key["KeyId"]!;
        Assert.Multiple(() =>
        {
            Assert.That(key.AsObject().Select(member => member.Key), Is.EquivalentTo(new[]
            {
                "AWSAccountId", "Arn", "CreationDate", "CurrentKeyMaterialId", "CustomerMasterKeySpec", "Description", "Enabled", "EncryptionAlgorithms", "KeyId", "KeyManager", "KeySpec", "KeyState",
                "KeyUsage", "MultiRegion", "Origin",
            }));
            Assert.That((string)key["Description"]!, Is.EqualTo(description));
            Assert.That((string)key["Arn"]!, Is.EqualTo($"arn:aws:kms:us-east-1:000000000000:key/{id}"));
            Assert.That((string)key["KeyManager"]!, Is.EqualTo("AWS"));
            Assert.That((string)key["KeyState"]!, Is.EqualTo("Enabled"));
        });
    }

    [Test]
    public async Task Alias_ARN_id_and_ARN_name_the_same_key()
    {
        var key = await DescribeAsync("alias/aws/dynamodb");
        foreach (var name in new[] { "arn:aws:kms:us-east-1:000000000000:alias/aws/dynamodb", (string)key["KeyId"]!, (string)key["Arn"]! })
        {
            Assert.That((await DescribeAsync(name)).ToJsonString(), Is.EqualTo(key.ToJsonString()), name);
        }
    }

    [Test]
    public async Task A_table_that_is_encrypted_names_the_key_of_the_alias()
    {
        using var dynamoDb = _aws.CreateClient<AmazonDynamoDBClient>();
        var table = await dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = "Encrypted",
            AttributeDefinitions = [new("id", ScalarAttributeType.S)],
            KeySchema = [new("id", KeyType.HASH)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
            SSESpecification = new() { Enabled = true, SSEType = SSEType.KMS },
        });
        Assert.That((string)(await DescribeAsync("alias/aws/dynamodb"))["Arn"]!, Is.EqualTo(table.TableDescription.SSEDescription.KMSMasterKeyArn));
    }

    [TestCase("alias/mine", "NotFoundException", "Alias arn:aws:kms:us-east-1:000000000000:alias/mine is not found.")]
    [TestCase("134f2428-cec1-4b25-a1ae-9048164dba47", "NotFoundException", "Key 'arn:aws:kms:us-east-1:000000000000:key/134f2428-cec1-4b25-a1ae-9048164dba47' does not exist")]
    [TestCase("arn:aws:kms:us-east-1:000000000000:key/alias/aws/dynamodb", "NotFoundException", "Invalid keyId alias/aws/dynamodb")]
    [TestCase("arn:aws:kms:eu-west-1:000000000000:alias/aws/s3", "InvalidArnException", "Invalid arn eu-west-1")]
    [TestCase("", "ValidationException", "1 validation error detected: Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    public void What_is_no_key_is_not_found(string key, string code, string message)
    {
        var error = Assert.CatchAsync<AwsJsonError>(() => DescribeAsync(key))!;
        Assert.That((error.Code, error.Message), Is.EqualTo((code, message)));
    }

    [Test]
    public void Other_operations_are_refused_by_name()
    {
        var error = Assert.CatchAsync<AwsJsonError>(() => _kms.CallAsync("CreateKey", []))!;
        Assert.That((error.Code, error.Message), Is.EqualTo(("NotImplemented", "The emulator does not implement CreateKey.")));
    }

    [Test]
    public void The_operations_of_the_README_are_those_of_the_table() =>
        Assert.That(Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Emulator/Kms/README.md"))).Select(row => row.Groups[1].Value), Is.EqualTo(KmsOperations.Table.Names));

    private async Task<JsonNode> DescribeAsync(string key) => (await _kms.CallAsync("DescribeKey", new() { ["KeyId"] = key }))["KeyMetadata"]!;

    [GeneratedRegex(@"^\| ([A-Z]\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
