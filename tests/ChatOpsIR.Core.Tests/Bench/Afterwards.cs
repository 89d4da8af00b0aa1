using System.Reflection;

namespace ChatOpsIR.Core.Tests.Bench;

/// <summary>A port after one of whose calls something happens.</summary>
/// <remarks>Open, because the runtime derives the stand-in from it.</remarks>
#pragma warning disable CA1852 // DispatchProxy has to derive from it.
internal class Afterwards : DispatchProxy
#pragma warning restore CA1852
{
    private object inner = null!;
    private string method = "";
    private Action happens = null!;

    public static T Around<T>(T inner, string method, Action happens)
        where T : class
    {
        var port = Create<T, Afterwards>();
        var after = (Afterwards)(object)port;
        (after.inner, after.method, after.happens) = (inner, method, happens);
        return port;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.Invoke(inner, args);
        if (targetMethod.Name == method)
        {
            ((Task)result!).GetAwaiter().GetResult();
            happens();
        }

        return result;
    }
}
