using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>boto3's client of S3 Control, and objects through access points: s3control.py.</summary>
[Source("https://docs.aws.amazon.com/boto3/latest/reference/services/s3control.html")]
internal sealed class PythonS3ControlTests : PythonFixture
{
    private static readonly Lazy<Task<JsonNode>> Script = new(() => RunAsync("s3control.py"));

    [TestCase("local")]
    [TestCase("aws")]
    public async Task Accounts_have_access_points_blocks_and_tags_and_objects_are_reached_through_them(string way) => Same((await Script.Value)[way], """
        {
          "notSet": ["NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", 404],
          "block": { "BlockPublicAcls": true, "IgnorePublicAcls": false, "BlockPublicPolicy": false, "RestrictPublicBuckets": false },
          "notMine": ["AccessDenied", "Access Denied", 403],
          "absent": ["NoSuchAccessPoint", "The specified accesspoint does not exist", 404],
          "point": ["photos-of-boto", "Internet", true, "arn:aws:s3:us-east-1:111111111111:accesspoint/photos", ["dualstack", "fips", "fips_dualstack", "ipv4"], true],
          "pages": [["aaa", "photos"], ["zzz"]],
          "noPolicy": ["NoSuchAccessPointPolicy", "The specified accesspoint policy does not exist", 404],
          "policy": true,
          "public": false,
          "tags": [[{ "Key": "team", "Value": "photos and films" }], [{ "Key": "team", "Value": "photos and films" }]],
          "objects": [
            ["note", ["a b/메모.txt", "copy", "secret/key"], "AccessDenied", ["MethodNotAllowed", "The specified method is not allowed against this resource.", 405]],
            ["note", ["a b/메모.txt", "copy", "secret/key"], "AccessDenied", ["MethodNotAllowed", "The specified method is not allowed against this resource.", 405]]
          ],
          "left": [],
          "notBuilt": ["NotImplemented", "The emulator does not implement ListJobs.", 501]
        }
        """);
}
