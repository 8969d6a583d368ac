using QSplit.Manifests;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Stages;
using QSplit.Testing;

namespace QSplit.Tests.Stages;

/// <summary>A cutover ends a migration: what is on the target is what is on the frozen source, and somebody can prove it.</summary>
public sealed class CutoverSpecs : IDisposable
{
    private readonly VerifiedSite _site = new();

    public void Dispose() => _site.Dispose();

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    public async Task After_any_history_of_changes_the_trees_are_equal_to_the_last_entry(int seed)
    {
        TreeMaker.Make(_site["source"], new(seed, 60, 60_000, FilesPerDirectory: 4));
        _site.WriteManifest(1 + seed, "deleteLimit: 100%");
        await _site.MigrateAsync();
        var history = new History(_site["source"], seed);
        history.Change(12);
        await _site.SyncAsync(acceptDrift: true);
        history.Change(12);

        var ended = await _site.CutoverAsync(acceptDrift: true);

        ended.Cutover.IsSignedOff.ShouldBeTrue(ended.HowToGoOn);
        ended.Cutover.Steps.ShouldAllBe(step => step.Standing == CutoverStanding.Done);
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Every_step_is_on_the_checklist_and_in_the_report()
    {
        await CopiedAsync();
        File.Delete(_site["source/d1/f5"]);
        _site.AddFile("d2/new", 10);

        var ended = await _site.CutoverAsync();

        ended.Cutover.Steps.Select(step => step.Name).ShouldBe(["freeze", "preflight", "last pass", "links", "deletes", "seal", "verify", "sign-off"]);
        _site.Said("[x] freeze     exports are read-only (said at ");
        _site.Said("[x] last pass  10 B in 1 file, 1 entry new; run demo/");
        _site.Said("[x] deletes    1 of 1 entry that were only on the target");
        _site.Said("[x] verify     16 entries are alike, by checksums of all files");
        foreach (var name in new[] { "report.html", "report.md", "report.json" })
        {
            var report = File.ReadAllText(Path.Combine(ended.Folder, name));
            report.ShouldContain("exports are read-only");
            report.ShouldContain(ended.Cutover.Digest!);
        }
        File.Exists(_site["target/d1/f5"]).ShouldBeFalse();
        (await _site.CutoverAsync(frozen: null)).Cutover.Digest.ShouldBe(ended.Cutover.Digest);
        var status = await _site.RunAsync(pipeline => pipeline.Status, new MigrationRequest("migrations.yml", [], null, [], false));
        (status.Mode, status.Next).ShouldBe((RunMode.Verify, $"Cutover {ended.Cutover.Id} is signed off: sha256:{ended.Cutover.Digest}"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Nothing_begins_before_somebody_says_that_the_source_is_frozen()
    {
        _site.WriteManifest(3);
        (await _site.WhyNotCutoverAsync<ManifestException>()).ShouldContain("has no baseline yet");
        await CopiedAsync();

        (await _site.WhyNotCutoverAsync<ManifestException>(frozen: null)).ShouldContain("Nobody has said that the source of migration demo is frozen");
        (await _site.WhyNotCutoverAsync<ManifestException>(accept: "why not", by: "Ada")).ShouldContain("nobody can accept what nobody has seen");
        (await _site.WhyNotCutoverAsync<ManifestException>(accept: "why not")).ShouldContain("--accept needs the name");
        (await _site.WhyNotCutoverAsync<ManifestException>(by: "Ada")).ShouldContain("--by says who accepts");
        (await _site.WhyNotCutoverAsync<ManifestException>(deletes: "nowhere")).ShouldContain("cannot be read");
        Directory.GetDirectories(_site["artifacts/runs/demo"], "*-cutover").ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_the_verification_finds_stops_it_until_it_is_mended_or_somebody_accepts_it()
    {
        await CopiedAsync();
        VerifiedSite.Flip(_site["target/d1/f5"]);

        var stopped = await _site.CutoverAsync();

        stopped.Cutover.IsSignedOff.ShouldBeFalse();
        stopped.Stop.ShouldNotBeNull().ShouldContain("1 other content");
        stopped.HowToGoOn.ShouldContain("--repair");
        Directory.Exists(Path.Combine(stopped.Folder, "evidence")).ShouldBeFalse();
        var accepted = await _site.CutoverAsync(accept: "it is a cache", by: "Ada Byron");
        accepted.Cutover.IsSignedOff.ShouldBeTrue(accepted.HowToGoOn);
        accepted.Cutover.Id.ShouldBe(stopped.Cutover.Id);
        File.ReadAllText(Path.Combine(accepted.Folder, "evidence", "exceptions.json")).ShouldContain("\"by\": \"Ada Byron\"");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_repair_in_between_is_verified_before_it_is_signed_off()
    {
        await CopiedAsync();
        VerifiedSite.Flip(_site["target/d1/f5"]);
        var stopped = await _site.CutoverAsync();
        await _site.RepairAsync();

        var ended = await _site.CutoverAsync(frozen: null);

        (ended.Cutover.IsSignedOff, ended.Cutover.Id, ended.Cutover.Accepted.IsEmpty).ShouldBe((true, stopped.Cutover.Id, true));
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task More_than_may_be_deleted_is_not_and_what_nobody_reviewed_stays()
    {
        await CopiedAsync("deleteLimit: 1");
        foreach (var name in new[] { "d0/f1", "d1/f5" }) File.Delete(_site[$"source/{name}"]);

        (await _site.CutoverAsync()).Stop.ShouldNotBeNull().ShouldContain("'deleteLimit: 1' lets be deleted");
        File.Exists(_site["target/d0/f1"]).ShouldBeTrue();
        _site.WriteManifest(3, "deleteLimit: 2");
        var list = await _site.SyncAsync();
        File.Delete(_site["source/d2/f9"]);
        _site.WriteManifest(3, "deleteLimit: 100");
        var stopped = await _site.CutoverAsync(deletes: list.Folder);

        stopped.Stop.ShouldNotBeNull().ShouldContain("1 only on the target");
        (File.Exists(_site["target/d0/f1"]), File.Exists(_site["target/d1/f5"]), File.Exists(_site["target/d2/f9"])).ShouldBe((false, false, true));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_cannot_be_read_or_is_not_there_deletes_nothing()
    {
        await CopiedAsync();
        File.Delete(_site["source/d1/f5"]);
        Directory.Move(_site["source"], _site["elsewhere"]);
        (await _site.WhyNotCutoverAsync<StorageException>()).ShouldContain("source");
        Directory.CreateDirectory(_site["source"]);
        (await _site.WhyNotCutoverAsync<StorageException>()).ShouldContain("is not the tree that was planned");

        File.Exists(_site["target/d1/f5"]).ShouldBeTrue();
        Directory.Delete(_site["source"]);
        Directory.Move(_site["elsewhere"], _site["source"]);
        (await _site.CutoverAsync(frozen: null)).Cutover.IsSignedOff.ShouldBeTrue();
        File.Exists(_site["target/d1/f5"]).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Much_is_deleted_by_several_rsyncs_each_of_which_has_its_own_part_and_limit()
    {
        await CopiedAsync("deleteLimit: 5000");
        for (var i = 0; i < 3000; i++)
        {
            if (i % 100 == 0) Directory.CreateDirectory(_site[$"target/d{i % 3}/old-{i / 100}"]);
            File.WriteAllText(_site[$"target/d{i / 100 * 100 % 3}/old-{i / 100}/#{i}"], "");
        }

        var ended = await _site.CutoverAsync();

        ended.Cutover.IsSignedOff.ShouldBeTrue(ended.HowToGoOn);
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
        var run = ended.Cutover.Steps.Single(step => step.Name == "deletes").Run!;
        Directory.GetFiles(_site[$"artifacts/runs/{run}/logs"], "delete*.log").Select(Path.GetFileName).Order().ShouldBe(["delete1.1.log", "delete2.1.log", "delete3.1.log"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_not_compared_is_accepted_by_somebody()
    {
        await CopiedAsync("verify: none");

        (await _site.CutoverAsync()).Stop.ShouldNotBeNull().ShouldContain("nothing proves that all is across");
        (await _site.CutoverAsync(accept: "tested by hand", by: "Ada")).Cutover.IsSignedOff.ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_evidence_has_all_of_it_and_a_key_signs_it_when_it_is_given()
    {
        await CopiedAsync();
        File.Delete(_site["source/d1/f5"]);
        Tool.Read("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _site["key"]);
        (await _site.WhyNotCutoverAsync<ManifestException>(key: "nowhere")).ShouldContain("--key=nowhere: there is no such file");

        var ended = await _site.CutoverAsync();

        var evidence = Path.Combine(ended.Folder, "evidence");
        var runs = Directory.GetDirectories(Path.Combine(evidence, "runs")).Order(StringComparer.Ordinal).ToList();
        runs.Count.ShouldBe(4);
        runs.ShouldAllBe(run => File.Exists(Path.Combine(run, "plan.json")) && File.Exists(Path.Combine(run, "events.jsonl")) && File.Exists(Path.Combine(run, "report.json")));
        File.ReadAllText(Path.Combine(evidence, "manifest.yml")).ShouldBe(File.ReadAllText(_site["migrations.yml"]));
        File.Exists(Path.Combine(runs[2], "deleting.json")).ShouldBeTrue();
        Directory.GetFiles(Path.Combine(runs[3], "sums")).ShouldNotBeEmpty();
        File.ReadAllText(Path.Combine(evidence, "buckets.json")).ShouldContain("\"sha256\": \"");
        (await AuditAsync()).ShouldBe((ended.Cutover.Digest, null, ""));
        (await _site.CutoverAsync(key: "key")).Cutover.Key.ShouldBe($"ssh-ed25519 {Tool.Read("ssh-keygen", "-l", "-f", _site["key"]).Split(' ')[1]}");
        (await AuditAsync()).ShouldBe((ended.Cutover.Digest, "ssh-ed25519", ""));

        VerifiedSite.Flip(Directory.GetFiles(Path.Combine(runs[3], "sums"))[0]);

        (await AuditAsync()).Wrong.ShouldContain("sums/");

        async Task<(string? Digest, string? Signer, string Wrong)> AuditAsync()
        {
            var audit = await _site.RunAsync(pipeline => pipeline.Audit, new MigrationRequest("migrations.yml", [], null, [], false));
            return (audit.Digest, audit.Signer?.KeyType, string.Join("; ", audit.Findings));
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_secret_that_stands_in_the_manifest_is_in_no_evidence()
    {
        await CopiedAsync();
        File.WriteAllText(_site["migrations.yml"], File.ReadAllText(_site["migrations.yml"]).Replace("version: 1", "version: 1\nclusters: { other: { address: 127.0.0.9, user: a, password: hunter22 }, third: { address: 127.0.0.8, user: a, password: \"h\\x75nter33\" } }", StringComparison.Ordinal));

        var ended = await _site.CutoverAsync();

        ended.Cutover.IsSignedOff.ShouldBeTrue();
        Directory.EnumerateFiles(ended.Folder, "*", SearchOption.AllDirectories).ShouldAllBe(file => !File.ReadAllText(file).Contains("hunter22") && !File.ReadAllText(file).Contains("nter33"));
        File.ReadAllText(Path.Combine(ended.Folder, "evidence", "manifest.yml")).ShouldContain("password: *** }, third: { address: 127.0.0.8, user: a, password: *** } }");
    }

    [Fact(Timeout = HangLimit)]
    public async Task All_of_it_is_shown_first_and_nothing_is_written()
    {
        await CopiedAsync();
        File.Delete(_site["source/d1/f5"]);
        _site.AddFile("d2/new", 10);
        var before = _site.Listing();

        var rehearsed = await _site.CutoverAsync(frozen: null, dryRun: true);

        rehearsed.Cutover.Steps[0].Standing.ShouldBe(CutoverStanding.Open);
        _site.Said("[ ] last pass  1 entry to create");
        _site.Said("[ ] deletes    1 entry of at most 100");
        _site.Listing().ShouldBe(before);
        Directory.GetDirectories(_site["artifacts/runs/demo"], "*-cutover").ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_sync_that_was_begun_before_the_source_was_frozen_is_not_its_last_pass()
    {
        await CopiedAsync();
        var first = await _site.CutoverAsync();
        _site.AddFile("d2/new", 10);

        var second = await _site.CutoverAsync(fresh: true);

        second.Cutover.Id.ShouldNotBe(first.Cutover.Id);
        File.Exists(_site["target/d2/new"]).ShouldBeTrue();
        second.Cutover.Steps.Single(step => step.Name == "last pass").Run.ShouldNotBe(first.Cutover.Steps.Single(step => step.Name == "last pass").Run);
    }

    private async Task CopiedAsync(string keys = "")
    {
        for (var i = 0; i < 12; i++) _site.AddFile($"d{i / 4}/f{i}", 1000);
        _site.WriteManifest(3, keys);
        (await _site.MigrateAsync()).Run.Started.Mode.ShouldBe(RunMode.Copy);
    }
}
