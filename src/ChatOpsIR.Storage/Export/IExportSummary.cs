using System.Text.Json;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Export;

/// <summary>What the entries of an export come to, for whoever knows the rules that this project does not know.</summary>
public interface IExportSummary
{
    /// <summary>The next entry, in order, up to the one at which the export tells of its incident. Messages do not come.</summary>
    void Take(Entry entry);

    /// <summary>What the export tells otherwise than its entries do; null when nothing.</summary>
    /// <param name="told">What the export tells of its incident. Its id and its head are compared already.</param>
    string? Wrong(JsonElement told);
}
