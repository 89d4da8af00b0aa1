namespace ChatOpsIR.Bot.Tests.Simulation.Tables;

/// <summary>The part of the service's filter language that the store uses: comparisons of the two keys, all of which must hold.</summary>
internal sealed class RowFilter
{
    private readonly List<(string Key, string Operator, string Value)> terms;

    private RowFilter(List<(string, string, string)> terms) => this.terms = terms;

    public static RowFilter Parse(string filter) => new([.. filter.Split(" and ").Select(Term)]);

    public bool LetsPartition(string key) => Lets("PartitionKey", key);

    public bool LetsRow(string key) => Lets("RowKey", key);

    private static (string Key, string Operator, string Value) Term(string text) => text.Split(' ', 3) switch
    {
        [("PartitionKey" or "RowKey") and var key, ("eq" or "ge" or "gt" or "le" or "lt") and var compare, ['\'', .. var value, '\'']] =>
            (key, compare, value.Replace("''", "'", StringComparison.Ordinal)),
        _ => throw new NotSupportedException($"The simulated tables do not know the filter “{text}”."),
    };

    private bool Lets(string key, string value)
    {
        foreach (var term in terms)
        {
            if (term.Key == key && !Holds(string.CompareOrdinal(value, term.Value), term.Operator))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Holds(int order, string compare) => compare switch
    {
        "eq" => order == 0,
        "ge" => order >= 0,
        "gt" => order > 0,
        "le" => order <= 0,
        _ => order < 0,
    };
}
