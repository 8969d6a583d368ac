using System.Collections.Immutable;

namespace QSplit.Fleets;

/// <summary>How a piece of work that failed in this session is to be tried again.</summary>
/// <param name="Partials">Attempts that left some entries behind: the first is followed by a retry of those entries, the second is reported.</param>
/// <param name="Transients">Failures of the host or the network in a row.</param>
/// <param name="Losses">Attempts whose connection went.</param>
/// <param name="NotBefore">When it may be tried again; null when it is given up for this session.</param>
/// <param name="FailedOn">Where it failed: another host is better.</param>
internal sealed record Retry(int Partials, int Transients, int Losses, DateTimeOffset? NotBefore, AvoidedHosts FailedOn)
{
    /// <summary>How it failed last, by host.</summary>
    public ImmutableDictionary<string, Fault> Faults { get; init; } = ImmutableDictionary<string, Fault>.Empty;

    /// <summary>Failures of the host or the network in a row before a piece of work is given up for this session.</summary>
    public const int MostTries = 5;

    /// <summary>Lost connections before a piece of work is given up for this session. A long outage loses many, and none is the fault of the work.</summary>
    public const int MostLosses = 20;

    /// <summary>Attempts in which rsync gave up at an entry, before a piece of work is given up for this session.</summary>
    public const int MostGivenUp = 20;

    public static readonly Retry None = new(0, 0, 0, DateTimeOffset.MinValue, AvoidedHosts.None);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    public Retry With(string host, Fault fault) => this with { Faults = Faults.SetItem(host, fault) };

    /// <summary>After a failure that is taken for the host's own: it is none of the attempts that the work has.</summary>
    public Retry AfterDoubt(string host, DateTimeOffset now) => this with { NotBefore = now, FailedOn = FailedOn.Add(host) };

    /// <summary>Counts earlier failures of that kind, which were taken for the fault of a host.</summary>
    public Retry CountDoubts(string key)
    {
        var doubted = Faults.Where(fault => fault.Value.Key == key && !fault.Value.IsCounted).ToList();
        var partials = doubted.Count(fault => fault.Value.IsPartial);
        return this with
        {
            Partials = Partials + partials,
            Transients = Transients + doubted.Count - partials,
            Faults = Faults.SetItems(doubted.Select(fault => KeyValuePair.Create(fault.Key, fault.Value with { IsCounted = true }))),
        };
    }

    /// <param name="gaveUp">Whether rsync gave up at an entry that the next attempt leaves out: then there are others to find.</param>
    /// <param name="isInVain">Whether the same host would find the same.</param>
    public Retry AfterPartial(string? host, DateTimeOffset now, bool gaveUp = false, bool isInVain = false) => this with
    {
        Partials = Partials + 1,
        Transients = 0,
        NotBefore = !isInVain && (Partials == 0 || (gaveUp && Partials < MostGivenUp)) ? now : null,
        FailedOn = gaveUp ? FailedOn : FailedOn.Add(host),
    };

    public Retry AfterTransient(string? host, DateTimeOffset now) => this with
    {
        Transients = Transients + 1,
        NotBefore = Transients + 1 < MostTries ? now + (FirstPause * Math.Pow(2, Transients)) : null,
        FailedOn = FailedOn.Add(host),
    };

    public Retry AfterLoss(string? host, DateTimeOffset now) =>
        this with { Losses = Losses + 1, NotBefore = Losses + 1 < MostLosses ? now : null, FailedOn = FailedOn.Add(host) };
}
