using ChatOpsIR.Bot.Reminders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot.Tests.Reminders;

public sealed class Choosing_where_Hangfire_keeps_its_jobs
{
    [Theory]
    [InlineData("PostgreSql", null, "Hangfire__ConnectionString is not set")]
    [InlineData("PostgreSql", "Database=chatopsir;Password=hush", "names no host")]
    [InlineData("PostgreSql", "hush", "is not made of pairs")]
    [InlineData("PostgreSql", "postgres://me:hush@db/chatopsir?sslmode=require", "is not made of pairs")]
    [InlineData("PostgreSql", "Host=db;Pasword=hush", "has “pasword”")]
    [InlineData("PostgreSql", "Host=db;Password=hush;Port=many", "has a value for “port” that it cannot have")]
    [InlineData(null, "Host=db;Password=hush", "Set Hangfire__Storage=PostgreSql")]
    [InlineData("InMemory", "Host=db;Password=hush", "or remove Hangfire__ConnectionString")]
    public void by_halves_is_refused_in_a_sentence_that_keeps_the_password(string? storage, string? connection, string sentence)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read(storage, connection));

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("InMemory", null)]
    [InlineData("PostgreSql", "Host=db.example.com;Database=chatopsir;Username=chatopsir;Password=hush")]
    public void in_full_is_accepted(string? storage, string? connection) => Read(storage, connection);

    private static void Read(string? storage, string? connection)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new("Hangfire:Storage", storage), new("Hangfire:ConnectionString", connection)]).Build());
        services.AddReminders();
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }
}
