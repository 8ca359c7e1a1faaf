using System.Security.Cryptography;
using Emulator.S3.Encryption;
using NUnit.Framework;

namespace Emulator.Tests.S3.Encryption;

[Source("https://doi.org/10.6028/NIST.SP.800-38A")]
internal sealed class BodyCipherTests
{
    private static readonly byte[] Key = SHA256.HashData("a key"u8);

    [Test]
    public void Each_block_is_masked_by_its_encrypted_number()
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        using var cipher = new BodyCipher(Key);
        var bytes = new byte[50_000];
        cipher.Apply(bytes, 0);
        foreach (var block in new[] { 0, 1, 255, 256, 1024, 3000 })
        {
            byte[] counter = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(block >> 8), (byte)block];
            Assert.That(bytes.AsSpan(block * 16, 16).SequenceEqual(aes.EncryptEcb(counter, PaddingMode.None)), Is.True, $"{block}");
        }
    }

    [Test]
    public void Any_range_is_decrypted_alone()
    {
        var random = new Random(3);
        var plain = new byte[70_000];
        random.NextBytes(plain);
        using var cipher = new BodyCipher(Key);
        var encrypted = (byte[])plain.Clone();
        cipher.Apply(encrypted, 0);
        for (var i = 0; i < 200; i++)
        {
            var from = random.Next(plain.Length);
            var range = encrypted.AsSpan(from, random.Next(plain.Length - from)).ToArray();
            cipher.Apply(range, from);
            Assert.That(range.AsSpan().SequenceEqual(plain.AsSpan(from, range.Length)), Is.True, $"{from}+{range.Length}");
        }
    }
}
