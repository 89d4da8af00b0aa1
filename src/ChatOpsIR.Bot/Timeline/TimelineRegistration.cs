using ChatOpsIR.Core;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Bot.Timeline;

internal static class TimelineRegistration
{
    /// <summary>Links to the page, which the answer in chat gives out.</summary>
    public static IServiceCollection AddTimelineLinks(this IServiceCollection services)
    {
        services.AddOptions<PagesOptions>().BindConfiguration(PagesOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PersonalLinks>();
        services.AddSingleton<ITimelineLinks>(provider => provider.GetRequiredService<PersonalLinks>());
        services.AddSingleton<TimelineAnswers>();
        return services;
    }

    /// <summary>The page itself.</summary>
    public static IServiceCollection AddTimelinePage(this IServiceCollection services)
    {
        services.AddSingleton<PageNames>();
        services.AddSingleton<Admission>();
        services.AddSingleton<Casts>();
        services.AddSingleton<Seals>();
        services.AddSingleton<AskedChecks>();
        services.AddKeyedSingleton(LiveTimeline.Turnstile, new Turnstile(LiveTimeline.MostOfOne, LiveTimeline.MostOfAll));
        services.AddScoped<Drawing>();
        services.AddScoped<TimelinePage>();
        services.AddScoped<LiveTimeline>();
        services.PostConfigure<LoggerFilterOptions>(KeepLinksOutOfLogs);
        return services;
    }

    // The server logs the address of each request, and a link's address lets whoever reads it in. No setting may turn that on.
    private static void KeepLinksOutOfLogs(LoggerFilterOptions logging)
    {
        foreach (var provider in logging.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
        {
            logging.Rules.Add(new LoggerFilterRule(provider, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning, filter: null));
        }
    }
}
