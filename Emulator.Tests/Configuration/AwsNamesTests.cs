using Emulator.Configuration;
using NUnit.Framework;

namespace Emulator.Tests.Configuration;

internal sealed class AwsNamesTests
{
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html")]
    [TestCase("notes", true)]
    [TestCase("my.example.s3.bucket", true)]
    [TestCase("1-2", true)]
    [TestCase("ab", false)]
    [TestCase("Notes", false)]
    [TestCase("amzn_s3", false)]
    [TestCase("-notes", false)]
    [TestCase("notes.", false)]
    [TestCase("no..tes", false)]
    [TestCase("192.168.5.4", false)]
    [TestCase("xn--notes", false)]
    [TestCase("sthree-notes", false)]
    [TestCase("notes-s3alias", false)]
    [TestCase("notes--ol-s3", false)]
    [TestCase("notes--x-s3", false)]
    public void Buckets(string name, bool isAllowed) => Assert.That(AwsNames.Bucket(name), isAllowed ? Is.Null : Is.Not.Null);

    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html")]
    [TestCase("Notes.2_a-b", true)]
    [TestCase("No", false)]
    [TestCase("Notes!", false)]
    public void Tables(string name, bool isAllowed) => Assert.That(AwsNames.Table(name), isAllowed ? Is.Null : Is.Not.Null);

    [TestCase("us-east-1", true)]
    [TestCase("us-gov-west-1", true)]
    [TestCase("eusc-de-east-1", true)]
    [TestCase("eu-central", false)]
    [TestCase("EU-central-1", false)]
    [TestCase("", false)]
    [TestCase("-", false)]
    public void Regions(string name, bool isAllowed) => Assert.That(AwsNames.Region(name), isAllowed ? Is.Null : Is.Not.Null);

    [TestCase("alice@example.com", true)]
    [TestCase("앨리스", true)]
    [TestCase("two words", false)]
    [TestCase("", false)]
    public void Members_of_pools(string name, bool isAllowed) => Assert.That(AwsNames.PoolMember(name), isAllowed ? Is.Null : Is.Not.Null);
}
