using System.Reflection;
using System.Runtime.ExceptionServices;

namespace ChatOpsIR.Core.Tests.Bench;

/// <summary>Ends a process at one of the calls it makes to the outside: before the call is made, or after. What it still does then reaches nothing.</summary>
internal sealed class Fuse(int lastsFor, bool endsAfterwards)
{
    private int calls;

    /// <summary>What ends the process.</summary>
    public Action Blow { get; set; } = () => { };

    public bool IsBlown { get; private set; }

    public T Around<T>(T inner)
        where T : class
    {
        var port = DispatchProxy.Create<T, Port>();
        ((Port)(object)port).Connect(this, inner);
        return port;
    }

    private object? Call(MethodInfo method, object inner, object?[]? arguments)
    {
        var isLast = !IsBlown && typeof(Task).IsAssignableFrom(method.ReturnType) && ++calls == lastsFor;
        if (IsBlown || (isLast && !endsAfterwards))
        {
            return End(isLast);
        }

        var result = method.Invoke(inner, arguments);
        if (isLast)
        {
            ((Task)result!).GetAwaiter().GetResult();
            return End(isLast);
        }

        return result;
    }

    private object? End(bool isLast)
    {
        IsBlown = true;
        if (isLast)
        {
            Blow();
        }

        throw new OperationCanceledException("The process is gone.");
    }

    internal class Port : DispatchProxy
    {
        private Fuse fuse = null!;
        private object inner = null!;

        public void Connect(Fuse connected, object port) => (fuse, inner) = (connected, port);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            try
            {
                return fuse.Call(targetMethod!, inner, args);
            }
            catch (TargetInvocationException failure) when (failure.InnerException is { } reason)
            {
                ExceptionDispatchInfo.Capture(reason).Throw();
                throw;
            }
        }
    }
}
