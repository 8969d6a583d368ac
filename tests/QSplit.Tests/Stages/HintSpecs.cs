using QSplit.Manifests;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Transfers;

namespace QSplit.Tests.Stages;

/// <summary>A command in a message works in the state in which it is printed, and no message advises what is done already.</summary>
public sealed class HintSpecs : IDisposable
{
    private readonly VerifiedSite _site = new();

    public HintSpecs()
    {
        for (var i = 0; i < 6; i++) _site.AddFile($"d{i / 3}/f{i}", 100 + i);
        _site.WriteManifest(2);
    }

    public void Dispose() => _site.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task A_dry_run_is_carried_out_by_a_copy_before_there_is_a_baseline_and_by_a_sync_after_it()
    {
        var first = await _site.RunAsync(pipeline => pipeline.DryRun, Request);
        (await NextAsync(first.Run.Id)).ShouldBe($"To carry it out: {Of("Migrate")}");
        await _site.MigrateAsync();

        var second = await _site.RunAsync(pipeline => pipeline.DryRun, Request with { Deletes = true });

        (await NextAsync(second.Run.Id)).ShouldBe($"To carry it out: {Of("Sync")}");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Of_a_target_that_is_in_use_nothing_is_advised_that_is_refused()
    {
        var baseline = await _site.MigrateAsync();
        (await _site.CutoverAsync()).Cutover.IsSignedOff.ShouldBeTrue();
        VerifiedSite.Flip(_site["target/d0/f1"]);

        (await _site.MigrateAsync(fresh: false)).HowToGoOn.ShouldStartWith("All is done: the migration was cut over and signed off at ");
        var verified = await _site.VerifyAsync();
        CheckedText.WhatDiffers(verified).ShouldEndWith($"its target is in use, and people may have changed it. To copy what differs and delete what is only on the target: {Of("Verify")} --repair --fresh");
        (await _site.RunAsync(pipeline => pipeline.Repair, Request with { Fresh = true })).Run.IsFinished.ShouldBeTrue();
        (await NextAsync(baseline.Run.Id)).ShouldBe("All is done.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_repair_that_could_not_copy_an_entry_is_repeated_by_the_command_that_it_names()
    {
        var entries = new ShutEntries(_site);
        await _site.MigrateAsync();
        VerifiedSite.Flip(_site["target/d0/f1"]);
        await _site.VerifyAsync();
        entries.Shut("d0/f1", "rsync: [sender] send_files failed to open \"{0}\": Permission denied (13)");
        (await _site.RepairAsync()).HowToGoOn.ShouldEndWith($"To try them again: {Of("Verify")} --repair");
        entries.Open("d0/f1");

        (await _site.RepairAsync()).IsWithExceptions.ShouldBeFalse();

        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
        (await _site.WhyNotRepairAsync<ManifestException>()).ShouldContain("was repaired by run");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_sync_whose_deletes_wait_is_gone_on_with_by_its_list()
    {
        var entries = new ShutEntries(_site);
        await _site.MigrateAsync();
        File.WriteAllText(_site["target/d0/extra"], "");
        var listed = await _site.SyncAsync();
        VerifiedSite.Flip(_site["source/d0/f1"]);
        File.SetLastWriteTimeUtc(_site["source/d0/f1"], DateTime.UnixEpoch);
        entries.Shut("d0/f1", "rsync: [sender] send_files failed to open \"{0}\": Permission denied (13)");

        var stopped = await _site.SyncAsync(deletes: listed.Folder);

        var list = Path.Combine(stopped.Folder, "deleting.json");
        stopped.HowToGoOn.ShouldEndWith($"To go on: {Of("Sync")} --deletes={list}");
        (await NextAsync(stopped.Run.Id)).ShouldEndWith($"{Of("Sync")} --deletes={list}");
        (await _site.WhyNotAsync<ManifestException>()).ShouldEndWith($"First: {Of("Sync")} --deletes={list}");
        entries.Open("d0/f1");
        (await _site.SyncAsync(deletes: list)).Run.IsFinished.ShouldBeTrue();
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_manifest_with_a_space_in_its_name_is_quoted()
    {
        File.Move(_site["migrations.yml"], _site["my manifest.yml"]);

        var status = await _site.RunAsync(pipeline => pipeline.Status, Request with { Manifest = "my manifest.yml" });

        status.Next.ShouldBe("To begin: ./build.sh --target=Migrate --manifest='my manifest.yml' --migration=demo");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("", true)]
    [InlineData("options: [-H]", false)]
    public async Task A_plan_advises_hard_links_only_where_they_are_not_kept(string keys, bool advised)
    {
        Tool.Read("ln", _site["source/d0/f1"], _site["source/d0/other"]);
        _site.WriteManifest(2, keys);

        var plan = (await _site.RunAsync(pipeline => pipeline.Plan, Request)).Plan;

        plan.Notes.Any(note => note.Text.Contains("unless --hard-links", StringComparison.Ordinal)).ShouldBe(advised);
    }

    [Theory]
    [InlineData(ExceptionClass.Symlink, "--insecure-links", "--insecure-links", false)]
    [InlineData(ExceptionClass.Symlink, "--acls", "--insecure-links", true)]
    [InlineData(ExceptionClass.Attribute, "-AX", "remove --xattrs", true)]
    [InlineData(ExceptionClass.Attribute, "--fake-super", "remove --xattrs", false)]
    [InlineData(ExceptionClass.Acl, "-AX", "remove --acls", true)]
    [InlineData(ExceptionClass.Acl, "--xattrs", "remove --acls", false)]
    [InlineData(ExceptionClass.LinkCount, "", "without --hard-links", false)]
    [InlineData(ExceptionClass.SpecialFile, "--no-D", "leave such files out", false)]
    public void A_remedy_names_options_that_can_be_set_or_removed(ExceptionClass of, string options, string advice, bool isGiven) =>
        ExceptionClasses.Remedy(of, options.Split(' ')).Contains(advice, StringComparison.Ordinal).ShouldBe(isGiven);

    private static MigrationRequest Request { get; } = new("migrations.yml", [], null, [], false);

    private static string Of(string target) => $"./build.sh --target={target} --migration=demo";

    private async Task<string?> NextAsync(string run) => (await _site.RunAsync(pipeline => pipeline.Status, Request with { Run = run })).Next;
}
