using System.Numerics;
using Emulator.Cognito.UserPools;
using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

internal sealed class SrpTests
{
    [Test]
    [Source("https://www.rfc-editor.org/rfc/rfc3526#section-4")]
    public void The_prime_is_that_of_the_RFC()
    {
        // 2^3072 - 2^3008 - 1 + 2^64 * ([2^2942 pi] + 1690314)
        var pi = Pi(2942 + 128) >> 128;
        var prime = BigInteger.Pow(2, 3072) - BigInteger.Pow(2, 3008) - 1 + (BigInteger.Pow(2, 64) * (pi + 1690314));
        Assert.That(Srp.N, Is.EqualTo(prime));
        Assert.That(SrpClient.N, Is.EqualTo(prime));
    }

    [TestCase("00")]
    [TestCase("")]
    [TestCase("xyz")]
    [TestCase("-5")]
    [Source("https://www.rfc-editor.org/rfc/rfc5054#section-2.5.4")]
    public void What_is_no_public_key_is_refused(string hex) => Assert.That(Srp.ParsePublicKey(hex), Is.Null);

    [TestCase(1)]
    [TestCase(2)]
    [Source("https://www.rfc-editor.org/rfc/rfc5054#section-2.5.4")]
    public void A_multiple_of_the_prime_is_no_public_key(int times) =>
        Assert.That(Srp.ParsePublicKey((Srp.N * times).ToString("x").TrimStart('0')), Is.Null);

    [Test]
    public void A_padded_public_key_is_read()
    {
        Assert.That(Srp.ParsePublicKey("00" + new string('f', 8)), Is.EqualTo(new BigInteger(0xffffffff)));
        Assert.That(Srp.ParsePublicKey(new string('1', 2000)), Is.Null);
    }

    [Test]
    public void Numbers_are_padded_to_the_shortest_twos_complement()
    {
        Assert.That(Srp.Pad(0x7f), Is.EqualTo(new byte[] { 0x7f }));
        Assert.That(Srp.Pad(0x80), Is.EqualTo(new byte[] { 0x00, 0x80 }));
        Assert.That(Srp.Pad(0x123), Is.EqualTo(new byte[] { 0x01, 0x23 }));
    }

    /// <summary>[pi * 2^bits], by Machin's formula.</summary>
    private static BigInteger Pi(int bits)
    {
        var unity = BigInteger.One << (bits + 32);
        return (4 * ((4 * ArcTan(5)) - ArcTan(239))) >> 32;

        BigInteger ArcTan(int x)
        {
            BigInteger term = unity / x, sum = term;
            for (var n = 3; !term.IsZero; n += 2)
            {
                term /= -x * x;
                sum += term / n;
            }
            return sum;
        }
    }
}
