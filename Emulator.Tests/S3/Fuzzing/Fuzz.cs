using System.Globalization;
using NUnit.Framework;

namespace Emulator.Tests.S3.Fuzzing;

/// <summary>Rounds of random input, each with a seed of its own that a failure names.</summary>
/// <remarks><c>EMULATOR_FUZZ_TIMES=100</c> makes a hundred times as many rounds; <c>EMULATOR_FUZZ_SEED=123</c> repeats the round of a failure.</remarks>
internal static class Fuzz
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How many times as many rounds are wanted as usually.</summary>
    public static int Times => Setting("EMULATOR_FUZZ_TIMES") ?? 1;

    public static async Task RunAsync(int rounds, Func<Random, Task> round)
    {
        var (first, count) = Setting("EMULATOR_FUZZ_SEED") is { } repeated ? (repeated, 1) : (0, rounds * Times);
        for (var seed = first; seed < first + count; seed++)
        {
            try
            {
                await round(new Random(seed)).WaitAsync(Patience);
            }
            catch (Exception failure)
            {
                throw new AssertionException($"EMULATOR_FUZZ_SEED={seed}: {failure.Message}", failure);
            }
        }
    }

    /// <summary>Faults are told; what policies would refuse is not.</summary>
    public static void Log(string line)
    {
        if (!line.StartsWith("iam:", StringComparison.Ordinal)) TestContext.Out.WriteLine(line);
    }

    public static T OneOf<T>(this Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    /// <summary>Changes a few bytes: some go, some come, some are repeated elsewhere, some give way to scraps that mean something.</summary>
    public static byte[] Damage(this Random random, byte[] good, params ReadOnlySpan<string> scraps)
    {
        var bytes = good.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = random.Next(Math.Min(20, bytes.Count - at) + 1);
            switch (random.Next(6))
            {
                case 0: bytes.RemoveRange(at, length); break;
                case 1: bytes.Insert(at, (byte)random.Next(256)); break;
                case 2: bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length)); break;
                case 3 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                default:
                    bytes.RemoveRange(at, length);
                    bytes.InsertRange(at, scraps.IsEmpty ? [] : System.Text.Encoding.UTF8.GetBytes(random.OneOf(scraps)));
                    break;
            }
        }
        return [.. bytes];
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
