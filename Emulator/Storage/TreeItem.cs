using System.Buffers.Binary;

namespace Emulator.Storage;

/// <summary>An entry of a tree in one array, which spares two objects an entry: the length of the key, the key, the value.</summary>
internal static class TreeItem
{
    private const int KeyStart = sizeof(int);

    public static byte[] Create(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var item = GC.AllocateUninitializedArray<byte>(checked(KeyStart + key.Length + value.Length));
        BinaryPrimitives.WriteInt32LittleEndian(item, key.Length);
        key.CopyTo(item.AsSpan(KeyStart));
        value.CopyTo(item.AsSpan(KeyStart + key.Length));
        return item;
    }

    public static ReadOnlySpan<byte> Key(byte[] item) => item.AsSpan(KeyStart, KeyLength(item));

    public static ReadOnlyMemory<byte> Value(byte[] item) => item.AsMemory(KeyStart + KeyLength(item));

    public static Entry Entry(byte[] item)
    {
        var length = KeyLength(item);
        return new(item.AsMemory(KeyStart, length), item.AsMemory(KeyStart + length));
    }

    private static int KeyLength(byte[] item) => BinaryPrimitives.ReadInt32LittleEndian(item);
}
