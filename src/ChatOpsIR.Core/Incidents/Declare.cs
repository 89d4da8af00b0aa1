using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Core.Incidents;

/// <summary>The words for a new incident, before it has a number.</summary>
/// <param name="Title">Null when nothing was said yet: the form asks.</param>
public sealed record Declare(Arguments Said, string? Title);
