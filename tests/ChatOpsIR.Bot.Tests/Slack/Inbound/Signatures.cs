using System.Globalization;
using System.Text.Json;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

public class A_signature
{
    public static TheoryData<string> Vectors => [.. Read().Select(vector => vector.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void is_accepted_exactly_when_it_is_genuine(string id)
    {
        var vector = Read().Single(candidate => candidate.GetProperty("id").GetString() == id);
        var request = new SlackHttpRequest(
            "application/json",
            vector.GetProperty("timestamp_header").GetString(),
            vector.GetProperty("signature_header").GetString(),
            vector.GetProperty("body_base64").GetBytesFromBase64());
        var now = DateTimeOffset.FromUnixTimeSeconds(vector.GetProperty("now").GetInt64());

        Assert.Equal(vector.GetProperty("accept").GetBoolean(), SlackSignature.IsGenuine(request, now, vector.GetProperty("secret").GetString()));
    }

    [Fact]
    public void by_the_previous_secret_is_accepted_while_the_new_one_is_rolled_out()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(56);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new SlackHttpRequest(null, timestamp, SlackSignature.Sign("old", timestamp, "x"u8), "x"u8.ToArray());

        Assert.True(SlackSignature.IsGenuine(request, now, "new", "old"));
        Assert.False(SlackSignature.IsGenuine(request, now, "new", null));
    }

    [Fact]
    public void that_is_missing_is_no_signature()
    {
        Assert.False(SlackSignature.IsGenuine(new SlackHttpRequest(null, null, null, default), DateTimeOffset.UnixEpoch, "secret"));
    }

    private static JsonElement[] Read() =>
        JsonDocument.Parse(SlackFiles.Read("signing-vectors.json")).RootElement.GetProperty("vectors").EnumerateArray().ToArray();
}
