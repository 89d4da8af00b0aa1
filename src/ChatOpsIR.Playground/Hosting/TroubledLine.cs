namespace ChatOpsIR.Playground;

/// <summary>The line to the bot with the troubles that are switched on.</summary>
internal sealed class TroubledLine(BotConnection bot, Workspace workspace, TimeProvider clock)
{
    private Chaos Chaos => workspace.Chaos;

    public EventFate FateOf(Delivery happened) => Chaos.FateOf(happened);

    /// <summary>Until a late event may go, or until everything is calm again.</summary>
    public async Task WaitAsync(EventFate fate, CancellationToken ct)
    {
        var calmed = Chaos.Calmed;
        var left = fate.Happened + fate.Late - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.WhenAny(Task.Delay(left, clock, ct), calmed);
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Something that a person waits for: tried once, never doubled, late or out of order.</summary>
    public async Task<Attempt> PostOnceAsync(Delivery delivery, CancellationToken ct)
    {
        if (Chaos.IsDisconnected)
        {
            return Missed(delivery);
        }

        return await bot.PostAsync(delivery, 0, null, ct);
    }

    public async Task<Attempt> PostAsync(Delivery happened, EventFate fate, int retry, Attempt? last, CancellationToken ct)
    {
        if (Chaos.IsDisconnected)
        {
            return Missed(happened);
        }

        Chaos.Reaches(happened, fate, again: last is { AnswerLost: true });
        var attempt = await bot.PostAsync(happened, retry, last?.Reason, ct);
        // To Slack a lost answer looks as if none had come in time.
        return attempt.Answer.Good && retry < fate.LostAnswers ? new Attempt(BotAnswer.Nothing, "http_timeout", false, AnswerLost: true) : attempt;
    }

    public void Settles(Delivery happened, Attempt last) => Chaos.Settles(happened, last.Answer.Good);

    private Attempt Missed(Delivery delivery)
    {
        Chaos.Misses(delivery);
        return new Attempt(new BotAnswer(null, null, []), "connection_failed", false);
    }
}
