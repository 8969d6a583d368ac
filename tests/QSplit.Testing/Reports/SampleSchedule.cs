using System.Collections.Immutable;
using QSplit.Reports;

namespace QSplit.Testing.Reports;

/// <summary>Plays a run through: the heaviest bucket goes to the first free slot, every tenth attempt fails, one host is set aside for a while.</summary>
internal sealed class SampleSchedule(SampleShape shape, ImmutableArray<long> bytes, DateTimeOffset began)
{
    /// <summary>Logical bytes a second of one slot.</summary>
    private const double Rate = 160e6;

    private readonly PriorityQueue<(int Host, int Slot), (double, int)> _free = new();
    private readonly Dictionary<int, int> _tries = [];
    private readonly Random _random = new(7);

    /// <summary>All attempts, by when they began; none of them knows yet that the story may be told only in part.</summary>
    public ImmutableArray<ReportAttempt> Attempts()
    {
        var attempts = new List<ReportAttempt> { Pass("open", 0, 4) };
        var work = new Queue<int>(Enumerable.Range(1, bytes.Length));
        for (var host = 1; host <= shape.Hosts; host++)
            for (var slot = 1; slot <= shape.Slots; slot++) _free.Enqueue((host, slot), (4 + _random.NextDouble(), (host * 100) + slot));
        var end = 0.0;
        while (work.TryDequeue(out var bucket) && _free.TryDequeue(out var place, out var at))
        {
            var (attempt, seconds) = Attempt(bucket, place, at.Item1);
            attempts.Add(attempt);
            end = Math.Max(end, at.Item1 + seconds);
            var isAside = place.Host == 3 && attempt.Outcome == "transient";
            _free.Enqueue(place, (at.Item1 + seconds + (isAside ? 900 : 0.3), at.Item2));
            if (attempt.Outcome != "succeeded" && attempt.Attempt < 3) work.Enqueue(bucket);
        }
        if (shape.IsLucky) attempts.Add(Pass("seal", end + 1, 9));
        return [.. attempts.OrderBy(attempt => attempt.Began)];
    }

    private (ReportAttempt Attempt, double Seconds) Attempt(int bucket, (int Host, int Slot) place, double at)
    {
        var number = _tries[bucket] = _tries.GetValueOrDefault(bucket) + 1;
        var whole = bytes[bucket - 1] / (Rate * (0.8 + (0.1 * (place.Host % 4)) + (0.25 * _random.NextDouble())));
        var (outcome, reason, share) = Outcome(bucket, number, place.Host, at);
        var seconds = whole * share / (number > 1 ? 2 : 1);
        var moved = (long)(bytes[bucket - 1] * share * 1.01 / (number > 1 ? 2 : 1));
        return (new($"bucket {bucket}", bucket, number, $"dtn{place.Host}", place.Slot, began.AddSeconds(at), began.AddSeconds(at + seconds), outcome, reason, moved / 3_000_000, moved), seconds);
    }

    private (string Outcome, string? Reason, double Share) Outcome(int bucket, int number, int host, double at)
    {
        if (!shape.IsLucky && bucket % 16 == 7) return ("partial", "4 entries could not be copied (4 unknown), first ./projects/2024/seq-040/.lock (Permission denied)", 1);
        if (host == 3 && at is > 900 and < 1500) return ("transient", "ssh: connect to host dtn3.example.com port 22: Connection timed out", 0.25);
        return number == 1 && (bucket * 7) % 10 == 3 ? ("transient", "rsync exited 12 (error in rsync protocol data stream)", 0.2 + (0.7 * _random.NextDouble())) : ("succeeded", null, 1);
    }

    private ReportAttempt Pass(string work, double at, double seconds) =>
        new(work, null, 1, "dtn1", 1, began.AddSeconds(at), began.AddSeconds(at + seconds), "succeeded", null, 0, 0);
}
