using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ChatOpsIR.Bot.Tests;

/// <summary>
/// Ports on loopback for servers that are told theirs before they start, and perhaps start again on it. They lie below the range that
/// systems give to outgoing connections, one of which could take the port while its server is down; and no two tests get the same.
/// </summary>
internal static class LoopbackPort
{
    private const int First = 12_000;
    private const int AfterLast = 32_000;
    private static readonly ConcurrentDictionary<int, bool> Given = [];

    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, AfterLast);
            if (Given.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
