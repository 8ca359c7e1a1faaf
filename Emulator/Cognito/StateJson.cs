using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Emulator.Cognito.IdentityPools;
using Emulator.Cognito.UserPools;
using Emulator.Storage;

namespace Emulator.Cognito;

/// <summary>How records are kept in the store.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(UserPool))]
[JsonSerializable(typeof(UserPoolClient))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Group))]
[JsonSerializable(typeof(SignIn))]
[JsonSerializable(typeof(PoolKeys))]
[JsonSerializable(typeof(SecretBlock))]
[JsonSerializable(typeof(ChallengeSession))]
[JsonSerializable(typeof(IdentityPool))]
[JsonSerializable(typeof(Identity))]
internal sealed partial class CognitoStateJson : JsonSerializerContext;

/// <summary>Typed rows of the store.</summary>
internal static class Rows
{
    public static T? Find<T>(this IReader reader, Space space, ReadOnlySpan<byte> key, JsonTypeInfo<T> type) where T : class =>
        reader.TryGet(space, key, out var value) ? Read(value, type) : null;

    public static T Read<T>(ReadOnlyMemory<byte> value, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(value.Span, type) ?? throw new InvalidOperationException($"A row of {typeof(T).Name} is null.");

    public static void Put<T>(this IWriteTransaction write, Space space, byte[] key, T row, JsonTypeInfo<T> type) =>
        write.Put(space, key, JsonSerializer.SerializeToUtf8Bytes(row, type));
}
