using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatOpsIR.Benchmarks.Load;

/// <summary>
/// One kept connection that carries one request at a time. It knows just enough HTTP for an answer with a content length, and for Bolt's
/// empty one in chunks: a full client would use more of its core than the servers under test.
/// </summary>
internal sealed class PostLine(Uri server) : IDisposable
{
    private readonly byte[] answer = new byte[16 * 1024];
    private Socket? socket;

    /// <summary>Sends a request and gives the status of the answer; 0 when the connection broke.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        try
        {
            socket ??= await ConnectAsync();
            for (var sent = 0; sent < request.Length;)
            {
                sent += await socket.SendAsync(request[sent..], SocketFlags.None);
            }

            return await ReadAsync(socket);
        }
        catch (SocketException)
        {
            Break();
            return 0;
        }
    }

    public void Dispose() => socket?.Dispose();

    private async ValueTask<int> ReadAsync(Socket from)
    {
        var length = 0;
        while (true)
        {
            var read = await from.ReceiveAsync(answer.AsMemory(length), SocketFlags.None);
            if (read == 0)
            {
                Break();
                return 0;
            }

            length += read;
            if (IsWhole(answer.AsSpan(0, length), out var closes))
            {
                var status = int.Parse(answer.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
                if (closes)
                {
                    Break();
                }

                return status;
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes, out bool closes)
    {
        closes = false;
        if (bytes.IndexOf("\r\n\r\n"u8) is not (var end and >= 0))
        {
            return false;
        }

        var head = Encoding.ASCII.GetString(bytes[..end]);
        closes = head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase);
        var body = bytes[(end + 4)..];
        if (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            return body.EndsWith("0\r\n\r\n"u8);
        }

        const string Length = "Content-Length: ";
        if (head.IndexOf(Length, StringComparison.OrdinalIgnoreCase) is not (var at and >= 0))
        {
            // None of the servers sends a body without saying how long it is.
            return true;
        }

        var value = head.AsSpan(at + Length.Length);
        var line = value.IndexOf('\r');
        return body.Length >= int.Parse(line < 0 ? value : value[..line], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private async ValueTask<Socket> ConnectAsync()
    {
        var fresh = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await fresh.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        return fresh;
    }

    private void Break()
    {
        socket?.Dispose();
        socket = null;
    }
}
