using ChatOpsIR.Core.Ports;
using ChatOpsIR.Slack.Inbound;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Names at start what the installed app lacks, rather than in the middle of an incident.</summary>
internal sealed class ScopesAtStart(
    SlackApi api, ISlackTalk talk, IOptions<SlackOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ScopesAtStart> log)
    : BackgroundService
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);

    private static readonly (string Scope, string Without)[] Needed =
    [
        ("commands", "nobody can type /incident"),
        ("chat:write", "the bot cannot post"),
        ("channels:manage", "no war room can be opened"),
        ("groups:write", "no private war room can be opened"),
        ("channels:read", "war rooms cannot be found again after a failure"),
        ("groups:read", "private war rooms cannot be found again after a failure"),
        ("channels:history", "what is said in war rooms is not recorded"),
        ("groups:history", "what is said in private war rooms is not recorded"),
        ("im:write", "nobody can be told anything in person"),
        ("users:read", "guests cannot be told from members"),
        ("users:read.email", "nobody's e-mail address is known"),
        ("reactions:read", "reactions are not recorded"),
        ("pins:read", "pins are not recorded"),
        ("pins:write", "the card is not pinned"),
        ("files:read", "files are not recorded"),
        ("app_mentions:read", "the bot does not hear its name"),
    ];

    /// <summary>One sentence for each scope that is missing.</summary>
    public static IEnumerable<string> Missing(string granted)
    {
        var has = granted.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        return Needed.Where(needed => !has.Contains(needed.Scope))
            .Select(needed => $"The Slack app lacks the scope {needed.Scope}, so {needed.Without}: add it to the app and install the app again.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.BotToken))
        {
            return;
        }

        await StartedAsync(stoppingToken);
        for (var failures = 0; !await TryAskAsync(failures, stoppingToken); failures++)
        {
            await Task.Delay(AskAgainAfter, time, stoppingToken);
        }

        foreach (var sentence in Missing(api.GrantedScopes ?? string.Join(',', Needed.Select(needed => needed.Scope))))
        {
            log.LogWarning("{Sentence}", sentence);
        }
    }

    // The playground's workspace is served by this very process, and answers no sooner than the process itself.
    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellationToken);
    }

    // False while Slack cannot be reached; one that refuses the token has nothing more to say.
    private async Task<bool> TryAskAsync(int failures, CancellationToken cancellationToken)
    {
        try
        {
            await talk.WhoAmIAsync(cancellationToken);
            if (failures > 0)
            {
                log.LogInformation("Slack answers the bot, after {Failures} attempts that failed.", failures);
            }

            return true;
        }
        catch (ChatRefusedException refused)
        {
            log.LogError("Slack does not let the bot in ({Code}). {Explanation}", refused.Code, refused.Explanation);
            return true;
        }
        catch (ChatException problem)
        {
            if (failures == 0)
            {
                log.LogWarning("Slack does not tell the bot who it is, so no command can be answered: {Reason} It is asked again every {Every} seconds.", problem.Message, AskAgainAfter.TotalSeconds);
            }

            return false;
        }
    }
}
