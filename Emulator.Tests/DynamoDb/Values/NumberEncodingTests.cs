using System.Numerics;
using System.Text;
using Emulator.DynamoDb.Values;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Values;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number")]
internal sealed class NumberEncodingTests
{
    private const int Rounds = 20_000;

    [TestCase("0", "0")]
    [TestCase("-0.00", "0")]
    [TestCase("007", "7")]
    [TestCase("+1.50", "1.5")]
    [TestCase("1.", "1")]
    [TestCase(".5", "0.5")]
    [TestCase("-.5e1", "-5")]
    [TestCase("1e3", "1000")]
    [TestCase("1E-3", "0.001")]
    [TestCase("123e-2", "1.23")]
    [TestCase("100", "100")]
    [TestCase("1234567890.0987654321", "1234567890.0987654321")]
    [TestCase("12345678901234567890123456789012345678", "12345678901234567890123456789012345678")]
    public void Numbers_have_one_normal_form(string text, string normal) => Assert.That(Format(Encode(text)), Is.EqualTo(normal));

    [Test]
    [Observed("test_number_output_normalization and test_number_magnitude_allowed of scylladb/scylladb test/alternator, which pass on AWS")]
    public void The_greatest_and_smallest_are_plain_decimals()
    {
        Assert.That(Format(Encode("1e125")), Is.EqualTo("1" + new string('0', 125)));
        Assert.That(Format(Encode("-1e-130")), Is.EqualTo("-0." + new string('0', 129) + "1"));
        Assert.That(Format(Encode("9.9999999999999999999999999999999999999e125")), Is.EqualTo(new string('9', 38) + new string('0', 88)));
    }

    [TestCase("", nameof(NumberProblem.NotANumber))]
    [TestCase("dog", nameof(NumberProblem.NotANumber))]
    [TestCase("NaN", nameof(NumberProblem.NotANumber))]
    [TestCase("Infinity", nameof(NumberProblem.NotANumber))]
    [TestCase(" 1", nameof(NumberProblem.NotANumber))]
    [TestCase("1 ", nameof(NumberProblem.NotANumber))]
    [TestCase("1.2.3", nameof(NumberProblem.NotANumber))]
    [TestCase(".", nameof(NumberProblem.NotANumber))]
    [TestCase("-", nameof(NumberProblem.NotANumber))]
    [TestCase("1e", nameof(NumberProblem.NotANumber))]
    [TestCase("e5", nameof(NumberProblem.NotANumber))]
    [TestCase("0x10", nameof(NumberProblem.NotANumber))]
    [TestCase("1e126", nameof(NumberProblem.Overflow))]
    [TestCase("1.0e100000000", nameof(NumberProblem.Overflow))]
    [TestCase("1e99999999999999999999", nameof(NumberProblem.Overflow))]
    [TestCase("-1e126", nameof(NumberProblem.Overflow))]
    [TestCase("0.9e-130", nameof(NumberProblem.Underflow))]
    [TestCase("1e-99999999999999999999", nameof(NumberProblem.Underflow))]
    [TestCase("123456789012345678901234567890123456789", nameof(NumberProblem.TooManyDigits))]
    [TestCase("-1.23456789012345678901234567890123456789", nameof(NumberProblem.TooManyDigits))]
    [TestCase("0e126", nameof(NumberProblem.Overflow))]
    [TestCase("0e-131", nameof(NumberProblem.Underflow))]
    public void What_is_no_number_has_its_reason(string text, string problem) =>
        Assert.That(NumberEncoding.TryEncode(Encoding.UTF8.GetBytes(text), new byte[NumberEncoding.MaxLength], out _).ToString(), Is.EqualTo(problem));

    [Test]
    [Observed("test_number_magnitude_not_allowed_zero of scylladb/scylladb test/alternator tells what AWS does")]
    public void Zero_is_judged_by_the_exponent_as_it_is_written() => Assert.That(Format(Encode("0.0e126")), Is.EqualTo("0"));

    [Test]
    [Observed("sizes in test/putItem.js of architect/dynalite, taken from AWS")]
    public void A_number_counts_a_byte_for_two_digits_and_one() => Assert.Multiple(() =>
    {
        Assert.That(Encode("0"), Has.Length.EqualTo(1));
        Assert.That(Encode("1" + new string('0', 125)), Has.Length.EqualTo(2));
        Assert.That(Encode("11111" + new string('0', 121)), Has.Length.EqualTo(4));
        Assert.That(Encode(new string('1', 38) + new string('0', 88)), Has.Length.EqualTo(20));
    });

    [Test]
    public void Any_number_comes_back_as_it_was()
    {
        var random = new Random(1);
        for (var i = 0; i < Rounds; i++)
        {
            var number = Next(random);
            Assert.That(Format(Encode(number.ToString())), Is.EqualTo(number.ToString()));
            Assert.That(Format(Encode($"{number.Unscaled}e{number.Exponent}")), Is.EqualTo(number.ToString()));
        }
    }

    [Test]
    public void The_order_of_the_bytes_is_the_order_of_the_numbers()
    {
        var random = new Random(2);
        for (var i = 0; i < Rounds; i++)
        {
            var (left, right) = (Next(random), i % 3 == 0 ? Near(random) : Next(random));
            if (i % 3 == 0) left = Near(random);
            Assert.That(Math.Sign(Encode(left.ToString()).AsSpan().SequenceCompareTo(Encode(right.ToString()))), Is.EqualTo(Math.Sign(left.CompareTo(right))), $"{left} and {right}");
        }
    }

    [Test]
    public void Sums_and_differences_are_exact_or_overflow()
    {
        var random = new Random(3);
        var sum = new byte[NumberEncoding.MaxLength];
        for (var i = 0; i < Rounds; i++)
        {
            var (left, right) = i % 2 == 0 ? (Near(random), Near(random)) : (Next(random), Next(random));
            var subtract = random.Next(2) == 0;
            var exact = ExactDecimal.Add(left, subtract ? right.Negated : right);
            var problem = NumberEncoding.TryAdd(Encode(left.ToString()), Encode(right.ToString()), subtract, sum, out var length);
            if (exact.Fits) Assert.That(Format(sum[..length]), Is.EqualTo(exact.ToString()), $"{left} {(subtract ? '-' : '+')} {right}");
            else Assert.That(problem, Is.Not.EqualTo(NumberProblem.None), $"{left} {(subtract ? '-' : '+')} {right}");
        }
    }

    private static byte[] Encode(string text)
    {
        var destination = new byte[NumberEncoding.MaxLength];
        var problem = NumberEncoding.TryEncode(Encoding.UTF8.GetBytes(text), destination, out var length);
        Assert.That(problem, Is.EqualTo(NumberProblem.None), text);
        return destination[..length];
    }

    private static string Format(byte[] encoded) => NumberEncoding.Format(encoded);

    /// <summary>Any number that fits.</summary>
    private static ExactDecimal Next(Random random)
    {
        var digits = random.Next(1, 39);
        var number = ExactDecimal.Of(Unscaled(random, digits), random.Next(-130, 126) - digits + 1);
        return number.Fits ? number : Next(random);
    }

    /// <summary>A number whose digits are close to those of others.</summary>
    private static ExactDecimal Near(Random random) => ExactDecimal.Of(Unscaled(random, random.Next(1, 5)), random.Next(-3, 3));

    private static BigInteger Unscaled(Random random, int digits)
    {
        var text = string.Concat(Enumerable.Range(0, digits).Select(_ => random.Next(4) == 0 ? '0' : (char)('0' + random.Next(10))));
        return BigInteger.Parse(text) * (random.Next(2) == 0 ? 1 : -1);
    }
}
