using System.Globalization;
using ChatOpsIR.Benchmarks.Floors;
using ChatOpsIR.Benchmarks.Load;
using ChatOpsIR.Benchmarks.Record;
using ChatOpsIR.Benchmarks.Servers;
using ChatOpsIR.Bot;
using ChatOpsIR.Bot.Tests;
using ChatOpsIR.Playground;
using ChatOpsIR.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Benchmarks;

/// <summary>
/// What an incident costs: the bot and the workspace in this process, on a clock that is pushed through the hours, and every operation of
/// the store counted. On Azure Tables an operation is one request or a few; those are counted as well.
/// </summary>
internal static class Operating
{
    private const int Messages = 1_000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static async Task RunAsync(Plan plan)
    {
        await using var bench = await Bench.StartAsync(plan.Store);
        await bench.PassAsync(TimeSpan.FromMinutes(2));
        var nothing = await bench.CountAsync(() => bench.PassAsync(Hour));
        await bench.TypesAsync("/incident declare Lights out in hall two sev:3");
        await bench.PassAsync(TimeSpan.FromMinutes(2));
        var idle = await bench.CountAsync(() => bench.PassAsync(Hour));
        var room = bench.Room;
        var mail = new SlackMail(FloorServer.Secret, bench.Mara, bench.Time);
        await bench.SayAsync(mail.Messages(100, [room]));
        await bench.PassAsync(TimeSpan.FromMinutes(1));
        var before = bench.Bytes;
        var busy = await bench.CountAsync(() => bench.SayAsync(mail.Messages(Messages, [room])));
        var grown = bench.Bytes - before;

        var store = bench.Store.Name;
        Table.Row("A round of the reconciler, every half minute, of a bot without an incident", store, nothing.OfARound.ToString(), "–", "", null);
        Table.Row("What one idle incident (SEV3) adds to a round, in its mean over an hour", store, idle.OfARound.Without(nothing.OfARound).ToString(), "–", "", null);
        var writes = busy.Writes / Messages;
        var reads = busy.Operations.Where(one => !IsWrite(one.Key)).Sum(one => one.Value);
        Table.Row(
            Table.Text($"One message event at a time, {Messages} of them: writes and reads of each"), store,
            Table.Text($"{writes:0.000} writes, {reads / Messages:0.000} reads ({busy})"), "–", "≤ 1.05 writes, no reads", writes <= 1.05 && reads == 0);
        Table.Row(
            Table.Text($"Growth with {Messages} messages of {mail.Message(room).Request.Length} bytes each"), store,
            Table.Text($"{(double)grown / 1_000_000:0.00} MB {(bench.Store.Azurite is null ? "in the file" : "sent, in bodies of requests")}"), "–", "", null);
    }

    private static bool IsWrite(string operation) => !operation.StartsWith("read", StringComparison.Ordinal) &&
        !operation.StartsWith("find", StringComparison.Ordinal) && !operation.StartsWith("list", StringComparison.Ordinal) && !operation.StartsWith("current", StringComparison.Ordinal);

    /// <param name="Requests">Of Azure Tables; 0 on SQLite.</param>
    private sealed record Cost(Dictionary<string, double> Operations, double Requests)
    {
        private const double Least = 0.05;

        public double Writes => Operations.Where(one => IsWrite(one.Key)).Sum(one => one.Value);

        /// <summary>The mean of the reconciler's rounds, each of which asks once what is due.</summary>
        public Cost OfARound => new(Operations.ToDictionary(one => one.Key, one => one.Value / Operations["list due"]), Requests / Operations["list due"]);

        public Cost Without(Cost other) => new(
            Operations.Select(one => (one.Key, Value: one.Value - other.Operations.GetValueOrDefault(one.Key))).Where(one => one.Value != 0).ToDictionary(one => one.Key, one => one.Value),
            Requests - other.Requests);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Operations.Values.Sum():0.#} operations{(Requests == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" = {Requests:0.#} requests"))}: ") +
            string.Join(", ", Operations.Where(one => one.Value >= Least).OrderByDescending(one => one.Value).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value:0.#} × {one.Key}")));
    }

    /// <summary>The bot and its workspace on one clock.</summary>
    private sealed class Bench : IAsyncDisposable
    {
        private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
        private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(1);
        private readonly StoreOperations operations = new();
        private readonly Counted counted = new();
        private readonly Uri address = new($"http://127.0.0.1:{LoopbackPort.Next()}");
        private readonly AdjustableTimeProvider time = new();
        private readonly WebApplication workspace;
        private WebApplication? bot;

        private Bench(Store store)
        {
            Store = store;
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddPlayground(builder.Environment, options =>
            {
                options.RateLimits = false;
                options.BotUrl = address.ToString();
            });
            workspace = builder.Build();
            workspace.MapPlayground();
        }

        public Store Store { get; }

        public TimeProvider Time => time;

        public string Mara => People.Look().Person("mara")!.Id;

        public string Room => People.Look().Channels.First(channel => channel.Name.StartsWith("inc-1-", StringComparison.Ordinal)).Id;

        /// <summary>Of the database file, or sent to Azure Tables.</summary>
        public long Bytes
        {
            get
            {
                if (Store.Azurite is not null)
                {
                    return counted.Sent;
                }

                using var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Store.Path};Pooling=False");
                database.Open();
                using var command = database.CreateCommand();
                command.CommandText = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
                return (long)command.ExecuteScalar()!;
            }
        }

        private Dictionary<string, double> Operations => operations.ByName.ToDictionary(one => one.Key, one => (double)one.Value);

        private Workspace People => workspace.Services.GetRequiredService<Workspace>();

        public static async Task<Bench> StartAsync(StorageProvider kind)
        {
            var bench = new Bench(await Store.NewAsync(kind));
            try
            {
                await bench.workspace.StartAsync();
                bench.bot = bench.Bot();
                await bench.bot.StartAsync();
                return bench;
            }
            catch
            {
                await bench.DisposeAsync();
                throw;
            }
        }

        /// <summary>The clock goes on, with enough time for what each moment sets going.</summary>
        public async Task PassAsync(TimeSpan span)
        {
            for (var passed = TimeSpan.Zero; passed < span; passed += Step)
            {
                var count = operations.Count;
                time.Advance(Step);
                await Task.Delay(Breath, TimeProvider.System);
                await SettleAsync(count);
            }
        }

        /// <summary>Each letter when the last was answered.</summary>
        public async Task SayAsync(Letter[] letters)
        {
            (await Loop.ClosedAsync(address, letters, 1)).All(200);
            await SettleAsync(0);
        }

        public async Task<Cost> CountAsync(Func<Task> work)
        {
            var before = new Cost(Operations, counted.Requests);
            await work();
            return new Cost(Operations, counted.Requests).Without(before);
        }

        public async Task TypesAsync(string text)
        {
            using var http = new HttpClient();
            using var answer = await http.PostAsync(
                new Uri($"{workspace.Urls.First()}/playground/api/act"),
                new StringContent($$"""{"as":"mara","do":"command","channel":"incidents","text":"{{text}}"}""", null, "application/json"));
            answer.EnsureSuccessStatusCode();
        }

        public async ValueTask DisposeAsync()
        {
            if (bot is { } running)
            {
                await running.StopAsync();
                await running.DisposeAsync();
            }

            await workspace.StopAsync();
            await workspace.DisposeAsync();
            operations.Dispose();
            counted.Dispose();
            await Store.DisposeAsync();
        }

        // Where something began, it is over when nothing new has begun for a while.
        private async Task SettleAsync(long before)
        {
            var quiet = 0;
            for (var last = before; quiet < 12 && (quiet > 0 || operations.Count != before || operations.IsBusy);)
            {
                var now = operations.Count;
                quiet = now == last && !operations.IsBusy ? quiet + 1 : 1;
                last = now;
                await Task.Delay(Breath, TimeProvider.System);
            }
        }

        private WebApplication Bot()
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
            builder.WebHost.UseUrls(address.ToString());
            builder.Logging.ClearProviders();
            var settings = Store.Settings;
            settings["Slack__SigningSecret"] = FloorServer.Secret;
            settings["Slack__BotToken"] = "xoxb-playground";
            settings["Slack__ApiBaseUrl"] = $"{workspace.Urls.First()}/playground/slack/api/";
            settings["Slack__AnnounceChannel"] = "incidents";

            // The hours that are pushed past are not those of the account's clock.
            settings["Storage__ClockTolerance"] = TimeSpan.FromDays(365).ToString("c");
            builder.Configuration.AddInMemoryCollection(settings.Select(one => new KeyValuePair<string, string?>(one.Key.Replace("__", ":", StringComparison.Ordinal), one.Value)));
            builder.Services.AddSingleton<TimeProvider>(time);
            if (Store.Azurite is { } azurite)
            {
                builder.Services.AddSingleton(_ => Opening.Open(StorageProvider.AzureTables, azurite.ConnectionString, counted, time));
            }

            return BotHost.Build(builder);
        }
    }
}
