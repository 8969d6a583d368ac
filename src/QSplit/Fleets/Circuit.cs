namespace QSplit.Fleets;

/// <summary>How a host is.</summary>
internal enum Health
{
    /// <summary>It gets work.</summary>
    Well,

    /// <summary>It gets nothing until it is probed.</summary>
    SetAside,

    /// <summary>It is being probed.</summary>
    Probed,

    /// <summary>A probe found it well: one attempt is to show it.</summary>
    Trial,
}

/// <summary>Whether a host gets work, from how its attempts and its probes went.</summary>
/// <param name="Why">What was wrong with it last; null when it is well or was never looked at.</param>
/// <param name="Due">When it is probed next, where it is set aside.</param>
/// <param name="Failures">In a row.</param>
/// <param name="Times">How often it was set aside without a success in between.</param>
/// <param name="IsTold">Whether it was told that it is set aside.</param>
internal sealed record Circuit(Health Health, string? Why, DateTimeOffset Due, int Failures, int Times, bool IsTold)
{
    /// <summary>Failures in a row, of any of its slots, that set a host aside.</summary>
    public const int MostFailures = 3;

    /// <summary>Whether it is set aside because its rsyncs fail at once: it comes back when the work turns out to be to blame.</summary>
    public bool IsDoubted { get; init; }

    public static readonly Circuit Closed = new(Health.Well, null, default, 0, 0, false);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    /// <summary>Of a host that was never looked at.</summary>
    public static Circuit Unseen(DateTimeOffset now) => Closed with { Health = Health.SetAside, Due = now };

    /// <summary>Of a host that is to be looked at as if it were new.</summary>
    public Circuit Forget(DateTimeOffset now) => Unseen(now) with { Health = Health == Health.Probed ? Health.Probed : Health.SetAside, IsTold = IsTold };

    public bool GetsWork => Health is Health.Well or Health.Trial;

    /// <summary>After an attempt that showed that the host can work.</summary>
    public Circuit AfterSuccess() => Health is Health.Trial or Health.Well ? Closed with { IsTold = IsTold } : this with { Failures = 0, Times = 0 };

    /// <summary>After an attempt that failed by the host or the network.</summary>
    public Circuit AfterFailure(string why, DateTimeOffset now) => Health switch
    {
        Health.Well when Failures + 1 < MostFailures => this with { Failures = Failures + 1 },
        Health.Well or Health.Trial => SetAside(why, now),
        // It was begun before the host was set aside, and tells nothing new.
        _ => this,
    };

    /// <summary>After an attempt that showed that the host cannot do any work as it is.</summary>
    public Circuit AfterUnfit(string why, DateTimeOffset now) => GetsWork ? SetAside(why, now) : this;

    /// <summary>After failures that other hosts do not have, as far as that is known.</summary>
    public Circuit AfterDoubt(string why, DateTimeOffset now) => GetsWork ? SetAside(why, now) with { IsDoubted = true } : this;

    /// <summary>After work turned out to be to blame for a failure.</summary>
    /// <param name="isCleared">Whether no other failures keep the host set aside.</param>
    public Circuit Acquit(bool isCleared) =>
        IsDoubted && isCleared ? Closed with { IsTold = IsTold } : this with { Failures = Math.Max(0, Failures - 1) };

    public Circuit Probe() => this with { Health = Health.Probed };

    public Circuit AfterProbe(string? whyNot, DateTimeOffset now) =>
        Health != Health.Probed ? this : whyNot is null ? this with { Health = Health.Trial } : SetAside(whyNot, now);

    public Circuit SetAside(string why, DateTimeOffset now)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(Times, 10));
        return this with { Health = Health.SetAside, Why = why, Due = now + (pause < LongestPause ? pause : LongestPause), Failures = 0, Times = Times + 1, IsDoubted = false };
    }
}
