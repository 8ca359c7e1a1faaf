using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Exports;

[Source("https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html")]
internal sealed class ExportPermissionTests
{
    private const string Table = "arn:aws:dynamodb:us-east-1:000000000000:table/Notes";
    private const string Part = "01489602797149-73d8d5bc";

    private const string Configuration = """
        account: "111111111111"
        region: eu-west-1
        iam: enforce
        accounts:
          "111111111111":
            users:
              alice:
                policies:
                  own:
                    Version: "2012-10-17"
                    Statement:
                      - { Effect: Allow, Action: "dynamodb:*", Resource: "*" }
                      - { Effect: Allow, Action: ["s3:PutObject", "s3:GetObject"], Resource: "arn:aws:s3:::files/open/*" }
                      - { Effect: Allow, Action: "s3:ListBucket", Resource: "arn:aws:s3:::files", Condition: { StringLike: { "s3:prefix": "open/*" } } }
            keys:
              - { id: AKIAALICEALICEALICE1, secret: alice-secret, user: alice }
        dynamodb: { tables: { Notes: { partitionKey: id } } }
        s3: { buckets: { files: {} } }
        """;

    [Test]
    public async Task S3_is_asked_as_the_caller()
    {
        await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = Configuration });
        aws.Clock.Freeze();
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>(new BasicAWSCredentials("AKIAALICEALICEALICE1", "alice-secret"));
        await dynamoDb.UpdateContinuousBackupsAsync(new() { TableName = "Notes", PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = true } });
        Assert.That(await ExportAsync("open"), Is.EqualTo(("COMPLETED", (string?)null)));
        Assert.That(await ExportAsync("closed"), Is.EqualTo(("FAILED", "S3AccessDenied")));
        Assert.That(await ImportAsync("open/", "One"), Is.EqualTo("FAILED ItemValidationError"));
        Assert.That(await ImportAsync("closed/", "Two"), Is.EqualTo("FAILED S3AccessDenied"));

        async Task<(string, string?)> ExportAsync(string prefix)
        {
            var arn = (await dynamoDb.ExportTableToPointInTimeAsync(new() { TableArn = Table.Replace("us-east-1:000000000000", "eu-west-1:111111111111"), S3Bucket = "files", S3Prefix = prefix })).ExportDescription.ExportArn;
            var export = (await dynamoDb.DescribeExportAsync(new DescribeExportRequest { ExportArn = arn })).ExportDescription;
            return (export.ExportStatus.Value, export.FailureCode);
        }

        async Task<string> ImportAsync(string prefix, string table)
        {
            var arn = (await dynamoDb.ImportTableAsync(new()
            {
                S3BucketSource = new() { S3Bucket = "files", S3KeyPrefix = prefix },
                InputFormat = InputFormat.DYNAMODB_JSON,
                TableCreationParameters = new() { TableName = table, AttributeDefinitions = [new("id", ScalarAttributeType.S)], KeySchema = [new("id", KeyType.HASH)], BillingMode = BillingMode.PAY_PER_REQUEST },
            })).ImportTableDescription.ImportArn;
            var import = (await dynamoDb.DescribeImportAsync(new DescribeImportRequest { ImportArn = arn })).ImportTableDescription;
            return $"{import.ImportStatus} {import.FailureCode}";
        }
    }

    [TestCase("CreateBackup", """{"TableName":"Notes","BackupName":"b"}""", Table)]
    [TestCase("DeleteBackup", $$"""{"BackupArn":"{{Table}}/backup/{{Part}}"}""", $"{Table}/backup/{Part}")]
    [TestCase("DescribeBackup", $$"""{"BackupArn":"{{Table}}/backup/{{Part}}"}""", $"{Table}/backup/{Part}")]
    [TestCase("DescribeContinuousBackups", """{"TableName":"Notes"}""", Table)]
    [TestCase("DescribeExport", $$"""{"ExportArn":"{{Table}}/export/{{Part}}"}""", $"{Table}/export/{Part}")]
    [TestCase("DescribeImport", $$"""{"ImportArn":"{{Table}}/import/{{Part}}"}""", $"{Table}/import/{Part}")]
    [TestCase("ExportTableToPointInTime", $$"""{"TableArn":"{{Table}}","S3Bucket":"files"}""", Table)]
    [TestCase("ImportTable", """{"TableCreationParameters":{"TableName":"Notes"}}""", Table)]
    [TestCase("ListBackups", "{}", "arn:aws:dynamodb:us-east-1:000000000000:table/*")]
    [TestCase("UpdateContinuousBackups", """{"TableName":"Notes"}""", Table)]
    public async Task Each_operation_asks_for_what_it_names(string operation, string json, string resources)
    {
        await using var service = new DirectService();
        var permissions = service.Prepare(operation, Encoding.UTF8.GetBytes(json)).Permissions;
        Assert.That(permissions.Select(permission => permission.Action).Distinct(), Is.EqualTo(new[] { $"dynamodb:{operation}" }));
        Assert.That(string.Join(' ', permissions.Select(permission => permission.Resource)), Is.EqualTo(resources));
    }

    [TestCase("RestoreTableFromBackup", $$"""{"BackupArn":"{{Table}}/backup/{{Part}}","TargetTableName":"Other"}""", $"{Table}/backup/{Part}")]
    [TestCase("RestoreTableToPointInTime", """{"SourceTableName":"Notes","TargetTableName":"Other"}""", Table)]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html")]
    public async Task Who_restores_a_table_must_be_allowed_to_write_it(string operation, string json, string source)
    {
        await using var service = new DirectService();
        var permissions = service.Prepare(operation, Encoding.UTF8.GetBytes(json)).Permissions;
        Assert.That((permissions[0].Action, permissions[0].Resource), Is.EqualTo(($"dynamodb:{operation}", source)));
        Assert.That(permissions.Skip(1).Select(permission => permission.Resource), Is.All.EqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/Other"));
        Assert.That(string.Join(' ', permissions.Skip(1).Select(permission => permission.Action["dynamodb:".Length..])), Is.EqualTo($"{operation} BatchWriteItem DeleteItem GetItem PutItem Query Scan UpdateItem"));
    }
}
