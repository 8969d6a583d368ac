using System.Collections.Immutable;
using QSplit.Manifests;

namespace QSplit.Notices;

/// <summary>Tells those who want to hear of one run, beside the work. Nothing that goes wrong with it concerns the run: it is a line to read.</summary>
/// <param name="wanted">Who wants to hear what.</param>
/// <param name="send">Tells one of them; gives why it could not, as the rest of a sentence.</param>
/// <param name="say">Given each line of trouble.</param>
internal sealed class Notifier(
    IEnumerable<Notification> wanted, Func<Recipient, Notice, CancellationToken, Task<string?>> send, Action<string> say, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _enough = new();
    private readonly ImmutableArray<(Notification Who, int Place)> _wanted = [.. wanted.Select((who, place) => (who, place))];
    private readonly Dictionary<int, Task> _last = [];
    private bool _stands;

    /// <summary>Whether the beginning of the run was told.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the outcome of the run was told.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Tells something: the start once, of each standstill once, and how it ended once. Does not wait.</summary>
    public void Notify(Notice notice)
    {
        lock (_gate)
        {
            if (HasEnded || (notice.Event == NotifyOn.Start && HasBegun) || (notice.Event == NotifyOn.Stalled && _stands)) return;
            HasBegun |= notice.Event == NotifyOn.Start;
            HasEnded |= notice.Event is NotifyOn.End or NotifyOn.Failure;
            _stands |= notice.Event == NotifyOn.Stalled;
            // One after another for each: what happened first is heard first.
            foreach (var (who, place) in _wanted.Where(w => w.Who.On.Contains(notice.Event))) _last[place] = SendAsync(_last.GetValueOrDefault(place, Task.CompletedTask), who.To, notice);
        }
    }

    /// <summary>Something got across: whatever comes now is another standstill.</summary>
    public void Moves()
    {
        lock (_gate) _stands = false;
    }

    /// <summary>Waits until all was told, for so long at most; then says of whom that is not known.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        Task all;
        lock (_gate) all = Task.WhenAll(_last.Values);
        if (await Task.WhenAny(all, Task.Delay(patience, time, CancellationToken.None)) != all) await _enough.CancelAsync();
        await all;
    }

    public void Dispose() => _enough.Dispose();

    private async Task SendAsync(Task before, Recipient to, Notice notice)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var (why, name) = ("was not waited for any longer", to switch { Recipient.Webhook hook => $"the webhook at {hook.Host}", Recipient.Program program => Path.GetFileName(program.Line[0]), _ => "" });
        try
        {
            if (!_enough.IsCancellationRequested) why = await send(to, notice, _enough.Token);
        }
        catch (OperationCanceledException)
        {
            // Of what was thrown nothing is repeated: an address may be in its words.
        }
        catch (Exception e)
        {
            why = $"failed ({e.GetType().Name})";
        }
        if (why is not null) say($"{notice.Migration}: nobody may have heard of '{notice.Event.ToString().ToLowerInvariant()}': {name} {why}. The migration is not concerned.");
    }
}
