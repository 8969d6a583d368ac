using System.Collections.Immutable;
using QSplit.Reports;
using QSplit.Transfers;
using QSplit.Verifications;

namespace QSplit.Testing.Reports;

/// <summary>Reports as they come about in practice, of each kind and in each state; the same on every machine.</summary>
public static class SampleReport
{
    public static readonly DateTimeOffset Began = new(2026, 11, 22, 21, 4, 17, 250, TimeSpan.Zero);

    private const string Command = "./build.sh --target=Migrate --migration=studio";

    public static ReportDocument Plan(SampleShape? shape = null)
    {
        var plan = Planned(shape ?? new());
        return Document(ReportKind.Plan, Status(plan, null, RunStanding.None, "no run yet", Began, [], $"To begin: {Command}"), plan, null);
    }

    /// <summary>In the midst of it.</summary>
    public static ReportDocument Running() => Begun(new(Until: 0.55), RunStanding.Running, "running, by process 4711 on controller");

    /// <summary>It came to a halt with buckets that failed, and two that were cut off.</summary>
    public static ReportDocument Failed() => Begun(new(), RunStanding.Stopped, "stopped: 4 buckets are left");

    public static ReportDocument Finished(SampleShape? shape = null) => Begun(shape ?? new(IsLucky: true), RunStanding.Finished, "finished");

    /// <summary>The fifth pass over a tree that changes less and less.</summary>
    public static ReportDocument Synced() => Finished(new(Buckets: 24, IsLucky: true)) with
    {
        Passes = [.. Enumerable.Range(0, 5).Select(n => new ReportPass($"studio/20261122210{n}", Began.AddDays(7 * (n - 4)), 400_000 / (1 + (n * n * 9)), 3_000_000 / (1 + (n * 40)), 90_000_000_000_000 / (1 + (n * 300)), 3_100_000 / (1 + (n * 41)), n * 117))],
        CutoverSeconds = 2_900,
    };

    /// <summary>A cutover whose verification found some of each kind, which somebody accepted; signed off.</summary>
    public static ReportDocument CutOver()
    {
        var (verified, id) = (Verified(), "studio/202611222200-cutover");
        string[] names = ["freeze", "preflight", "last pass", "links", "deletes", "seal", "verify", "sign-off"];
        return verified with
        {
            Kind = ReportKind.Cutover,
            Status = verified.Status with { Run = id, Words = "signed off", Next = "Migration studio is cut over and signed off." },
            Passes = Synced().Passes,
            Cutover = new(
                id,
                Began,
                [.. names.Select((name, n) => new CutoverItem(name, (CutoverStanding)(2 - (n % 7 / 5)), $"What came of step {n}, told at some length: 1,204,118 entries in 14 min 02 s; run studio/20261122220{n}", n > 1 ? $"studio/20261122220{n}" : null))],
                new string('a', 64),
                "ED25519 key SHA256:0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
                [new("3 missing on the target, 74 only on the target", "studio/202611222207", "caches that are made anew by the render farm each night", "Ada Byron <ada@example.com>", Began.AddHours(9))]),
        };
    }

    public static ReportDocument DryRun()
    {
        var done = Finished(new(Buckets: 24, IsLucky: true));
        var run = done.Run! with { MovedBytes = 0, Files = 0, Created = 0, Throughput = [], Attempts = [.. done.Run.Attempts.Select(attempt => attempt with { MovedBytes = 0, Files = 0 })] };
        return Document(ReportKind.DryRun, done.Status with { Next = $"To begin: {Command}", BytesDone = null }, done.Plan, run) with { Preview = Preview() };
    }

    /// <summary>A verification that found some of each kind.</summary>
    public static ReportDocument Verified()
    {
        var done = DryRun();
        var kinds = Enum.GetValues<DifferenceKind>().Select((kind, i) => new Found(kind, 3 + (i * i * 71), [.. Enumerable.Range(1, Math.Min(10, 3 + i)).Select(n => $"./reels/reel-{n:00}/take {n * 7}.wav")]));
        var buckets = done.Plan.Buckets.Select(bucket => new ReportBucketCheck(
            bucket.Number,
            bucket.Entries,
            bucket.Entries * 9 / 10,
            bucket.LogicalBytes,
            bucket.Number % 5,
            new(bucket.Entries + 2, bucket.Entries, 2, 0),
            [new($"{bucket.Number}.md5.gz", bucket.Entries * 9 / 10, bucket.LogicalBytes, new string("0123456789abcdef"[bucket.Number % 16], 64))]));
        var all = buckets.Append(new ReportBucketCheck(null, 40, 12, 5_000_000, 0, new(42, 40, 0, 2), [])).ToImmutableArray();
        return done with
        {
            Kind = ReportKind.Verification,
            Preview = null,
            Status = done.Status with { Next = "Source and target differ." },
            Verification = new(
                "studio/202611222104",
                "checksum",
                0.02,
                "7",
                all.Sum(b => b.Entries),
                all.Sum(b => b.Files),
                all.Sum(b => b.Bytes),
                [.. kinds],
                new(all.Sum(b => b.Balance.Planned), all.Sum(b => b.Entries), all.Sum(b => b.Balance.NotCompared), 2),
                ["3 directories left out by name, first ./reels/.snapshot", "ACLs, extended attributes"],
                all),
        };
    }

    private static ReportDocument Begun(SampleShape shape, RunStanding state, string words)
    {
        var plan = Planned(shape);
        var attempts = new SampleSchedule(shape, [.. plan.Buckets.Select(bucket => bucket.Bytes)], Began).Attempts();
        var last = attempts.Max(attempt => attempt.Ended!.Value);
        var now = Began + ((last - Began) * shape.Until);
        attempts = [.. attempts.Where(attempt => attempt.Began < now).Select(attempt => attempt.Ended <= now ? attempt : attempt with { Ended = null, Outcome = "running", Reason = null, MovedBytes = attempt.MovedBytes / 3, Files = attempt.Files / 3 })];
        if (!shape.IsLucky && state == RunStanding.Stopped)
            attempts = [.. attempts[..^2], attempts[^2] with { Outcome = "interrupted", Reason = "interrupted" }, attempts[^1] with { Ended = null, Outcome = "lost", Reason = "its controller died" }];
        plan = plan with { Buckets = [.. plan.Buckets.Select(bucket => Tried(bucket, [.. attempts.Where(attempt => attempt.Bucket == bucket.Number)]))] };
        var run = Run(shape, attempts, now);
        var next = state switch { RunStanding.Running => null, RunStanding.Finished => "All is done.", _ => $"To go on: {Command}" };
        return Document(ReportKind.Run, Status(plan, run, state, words, now, attempts, next), plan, run);
    }

    private static ReportDocument Document(ReportKind kind, RunStatus status, ReportPlan plan, ReportRun? run) => new(
        ReportDocument.CurrentSchema,
        kind,
        status.At.AddSeconds(1),
        "QSplit 0.1.0",
        status,
        new("migrations.yml", "9f2c5e0b7d1a4c38e6f7089b1d2c3a4e5f60718293a4b5c6d7e8f9012a3b4c5d", "/mnt/studio", "/mnt/new/studio", "--acls --xattrs; left out: .snapshot* .zfs .ckpt", "studio.example.com:/studio at snapshot 4711_qsplit"),
        plan,
        run,
        null);

    private static ReportPlan Planned(SampleShape shape)
    {
        var directories = SampleTree.Directories(shape.Directories);
        var root = directories[0];
        var random = new Random(3);
        var shares = Enumerable.Range(0, shape.Buckets).Select(_ => 1 + (0.012 * random.NextDouble())).OrderDescending().ToArray();
        var entries = Enumerable.Range(0, shape.Buckets).Select(_ => Math.Pow(random.NextDouble(), 3) + 0.02).ToArray();
        var buckets = shares.Select((share, i) =>
        {
            var bytes = (long)(root.Bytes * share / shares.Sum());
            return new ReportBucket(i + 1, $"qsync_202611222104_bucket{i + 1}.txt", bytes, (long)(bytes * 1.02), (long)(root.Entries * entries[i] / entries.Sum()), 3 + (i % 40), bytes / 150e6, bytes / 150e6, "left", 0, 0, 0, 0, 0, null);
        }).ToImmutableArray();
        return new(
            "sha256:4be1f0c27a9d83e5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3",
            "202611222104",
            "studio.example.com:/studio",
            "4711_qsplit",
            root.Bytes,
            root.LogicalBytes,
            root.Entries,
            "seconds",
            buckets.Max(bucket => bucket.Weight),
            buckets.Average(bucket => bucket.Weight),
            buckets.Sum(bucket => bucket.Weight) / shape.Buckets,
            root.Bytes / 150e6 / (shape.Hosts * shape.Slots),
            buckets,
            212,
            directories,
            SampleTree.LargestFiles,
            [
                new("leftOut", "./.snapshot", "Left out: leftOut has .snapshot*."),
                new("hardLinks", ".", "3,120 names share an inode with others: they become copies unless --hard-links is among the options."),
                new("unreadable", "./home/chen/.cache/private", "Permission denied: its contents are not in the plan. Let root read it and plan anew."),
            ]);
    }

    private static ReportBucket Tried(ReportBucket bucket, ReportAttempt[] attempts)
    {
        if (attempts.Length == 0) return bucket;
        var last = attempts[^1];
        return bucket with
        {
            State = last.Outcome switch { "succeeded" => "done", "running" => "running", "interrupted" or "lost" => "left", _ => "failed" },
            Attempts = attempts.Length,
            Files = attempts.Sum(attempt => attempt.Files),
            MovedBytes = attempts.Sum(attempt => attempt.MovedBytes),
            Created = attempts.Sum(attempt => attempt.Files) * 9 / 8,
            Seconds = attempts.Where(attempt => attempt.Ended is not null).Sum(attempt => (attempt.Ended!.Value - attempt.Began).TotalSeconds),
            Reason = last.Reason,
        };
    }

    private static ReportRun Run(SampleShape shape, ImmutableArray<ReportAttempt> attempts, DateTimeOffset now)
    {
        var hosts = Enumerable.Range(1, shape.Hosts).Select(host => (Name: $"dtn{host}", Attempts: attempts.Where(attempt => attempt.Host == $"dtn{host}").ToArray()));
        return new(
            Began,
            now,
            attempts.Sum(attempt => attempt.Files),
            attempts.Sum(attempt => attempt.MovedBytes),
            attempts.Sum(attempt => attempt.Files) * 9 / 8,
            17,
            [.. hosts.Select(host => new ReportHost(
                host.Name,
                shape.Slots,
                host.Name == "dtn2" ? "rsync 3.2.7" : "rsync 3.4.1",
                host.Attempts.Length,
                host.Attempts.Count(attempt => attempt.Reason is not null),
                host.Attempts.Sum(attempt => attempt.MovedBytes),
                host.Attempts.Sum(attempt => ((attempt.Ended ?? now) - attempt.Began).TotalSeconds),
                host.Name == "dtn3" ? 2 : 0)).OrderBy(host => host.Name, StringComparer.Ordinal)],
            attempts,
            Throughput(attempts, now));
    }

    private static ImmutableArray<ReportRate> Throughput(ImmutableArray<ReportAttempt> attempts, DateTimeOffset now)
    {
        const int Steps = 120;
        var step = (now - Began).TotalSeconds / Steps;
        var moved = new double[Steps];
        foreach (var attempt in attempts)
        {
            var (begin, end) = ((attempt.Began - Began).TotalSeconds, ((attempt.Ended ?? now) - Began).TotalSeconds);
            for (var i = (int)(begin / step); i < Steps && i * step < end; i++)
                moved[i] += attempt.MovedBytes * (Math.Min(end, (i + 1) * step) - Math.Max(begin, i * step)) / Math.Max(1e-9, end - begin);
        }
        return [.. moved.Select((bytes, i) => new ReportRate(Began.AddSeconds(i * step), step, bytes / step))];
    }

    private static RunStatus Status(ReportPlan plan, ReportRun? run, RunStanding state, string words, DateTimeOffset at, ImmutableArray<ReportAttempt> attempts, string? next)
    {
        var isRunning = state == RunStanding.Running;
        var done = plan.Buckets.Where(bucket => bucket.State == "done").ToArray();
        var failed = plan.Buckets.Where(bucket => bucket.State == "failed").ToArray();
        var total = plan.Buckets.Sum(bucket => bucket.Bytes);
        var across = done.Sum(bucket => bucket.Bytes);
        return new(
            "studio",
            run is null ? null : "studio/202611222104",
            state,
            words,
            at,
            isRunning ? "process 4711 on controller" : null,
            isRunning ? at : null,
            run is null ? null : across,
            run is null ? null : total,
            isRunning ? 2.31e9 : null,
            isRunning ? (total - across) / 2.31e9 : null,
            run is null ? new(0, 0, 0, 0, 0) : new(plan.Buckets.Length, done.Length, attempts.Count(attempt => attempt.Outcome == "running"), failed.Length, plan.Buckets.Length - done.Length),
            [],
            isRunning ? [new("dtn3", 4, 0, "3 attempts failed in a row: Connection timed out", at.AddSeconds(90), false), new("dtn4", 4, 4, null, null, true)] : [],
            [.. failed.Select(bucket => new StatusFailure($"bucket {bucket.Number}", bucket.Number, bucket.Attempts, bucket.Reason!, $"/srv/migrations/artifacts/runs/studio/202611222104/logs/{bucket.Number}.{bucket.Attempts}.log"))],
            next);
    }

    private static ReportPreview Preview()
    {
        ImmutableArray<PreviewPart> parts =
        [
            new(".", ChangeKind.Create, 3, 3, 18_400, ["./README.txt", "./LICENSES.txt", "./.quota"]),
            new("./archive", ChangeKind.Create, 9_712, 9_520, 8_210_334_000_000, ["./archive/2019/", "./archive/2019/tapes/", "./archive/2019/tapes/LTO-0112.tar", "./archive/2019/tapes/LTO-0115.tar"]),
            new("./archive", ChangeKind.Attributes, 71_000, 0, 0, ["./archive/2021/"]),
            new("./home", ChangeKind.Create, 1_902, 1_877, 41_000_000_000, ["./home/chen/notes 2026.txt", "./home/émilie/شعار.psd"]),
            new("./home", ChangeKind.Update, 311, 311, 2_050_000_000, ["./home/anna/.bash_history"]),
            new("./home", ChangeKind.Delete, 58, 0, 0, ["./home/farah/old.zip", "./home/farah/old (1).zip"]),
            new("./projects", ChangeKind.Create, 1_204_000, 1_180_000, 9_800_000_000_000, ["./projects/2024/seq-010/plates/scan_01_v3.mov"]),
            new("./projects", ChangeKind.Update, 17, 17, 880_000_000, ["./projects/2023/the long way home/edit.prproj"]),
            new("./software", ChangeKind.Attributes, 1_900_000, 0, 0, ["./software/bin/maya"]),
        ];
        long Sum(ChangeKind kind) => parts.Where(part => part.Kind == kind).Sum(part => part.Entries);
        return new(
            true, Sum(ChangeKind.Create), Sum(ChangeKind.Update), Sum(ChangeKind.Attributes), Sum(ChangeKind.Delete), parts.Sum(part => part.Files), parts.Sum(part => part.Bytes), parts,
            [.. Enumerable.Range(1, 24).Select(i => new ReportBucketPreview(i, 50_000 + i, 13, 82_000, i % 5, 49_000, 752_000_000_000 + i)), new(null, 11, 0, 212, 0, 3, 18_400)]);
    }
}
