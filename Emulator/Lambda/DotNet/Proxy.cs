using System.Reflection;

namespace Emulator.Lambda.DotNet;

/// <summary>An object of any interface, whose members a function answers.</summary>
internal class Proxy : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = static (_, _) => null;

    public static object Make(Type type, Func<MethodInfo, object?[], object?> answer)
    {
        var proxy = Create(type, typeof(Proxy));
        ((Proxy)proxy)._answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}
