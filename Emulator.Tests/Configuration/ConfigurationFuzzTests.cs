using System.Text;
using Emulator.Configuration;
using NUnit.Framework;
using static Emulator.Tests.Configuration.Reading;

namespace Emulator.Tests.Configuration;

/// <summary>Whatever stands in the file, reading ends, and says what is wrong in words.</summary>
internal sealed class ConfigurationFuzzTests
{
    private static readonly string[] Scraps =
    [
        "\n", "\n  ", "\n    ", "\n- ", " ", ": ", ":", "- ", "? ", "[", "]", "{", "}", ", ", "&a ", "*a", "<<: ", "!!str ", "! ", "| \n", ">-\n", "\"", "'", "#", "%YAML 1.2\n", "---\n", "...\n", "\t", "\r", "\0", "\uFEFF", "\uD800",
        "\\x", "\"\\uD800\"", "\"\\U0010FFFF\"", "~", "null", "true", "1e5", "-0", "0x1", "s3", "buckets", "dynamodb", "tables", "partitionKey", "items", "id", "lambda", "functions", "routes", "$default", "policy", "Statement", "cors", "region", "5m", "앨", "\u0085", "\u2028", "@", "`",
    ];

    [Test]
    public void Scraps_of_yaml_in_any_order_are_read_or_refused() => Run(20_000, random =>
    {
        var yaml = new StringBuilder();
        for (var i = random.Next(60); i >= 0; i--) yaml.Append(Scraps[random.Next(Scraps.Length)]);
        return yaml.ToString();
    });

    [Test]
    public void A_good_file_damaged_anywhere_is_read_or_refused()
    {
        var good = File.ReadAllText(Path.Combine(Repository.Root, "emulator.yaml"));
        Run(500, random =>
        {
            var yaml = new StringBuilder(good);
            for (var i = random.Next(8); i >= 0; i--) Damage(yaml, random);
            return yaml.ToString();
        });
    }

    private static void Damage(StringBuilder yaml, Random random)
    {
        var at = random.Next(yaml.Length);
        var length = Math.Min(random.Next(40), yaml.Length - at);
        switch (random.Next(3))
        {
            case 0: yaml.Remove(at, length); break;
            case 1: yaml.Insert(at, Scraps[random.Next(Scraps.Length)]); break;
            default: yaml.Insert(random.Next(yaml.Length), yaml.ToString(at, length)); break;
        }
    }

    private static void Run(int rounds, Func<Random, string> make)
    {
        for (var seed = 0; seed < rounds; seed++)
        {
            var yaml = make(new Random(seed));
            var reading = Task.Run(() => Read(yaml).Problems);
            Assert.That(() => reading.Wait(TimeSpan.FromMinutes(1)), Is.True, $"seed {seed} hangs or throws");
            Assert.That(reading.Result, Has.All.Matches<ConfigurationProblem>(problem => problem is { Line: > 0, Column: > 0, Message.Length: > 0 }), $"seed {seed}");
        }
    }
}
