using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Playground;

/// <summary>Hosts a playground: inside the bot for a demo, or as its own process for tests.</summary>
public static class PlaygroundRegistration
{
    /// <exception cref="OptionsValidationException">Outside Development: the act-as switch lets everybody be anybody.</exception>
    public static IServiceCollection AddPlayground(
        this IServiceCollection services, IHostEnvironment environment, Action<PlaygroundOptions>? configure = null)
    {
        if (!environment.IsDevelopment())
        {
            throw new OptionsValidationException(PlaygroundOptions.Section, typeof(PlaygroundOptions),
            [
                $"The playground runs in Development only, and this is {environment.EnvironmentName}: whoever opens its page can act as anybody. "
                + "Set ASPNETCORE_ENVIRONMENT=Development, or configure Slack.",
            ]);
        }

        var options = services.AddOptions<PlaygroundOptions>().BindConfiguration(PlaygroundOptions.Section);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(PlaygroundOptions.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { MaxAutomaticRedirections = 2, UseCookies = false, UseProxy = false });
        services.AddScoped<HtmlRenderer>();
        services.TryAddSingleton(Open);
        services.AddSingleton<BotConnection>();
        services.AddSingleton<TroubledLine>();
        services.AddSingleton<DeliveryService>();
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryService>());
        return services;
    }

    public static IEndpointConventionBuilder MapPlayground(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("");
        group.AddEndpointFilter(LoopbackGuard.Check);
        WebApiEndpoints.Map(group);
        ControlEndpoints.Map(group);
        ChaosEndpoints.Map(group);
        PageEndpoints.Map(group);
        FileEndpoints.Map(group);
        return group;
    }

    private static Workspace Open(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<PlaygroundOptions>>().Value;
        var journal = string.IsNullOrWhiteSpace(options.StatePath) ? null : new SqliteJournal(options.StatePath);
        var clock = services.GetRequiredService<TimeProvider>();
        var workspace = new Workspace(options.ToSettings(), clock, journal);
        CatchUp(clock, workspace.LastMoment);
        return workspace;
    }

    // Whoever pushed the clock before a restart finds it no earlier than what was said by then, or the record would run backwards.
    private static void CatchUp(TimeProvider clock, DateTimeOffset last)
    {
        if (clock is IAdvanceable pushed && last - clock.GetUtcNow() is { Ticks: > 0 } behind)
        {
            pushed.Advance(behind);
        }
    }
}
