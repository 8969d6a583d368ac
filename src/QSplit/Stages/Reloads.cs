using System.Threading.Channels;

namespace QSplit.Stages;

/// <summary>Wishes that the manifest be read again while a run goes on (SIGHUP). A wish that comes when nobody waits is kept; several are one.</summary>
public sealed class Reloads
{
    private readonly Channel<bool> _wishes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Asks for it.</summary>
    public void Ask() => _wishes.Writer.TryWrite(true);

    /// <summary>Waits until it is asked for.</summary>
    internal Task WaitAsync(CancellationToken cancellationToken) => _wishes.Reader.ReadAsync(cancellationToken).AsTask();
}
