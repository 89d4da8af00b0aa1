using System.Reflection;
using System.Runtime.ExceptionServices;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Bot.Tests.Failures;

/// <summary>What a port does instead of its work.</summary>
internal enum Trouble
{
    /// <summary>Says that it failed, and did nothing.</summary>
    Fails,

    /// <summary>Does its work and says that it failed.</summary>
    FailsAfterwards,

    /// <summary>Does not answer before the caller gives up.</summary>
    Stalls,

    /// <summary>Does not answer, and does not notice that the caller gave up.</summary>
    Hangs,

    /// <summary>Does its work after somebody else has done theirs.</summary>
    ComesSecond,
}

/// <summary>A port of the store that a test can break, call by call.</summary>
internal class Unreliable<TPort> : DispatchProxy
    where TPort : class
{
    private TPort inner = null!;

    private TimeProvider time = TimeProvider.System;

    /// <summary>What goes wrong with a call, by the method's name and arguments; null when nothing does.</summary>
    public Func<string, object?[], Trouble?> On { get; set; } = (_, _) => null;

    /// <summary>What happens before a call that <see cref="Trouble.ComesSecond"/>.</summary>
    public Func<Task> First { get; set; } = () => Task.CompletedTask;

    public TPort Port => (TPort)(object)this;

    public static Unreliable<TPort> Around(TPort inner, TimeProvider time)
    {
        var proxy = (Unreliable<TPort>)(object)Create<TPort, Unreliable<TPort>>();
        (proxy.inner, proxy.time) = (inner, time);
        return proxy;
    }

    /// <summary>Everything goes wrong in one way, or nothing does any more.</summary>
    public void Always(Trouble? trouble) => On = (_, _) => trouble;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = targetMethod!;
        if (On(method.Name, args!) is not { } trouble)
        {
            return Call(method, args);
        }

        var result = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : typeof(object);
        return typeof(Unreliable<TPort>).GetMethod(nameof(GoWrongAsync), BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(result).Invoke(this, [trouble, method, args]);
    }

    private async Task<TResult> GoWrongAsync<TResult>(Trouble trouble, MethodInfo method, object?[] args)
    {
        switch (trouble)
        {
            case Trouble.Stalls:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, (CancellationToken)args[^1]!);
                break;
            case Trouble.Hangs:
                await new TaskCompletionSource().Task;
                break;
            case Trouble.ComesSecond:
                await First();
                return await (Task<TResult>)Call(method, args)!;
            case Trouble.FailsAfterwards:
                await (Task)Call(method, args)!;
                break;
        }

        throw new StoreException("The store is down.");
    }

    private object? Call(MethodInfo method, object?[]? args)
    {
        try
        {
            return method.Invoke(inner, args);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } reason)
        {
            ExceptionDispatchInfo.Capture(reason).Throw();
            throw;
        }
    }
}
