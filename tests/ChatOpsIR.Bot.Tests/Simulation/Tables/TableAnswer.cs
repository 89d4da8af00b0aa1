using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace ChatOpsIR.Bot.Tests.Simulation.Tables;

/// <summary>An answer of the service: its status, and the tag of the row that was written.</summary>
internal sealed class TableAnswer(int status, ETag tag) : Response
{
    public override int Status => status;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => TryGetHeader("ETag", out var value) ? [new HttpHeader("ETag", value)] : [];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = name == "ETag" && tag != default ? tag.ToString() : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
