using System.Security.Cryptography;
using ChatOpsIR.Storage.Tables;

namespace ChatOpsIR.Bot.Tests.Storage.Tables;

/// <summary>Records in the emulator: each of an organisation of its own, so that none sees another.</summary>
internal static class Accounts
{
    public static async Task<TableStorage> NewAsync(Azurite azurite, TimeProvider time, Troubles? troubles = null) =>
        TableStorage.Open(await SettingsAsync(azurite, time) with { Transport = troubles });

    public static async Task<TableSettings> SettingsAsync(Azurite azurite, TimeProvider time) =>
        new($"acme-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}") { ConnectionString = await azurite.ConnectionStringAsync(), Time = time };
}
