using System.Reflection;
using Emulator.Lambda.Functions;
using Emulator.Lambda.Invocations;

namespace Emulator.Lambda.DotNet;

/// <summary>How a handler's event is read and its result written: by the serializer that its assembly or method names, else by System.Text.Json.</summary>
/// <remarks>Amazon.Lambda.Core is known by name only: each function brings its own copy.</remarks>
internal abstract class HandlerSerializer
{
    private const string AttributeName = "Amazon.Lambda.Core.LambdaSerializerAttribute";
    private const string InterfaceName = "Amazon.Lambda.Core.ILambdaSerializer";

    public static HandlerSerializer Of(MethodInfo method, FunctionJson json)
    {
        var attribute = Find(method.GetCustomAttributes(inherit: false)) ?? Find(method.Module.Assembly.GetCustomAttributes(inherit: false));
        return attribute is null ? new JsonSerializer(json) : new NamedSerializer(attribute);
    }

    public abstract Func<ReadOnlyMemory<byte>, object?> Reader(Type type);

    public abstract Func<object?, ReadOnlyMemory<byte>> Writer(Type type);

    private static object? Find(object[] attributes) => attributes.FirstOrDefault(attribute => attribute.GetType().FullName == AttributeName);

    private sealed class JsonSerializer(FunctionJson json) : HandlerSerializer
    {
        public override Func<ReadOnlyMemory<byte>, object?> Reader(Type type) => payload => json.Read(payload, type);

        public override Func<object?, ReadOnlyMemory<byte>> Writer(Type type) => value => json.Write(value, type);
    }

    private sealed class NamedSerializer : HandlerSerializer
    {
        private readonly object _serializer;
        private readonly MethodInfo _deserialize;
        private readonly MethodInfo _serialize;

        public NamedSerializer(object attribute)
        {
            var type = attribute.GetType().GetProperty("SerializerType")?.GetValue(attribute) as Type
                ?? throw FunctionUnavailableException.Invalid($"The 'SerializerType' property on attribute class '{AttributeName}' is not set.");
            if (type.GetConstructor(Type.EmptyTypes) is not { } constructor) throw FunctionUnavailableException.Invalid($"The indicated serializer '{type.FullName}' does not define a public zero-parameter constructor.");
            var contract = type.GetInterfaces().FirstOrDefault(candidate => candidate.FullName == InterfaceName)
                ?? throw FunctionUnavailableException.Invalid($"The '{type.FullName}' class is invalid: it does not implement the 'ILambdaSerializer' interface.");
            _serializer = constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null);
            (_deserialize, _serialize) = (contract.GetMethod("Deserialize")!, contract.GetMethod("Serialize")!);
        }

        public override Func<ReadOnlyMemory<byte>, object?> Reader(Type type)
        {
            var method = MethodInvoker.Create(_deserialize.MakeGenericMethod(type));
            return payload => method.Invoke(_serializer, FunctionJson.Open(payload));
        }

        public override Func<object?, ReadOnlyMemory<byte>> Writer(Type type)
        {
            var method = MethodInvoker.Create(_serialize.MakeGenericMethod(type));
            return value =>
            {
                using var answer = new MemoryStream();
                method.Invoke(_serializer, value, answer);
                return answer.ToArray();
            };
        }
    }
}
