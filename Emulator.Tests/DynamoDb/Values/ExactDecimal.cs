using System.Numerics;

namespace Emulator.Tests.DynamoDb.Values;

/// <summary>A decimal of any size, as naive as can be: what DynamoDB's numbers are compared with.</summary>
internal readonly record struct ExactDecimal(BigInteger Unscaled, int Exponent)
{
    /// <summary>Digits without the zeros at the end, and the power of ten of the last.</summary>
    public static ExactDecimal Of(BigInteger unscaled, int exponent)
    {
        if (unscaled.IsZero) return new(0, 0);
        while (unscaled % 10 == 0)
        {
            unscaled /= 10;
            exponent++;
        }
        return new(unscaled, exponent);
    }

    public int Digits => BigInteger.Abs(Unscaled).ToString().Length;

    /// <summary>The power of ten of the first digit.</summary>
    public int Magnitude => Unscaled.IsZero ? 0 : Exponent + Digits - 1;

    public bool Fits => Digits <= 38 && Magnitude is >= -130 and <= 125;

    public static ExactDecimal Add(ExactDecimal left, ExactDecimal right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        return Of(left.Shifted(exponent) + right.Shifted(exponent), exponent);
    }

    public ExactDecimal Negated => new(-Unscaled, Exponent);

    public int CompareTo(ExactDecimal other)
    {
        var exponent = Math.Min(Exponent, other.Exponent);
        return Shifted(exponent).CompareTo(other.Shifted(exponent));
    }

    /// <summary>Plain decimal text.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString();
        var sign = Unscaled.Sign < 0 ? "-" : "";
        if (Exponent >= 0) return sign + digits + (Unscaled.IsZero ? "" : new string('0', Exponent));
        if (digits.Length <= -Exponent) return $"{sign}0.{new string('0', -Exponent - digits.Length)}{digits}";
        return $"{sign}{digits[..^-Exponent]}.{digits[^-Exponent..]}";
    }

    private BigInteger Shifted(int exponent) => Unscaled * BigInteger.Pow(10, Exponent - exponent);
}
