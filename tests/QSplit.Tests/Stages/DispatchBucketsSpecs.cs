using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Preflights;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Stages;
using QSplit.Testing;

namespace QSplit.Tests.Stages;

/// <summary>The dispatcher's loop when something goes wrong that no plan has foreseen.</summary>
public sealed class DispatchBucketsSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _mark = $"7{Random.Shared.Next(10_000, 99_999)}";

    [Fact(Timeout = HangLimit)]
    public async Task A_bug_in_an_attempt_is_thrown_and_not_waited_for_forever()
    {
        using var session = Session(new NoView(), options: default);

        await Should.ThrowAsync<NullReferenceException>(() => DispatchBuckets.RunAsync(session, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Whatever_is_thrown_no_attempt_goes_on_behind_it()
    {
        using var session = Session(new NoView { Throws = true }, options: []);

        await Should.ThrowAsync<InvalidOperationException>(() => DispatchBuckets.RunAsync(session, TestContext.Current.CancellationToken));

        ProcessTable.Count($"^sleep {_mark}$").ShouldBe(0);
    }

    public void Dispose() => _folder.Dispose();

    // Bucket 1 is done when bucket 2 has begun, and that one takes as long as it may.
    private RunSession Session(IRunView view, ImmutableArray<string> options)
    {
        var rsync = Path.Combine(_folder.MakeDirectory("bin"), "rsync");
        File.WriteAllText(rsync, $"""
            #!/bin/sh
            cd '{_folder.Path}'
            if grep -qz tree-2; then : >began; exec sleep {_mark}; fi
            while ! [ -e began ]; do sleep 0.05; done
            """);
        Tool.Read("chmod", "+x", rsync);
        foreach (var tree in (string[])["tree-1", "tree-2"]) _folder.MakeDirectory($"source/{tree}");

        var plan = SmallPlan.Of(2, 1);
        var host = new Host("here", true, 2, null, null, null, null);
        var migration = new Migration(
            "music", new MigrationSource.Mounted(_folder["source"]), new Mounts(_folder["source"], _folder["target"]), ["here"], new Buckets.Auto(), BalanceBy.Cost, options, [], null);
        var job = new Job(new Manifest(1, _folder["migrations.yml"], _folder.Path, [], [host], [migration]), migration, [host], true, false, "./build.sh --target=Migrate", new MigrationRequest("migrations.yml", [], null, [], false));
        var time = TimeProvider.System;
        var environment = DummyProgram.Environment.SetItem("PATH", $"{_folder["bin"]}:{DummyProgram.Environment["PATH"]}");
        var around = World.Of(_folder.Path, view, time, environment);
        return new RunSession(new Planned(job, plan, "music/202611221730"), SmallPlan.Begun(plan), new CheckedFleet(new FleetFinding([]), _ => throw new InvalidOperationException()), RunStore.Open(job.Folders.Store, time), around);
    }

    private sealed class NoView : IRunView, IRunDisplay
    {
        public bool Throws { get; init; }

        public void Say(string line)
        {
        }

        public IRunDisplay Show(Plan plan, Func<ProgressSnapshot> now) => this;

        public void Conclude(RunSummary summary)
        {
        }

        public void Happened(RunEvent happened)
        {
            if (Throws && happened is RunEvent.AttemptEnded) throw new InvalidOperationException("a bug in a view");
        }

        public void Dispose()
        {
        }
    }
}
