using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Stages;
using QSplit.Testing;

namespace QSplit.Tests.Stages;

/// <summary>What happens between the commands of a cutover: no step is taken for done that is not, and no more goes than somebody has read.</summary>
public sealed class CutoverDoubtSpecs : IDisposable
{
    private readonly VerifiedSite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task The_same_command_goes_on_with_its_list_and_with_no_other()
    {
        await CopiedAsync();
        var nothing = await _site.SyncAsync();
        File.Delete(_site["source/d1/f5"]);
        var list = await _site.SyncAsync();
        await InterruptedAsync("deleting 1 entry", deletes: list.Folder);

        (await _site.WhyNotCutoverAsync<ManifestException>(deletes: nothing.Folder)).ShouldContain("were begun by another list");
        (await _site.CutoverAsync(deletes: list.Folder)).Cutover.IsSignedOff.ShouldBeTrue();

        File.Exists(_site["target/d1/f5"]).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_accepted_by_the_same_command_again_is_accepted_once()
    {
        await CopiedAsync();
        VerifiedSite.Flip(_site["target/d1/f5"]);
        await _site.CutoverAsync();
        File.WriteAllText(_site["key"], "no key");
        (await _site.WhyNotCutoverAsync<StorageException>(accept: "a cache", by: "Ada", key: "key")).ShouldContain("cannot sign");

        var ended = await _site.CutoverAsync(accept: "a cache", by: "Ada");

        (ended.Cutover.IsSignedOff, ended.Cutover.Accepted.Length).ShouldBe((true, 1));
        (await _site.CutoverAsync(accept: "a cache", by: "Ada")).Cutover.Digest.ShouldBe(ended.Cutover.Digest);
        (await _site.WhyNotCutoverAsync<ManifestException>(accept: "something else", by: "Ada")).ShouldContain("nothing left to accept");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Of_several_none_is_begun_when_one_cannot_be()
    {
        await CopiedAsync();
        File.AppendAllText(_site["migrations.yml"], "\n  other:\n    source: { directory: source }\n    mounts: { target: other }\n");

        (await _site.WhyNotCutoverAsync<ManifestException>()).ShouldContain("Migration other has no baseline yet");
        (await _site.WhyNotCutoverAsync<ManifestException>(accept: "all of it", by: "Ada")).ShouldContain("--accept is for what was found of one migration");

        Directory.GetDirectories(_site["artifacts/runs/demo"], "*-cutover").ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_verification_by_less_than_the_manifest_says_by_now_proves_nothing()
    {
        await CopiedAsync("verify: size");
        VerifiedSite.Flip(_site["target/d1/f5"]);
        await ProvenAsync();
        _site.WriteManifest(3);

        (await _site.CutoverAsync()).Stop.ShouldNotBeNull().ShouldContain("1 other content");
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_was_compared_before_something_was_deleted_is_compared_again()
    {
        await CopiedAsync();
        var nothing = await _site.SyncAsync();
        File.Delete(_site["source/d1/f5"]);
        await InterruptedAsync("comparing what run", deletes: nothing.Folder);
        var found = Directory.GetDirectories(_site["artifacts/runs/demo"]).Where(folder => File.Exists(Path.Combine(folder, "deletes.json")) && DeletionFile.Read(folder).Entries == 1).ShouldHaveSingleItem();

        (await _site.CutoverAsync(deletes: found)).Cutover.IsSignedOff.ShouldBeTrue();

        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_was_proven_of_another_target_is_not_signed_off()
    {
        await CopiedAsync();
        await ProvenAsync();
        File.WriteAllText(_site["migrations.yml"], File.ReadAllText(_site["migrations.yml"]).Replace("target: target", "target: elsewhere", StringComparison.Ordinal));

        (await _site.WhyNotCutoverAsync<ManifestException>()).ShouldContain("was copied under other terms: the target was");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_is_frozen_anew_needs_another_cutover()
    {
        await CopiedAsync();
        await ProvenAsync();
        _site.AddFile("d2/new", 10);

        (await _site.WhyNotCutoverAsync<ManifestException>(frozen: "read-only since today")).ShouldContain("its source was frozen otherwise: exports are read-only (said at ");
        (await _site.CutoverAsync(frozen: "read-only since today", fresh: true)).Cutover.IsSignedOff.ShouldBeTrue();

        File.Exists(_site["target/d2/new"]).ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_with_more_in_it_than_was_reviewed_stays()
    {
        await CopiedAsync();
        Directory.Delete(_site["source/d1"], recursive: true);
        File.Delete(_site["source/d0/f1"]);
        var list = await _site.SyncAsync();
        File.WriteAllText(_site["target/d1/came-later"], "");

        (await _site.CutoverAsync(deletes: list.Folder)).Stop.ShouldNotBeNull().ShouldContain("only on the target");

        (File.Exists(_site["target/d1/f5"]), File.Exists(_site["target/d0/f1"])).ShouldBe((true, false));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_limit_that_is_lowered_meanwhile_holds_for_deletes_that_were_begun()
    {
        await CopiedAsync();
        foreach (var name in new[] { "d0/f1", "d1/f5" }) File.Delete(_site[$"source/{name}"]);
        await InterruptedAsync("deleting 2 entries");
        _site.WriteManifest(3, "deleteLimit: 1");

        (await _site.CutoverAsync()).Stop.ShouldNotBeNull().ShouldContain("'deleteLimit: 1' lets 1 be deleted");

        (File.Exists(_site["target/d0/f1"]), File.Exists(_site["target/d1/f5"])).ShouldBe((true, true));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_goes_away_under_the_deletes_deletes_nothing_however_much_it_may_differ()
    {
        await CopiedAsync("patience: 0s");
        File.Delete(_site["source/d1/f5"]);

        var stopped = await _site.CutoverAsync(acceptDrift: true, heard: line =>
        {
            if (!line.Contains("deleting 1 entry", StringComparison.Ordinal)) return;
            Directory.Move(_site["source"], _site["away"]);
            Directory.CreateDirectory(_site["source"]);
        });

        stopped.Stop.ShouldNotBeNull();
        File.Exists(_site["target/d1/f5"]).ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_cannot_be_deleted_is_a_difference_that_can_be_accepted()
    {
        for (var i = 0; i < 6; i++) _site.AddFile($"d{i / 3}/f{i}", 100 + i);
        _site.WriteManifest(2);
        await _site.MigrateAsync();
        File.WriteAllText(_site["target/d0/extra"], "");
        if (!ByteFiles.IsRoot || Tool.Run("chattr", "+i", _site["target/d0/extra"]).ExitCode != 0) Assert.Skip("Needs root, and a file system with chattr +i.");
        try
        {
            var stopped = await _site.CutoverAsync();

            stopped.Stop.ShouldNotBeNull().ShouldContain("1 only on the target");
            _site.Said("demo: 1 entry could not be deleted (1 permission), first ./d0/extra (Operation not permitted (1)). The verification names them as only on the target.");
            (await _site.CutoverAsync(frozen: null, accept: "it may stay there", by: "Ada")).Cutover.IsSignedOff.ShouldBeTrue();
        }
        finally
        {
            Tool.Read("chattr", "-i", _site["target/d0/extra"]);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_from_which_something_goes_while_it_is_compared_is_not_frozen()
    {
        await CopiedAsync();
        File.WriteAllText(_site["goes"], "");
        var rsync = Tool.Read("sh", "-c", "command -v rsync").Trim();
        _site.MakeDirectory("bin");
        File.WriteAllText(_site["bin/rsync"], $"""
            #!/bin/sh
            case "$*" in
            *--checksum-choice=md5*) if rm {_site["goes"]} 2>/dev/null; then {rsync} "$@" && echo 'file has vanished: "{_site["source"]}/d1/f5"' >&2 && exit 24; exit 1; fi ;;
            esac
            exec {rsync} "$@"
            """);
        Tool.Read("chmod", "+x", _site["bin/rsync"]);
        _site.Environment = _site.Environment.SetItem("PATH", $"{_site["bin"]}:{_site.Environment["PATH"]}");

        var stopped = await _site.CutoverAsync();

        stopped.Stop.ShouldNotBeNull().ShouldContain("1 entry went from the source while run");
        stopped.Cutover.Steps.Single(step => step.Name == "verify").Standing.ShouldBe(CutoverStanding.Open);
        (await _site.CutoverAsync()).Cutover.IsSignedOff.ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_manifest_that_is_changed_meanwhile_is_not_the_evidence_of_what_was_done()
    {
        await CopiedAsync();
        var isChanged = false;

        var why = await Should.ThrowAsync<StageFailedException>(() => _site.CutoverAsync(heard: line =>
        {
            if (isChanged || !line.Contains("comparing what run", StringComparison.Ordinal)) return;
            isChanged = true;
            File.AppendAllText(_site["migrations.yml"], "\n# hunter22\n");
        }));

        why.InnerException.ShouldBeOfType<StorageException>().Message.ShouldContain("was changed meanwhile");
        (await _site.CutoverAsync()).Cutover.IsSignedOff.ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_step_that_was_killed_right_before_its_report_has_one_in_the_evidence()
    {
        await CopiedAsync();
        await ProvenAsync();
        var reports = Directory.GetDirectories(_site["artifacts/runs/demo"]).Where(folder => !folder.EndsWith("-cutover", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "report.json")).ToList();
        File.Delete(reports[^1]);
        File.WriteAllText(reports[^2], "of the session before");
        File.SetLastWriteTimeUtc(reports[^2], DateTime.UnixEpoch);

        var ended = await _site.CutoverAsync();

        foreach (var run in Directory.GetDirectories(Path.Combine(ended.Folder, "evidence", "runs")))
            File.ReadAllText(Path.Combine(run, "report.json")).ShouldContain("\"state\": \"finished\"");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Evidence_that_was_changed_is_not_signed_later()
    {
        await CopiedAsync();
        Tool.Read("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _site["key"]);
        _site.Environment = _site.Environment.SetItem("HOME", Path.GetDirectoryName(_site["key"])!);
        var manifest = Path.Combine((await _site.CutoverAsync()).Folder, "evidence", "manifest.yml");
        var text = File.ReadAllText(manifest);
        File.AppendAllText(manifest, "# a word more");

        (await _site.WhyNotCutoverAsync<StorageException>(key: "key")).ShouldContain("it is not what was signed off. manifest.yml was changed");
        File.WriteAllText(manifest, text);

        // No shell makes anything of a ~ there.
        (await _site.CutoverAsync(key: "~/key")).Cutover.Key.ShouldNotBeNull();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Once_it_is_signed_off_nothing_is_copied_over_it_by_habit()
    {
        await CopiedAsync();
        await _site.CutoverAsync();
        File.WriteAllText(_site["target/d1/f5"], "somebody works here now");
        File.WriteAllText(_site["target/d1/theirs"], "");
        (await _site.VerifyAsync()).Run.Checked.IsClean.ShouldBeFalse();

        (await _site.WhyNotSyncAsync<ManifestException>()).ShouldContain("its target is in use");
        (await _site.WhyNotRepairAsync<ManifestException>()).ShouldContain("--repair --fresh");

        File.ReadAllText(_site["target/d1/f5"]).ShouldStartWith("somebody");
        (await _site.RunAsync(pipeline => pipeline.Sync, new MigrationRequest("migrations.yml", [], null, [], Fresh: true))).Run.IsFinished.ShouldBeTrue();
        File.ReadAllText(_site["target/d1/f5"]).ShouldNotStartWith("somebody");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_sync_of_all_goes_on_with_those_that_are_not_cut_over()
    {
        await CopiedAsync();
        await _site.CutoverAsync();
        File.AppendAllText(_site["migrations.yml"], "\n  other:\n    source: { directory: source }\n    mounts: { target: other }\n");
        (await _site.RunAsync(pipeline => pipeline.Migrate, new MigrationRequest("migrations.yml", ["other"], null, [], false))).Run.IsFinished.ShouldBeTrue();
        _site.AddFile("d2/new", 10);

        (await _site.SyncAsync()).Plan.Migration.ShouldBe("other");

        _site.Said("demo: was cut over and signed off at ");
        (File.Exists(_site["other/d2/new"]), File.Exists(_site["target/d2/new"])).ShouldBe((true, false));
    }

    private async Task CopiedAsync(string keys = "")
    {
        for (var i = 0; i < 12; i++) _site.AddFile($"d{i / 4}/f{i}", 1000);
        _site.WriteManifest(3, keys);
        (await _site.MigrateAsync()).Run.Started.Mode.ShouldBe(RunMode.Copy);
    }

    // All but the sign-off.
    private async Task ProvenAsync()
    {
        File.WriteAllText(_site["key"], "no key");
        (await _site.WhyNotCutoverAsync<StorageException>(key: "key")).ShouldContain("cannot sign");
    }

    private async Task InterruptedAsync(string at, string? deletes = null)
    {
        using var interrupt = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => _site.CutoverAsync(deletes: deletes, cancellationToken: interrupt.Token, heard: line =>
        {
            if (line.Contains(at, StringComparison.Ordinal)) interrupt.Cancel();
        }));
    }
}
