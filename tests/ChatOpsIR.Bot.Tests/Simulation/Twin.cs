using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>A part of the bot in which one method does something else; all the others are the good part's own.</summary>
/// <remarks>Open, because the runtime derives the stand-in from it.</remarks>
#pragma warning disable CA1852 // DispatchProxy has to derive from it.
internal class Twin<T> : DispatchProxy
#pragma warning restore CA1852
    where T : class
{
    private T good = null!;
    private string method = "";
    private Func<T, object?[], object?> instead = null!;

    /// <summary>Puts the twin in the place of the good part.</summary>
    public static void Plant(IServiceCollection services, string method, Func<T, object?[], object?> instead)
    {
        var registered = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(registered);
        services.AddSingleton(provider =>
        {
            var stand = Create<T, Twin<T>>();
            var twin = (Twin<T>)(object)stand;
            (twin.method, twin.instead) = (method, instead);
            twin.good = (T)(registered.ImplementationInstance
                ?? registered.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!));
            return stand;
        });
    }

    /// <summary>As <see cref="Plant"/>, for what has to wait.</summary>
    public static void PlantAsync<TResult>(IServiceCollection services, string method, Func<T, object?[], Task<TResult>> instead) => Plant(services, method, instead);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == method
        ? instead(good, args!)
        : targetMethod.Invoke(good, BindingFlags.DoNotWrapExceptions, null, args, null);
}
