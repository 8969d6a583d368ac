using QSplit.Manifests;
using QSplit.Runs;
using QSplit.Testing;

namespace QSplit.Tests.Stages;

/// <summary>What a verification found is mended, exactly that, and what is deleted was found before and is no more than was allowed.</summary>
public sealed class RepairSpecs : IDisposable
{
    private readonly VerifiedSite _site = new();

    public void Dispose() => _site.Dispose();

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_was_spoilt_is_as_on_the_source_again(int seed)
    {
        var random = new Random(seed);
        TreeMaker.Make(_site["source"], new(seed, 150, 400_000, FilesPerDirectory: 5));
        _site.WriteManifest(1 + (seed * 3));
        await _site.MigrateAsync();
        var done = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_site["target"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) _site.Spoil(file, random, done);
        // Whole directories are gone or have other attributes, and some are in the place of a file and the other way round.
        var directories = Directory.EnumerateDirectories(_site["target"], "*", SearchOption.AllDirectories).OrderDescending(StringComparer.Ordinal).ToList();
        Directory.Delete(directories[0], recursive: true);
        Tool.Read("chmod", "0700", directories[^1]);
        var files = Directory.EnumerateFiles(_site["target"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        File.Delete(files[0]);
        Directory.CreateDirectory(Path.Combine(files[0], "in the way"));
        await _site.VerifyAsync();

        var repaired = await _site.RepairAsync();

        repaired.Run.IsFinished.ShouldBeTrue(repaired.HowToGoOn);
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
        (await _site.VerifyAsync()).Run.Checked.Found.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_does_not_differ_is_left_alone()
    {
        for (var i = 0; i < 20; i++) _site.AddFile($"d{i / 5}/f{i}", 50_000);
        _site.WriteManifest(4);
        await _site.MigrateAsync();
        VerifiedSite.Flip(_site["target/d1/f7"]);
        VerifiedSite.Keeping(_site["target/d2"], () => File.WriteAllText(_site["target/d2/stranger"], ""));
        await _site.VerifyAsync();
        var before = _site.Listing();

        var repaired = await _site.RepairAsync();

        (repaired.Run.Moved.Files, repaired.Run.Moved.Deleted).ShouldBe((1, 1));
        var changed = before.Split('\n').Except(_site.Listing().Split('\n')).Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal);
        // The first is the target itself, in which preflight made something for a moment.
        changed.ShouldBe(["", "d1", "d1/f7", "d2", "d2/stranger"]);
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task More_is_only_on_the_target_than_may_be_deleted()
    {
        for (var i = 0; i < 20; i++) _site.AddFile($"d{i / 5}/f{i}", 1000);
        _site.WriteManifest(4, "deleteLimit: 3");
        await _site.MigrateAsync();
        Directory.CreateDirectory(_site["target/d0/strange/a/b"]);
        File.WriteAllText(_site["target/d3/stranger"], "");
        await _site.VerifyAsync();

        var why = await _site.WhyNotRepairAsync<ManifestException>();

        why.ShouldContain("4 entries are only on the target, and 'deleteLimit: 3' lets 3 be deleted");
        why.ShouldContain("./d0/strange, ./d3/stranger");
        Directory.Exists(_site["target/d0/strange/a/b"]).ShouldBeTrue();
        _site.WriteManifest(4, "deleteLimit: 4");
        (await _site.RepairAsync()).Run.Moved.Deleted.ShouldBe(4);
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_came_to_the_source_or_to_the_target_since_the_verification_is_not_deleted()
    {
        for (var i = 0; i < 20; i++) _site.AddFile($"d{i / 5}/f{i}", 1000);
        _site.WriteManifest(4);
        await _site.MigrateAsync();
        foreach (var name in new[] { "d0/one", "d0/two" }) File.WriteAllText(_site[$"target/{name}"], "only here");
        await _site.VerifyAsync();
        File.WriteAllText(_site["source/d0/one"], "here too");
        File.WriteAllText(_site["target/d1/three"], "came later");

        await _site.RepairAsync();

        File.ReadAllText(_site["target/d0/one"]).ShouldBe("only here");
        File.Exists(_site["target/d0/two"]).ShouldBeFalse();
        File.Exists(_site["target/d1/three"]).ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_repair_that_was_interrupted_deletes_nothing_before_all_is_across_and_goes_on()
    {
        for (var i = 0; i < 20; i++)
        {
            _site.AddFile($"d{i}/f{i}", 100_000);
            for (var n = 0; n < 3; n++) _site.AddFile($"d{i}/stays{n}", 10_000);
        }
        _site.WriteManifest(6, "options: [--bwlimit=1m]", slots: 1);
        await _site.MigrateAsync();
        for (var i = 0; i < 20; i++) VerifiedSite.Keeping(_site[$"target/d{i}"], () => File.Delete(_site[$"target/d{i}/f{i}"]));
        File.WriteAllText(_site["target/d0/stranger"], "");
        await _site.VerifyAsync();
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<OperationCanceledException>(() => _site.RepairAsync(interrupt.Token, line =>
        {
            if (line.Contains(": done", StringComparison.Ordinal)) interrupt.Cancel();
        }));
        File.Exists(_site["target/d0/stranger"]).ShouldBeTrue();

        var repaired = await _site.RepairAsync();

        _site.Said("going on with repair ");
        repaired.Run.IsFinished.ShouldBeTrue();
        repaired.Run.Started.Mode.ShouldBe(RunMode.Repair);
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task There_has_to_be_something_to_repair_that_was_found_and_was_not_repaired_yet()
    {
        _site.AddFile("a/one", 10);
        _site.AddFile("a/two", 10);
        _site.WriteManifest(1);
        (await _site.WhyNotRepairAsync<ManifestException>()).ShouldContain("has not been copied yet");
        await _site.MigrateAsync();
        (await _site.WhyNotRepairAsync<ManifestException>()).ShouldContain("has none that is finished");
        await _site.VerifyAsync();
        (await _site.WhyNotRepairAsync<ManifestException>()).ShouldContain("found no difference");
        File.Delete(_site["target/a/one"]);
        await _site.VerifyAsync();
        await _site.RepairAsync();
        (await _site.WhyNotRepairAsync<ManifestException>()).ShouldContain("was repaired by run");
        (await _site.MigrateAsync(fresh: false)).WasFinished.ShouldBeTrue();
    }
}
