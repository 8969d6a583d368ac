using QSplit.Testing;

namespace QSplit.Tests.OverSsh;

/// <summary>Whole runs over several hosts, which fail.</summary>
public sealed class FleetSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task Two_hundred_buckets_go_over_four_hosts_and_no_list_is_ever_written_to_one()
    {
        using var site = new FleetSite(2, 3, 4, 5);
        foreach (var n in site.Numbers)
        {
            foreach (var folder in (string[])["home", "tmp"]) Directory.CreateDirectory(Path.Combine(site.Ssh.Known(n).Folder, folder));
            site.Ssh.Start(n, $"ForceCommand HOME={site.Ssh.Known(n).Folder}/home TMPDIR={site.Ssh.Known(n).Folder}/tmp sh -c \"$SSH_ORIGINAL_COMMAND\"");
        }
        site.MakeTree(files: 600, directories: 200);
        site.WriteManifest(["buckets: 200"]);

        var summary = await site.MigrateAsync();

        site.ShouldBeDone(summary);
        summary.Run.Buckets.Count.ShouldBe(200);
        foreach (var n in site.Numbers)
        {
            site.BegunOn(n).ShouldBeGreaterThan(10);
            Directory.EnumerateFileSystemEntries(Path.Combine(site.Ssh.Known(n).Folder, "home")).ShouldBeEmpty();
            Directory.EnumerateFileSystemEntries(Path.Combine(site.Ssh.Known(n).Folder, "tmp")).ShouldBeEmpty();
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_dry_run_asks_all_hosts_and_writes_nothing()
    {
        using var site = new FleetSite(2, 3);
        site.MakeTree(files: 120, directories: 24);
        site.WriteManifest(["buckets: 24"]);

        var pretended = await site.DryRunAsync();

        Directory.Exists(site.Target).ShouldBeFalse();
        foreach (var n in site.Numbers) site.BegunOn(n).ShouldBeGreaterThan(3);
        pretended.Run.Preview.Parts.Length.ShouldBe(24);
        pretended.Run.Moved.ShouldBe((await site.MigrateAsync()).Run.Moved);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_cutover_goes_over_all_hosts_and_is_done_without_one_that_fails()
    {
        using var site = new FleetSite(2, 3);
        site.MakeTree();
        site.WriteManifest(["buckets: 12"]);
        await site.MigrateAsync();
        File.Delete(Path.Combine(site.Source, "reel 3", "#take-3"));
        File.WriteAllText(Path.Combine(site.Source, "reel 4", "#new"), "new");
        site.Wrap(3, "echo 'rsync: connection unexpectedly closed' >&2; cat <&3 >/dev/null & sleep 0.1; note end; exit 12");

        var ended = await site.CutoverAsync();

        ended.Cutover.IsSignedOff.ShouldBeTrue(ended.HowToGoOn);
        site.RanTwiceAtOnce().ShouldBeEmpty();
        TreeComparison.Differences(site.Source, site.Target).ShouldBeEmpty();
        ended.Cutover.Steps.Single(step => step.Name == "preflight").Words.ShouldStartWith("2 hosts: h2 (rsync ");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_whose_rsync_always_fails_is_set_aside_and_the_others_do_its_work()
    {
        using var site = new FleetSite(2, 3);
        site.Wrap(3, "echo 'rsync: connection unexpectedly closed' >&2; cat <&3 >/dev/null & sleep 0.1; note end; exit 12");
        site.MakeTree();
        site.WriteManifest(["buckets: 12"]);

        site.ShouldBeDone(await site.MigrateAsync());

        site.Said.ShouldContain(line => line.StartsWith("host h3 is set aside: attempts fail there at once: error in the rsync protocol data stream", StringComparison.Ordinal));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_whose_rsync_hangs_without_a_word_is_noticed_and_the_others_do_its_work()
    {
        using var site = new FleetSite(2, 3);
        site.Wrap(3, "trap 'note end; exit 20' TERM; while :; do sleep 1000 & wait $!; done");
        site.MakeTree();
        site.WriteManifest(["buckets: 8", "stall: 4s"], n => n == 3 ? "slots: 1" : "slots: 2");

        site.ShouldBeDone(await site.MigrateAsync());

        site.Said.ShouldContain(line => line.Contains("no sign of life for 4 s", StringComparison.Ordinal));
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_a_bucket_cannot_do_on_one_host_is_tried_on_another_before_it_is_told()
    {
        using var site = new FleetSite(2, 3);
        site.Wrap(3, $"case \"$*\" in *--dirs*) ;; *) if mkdir '{site["once"]}' 2>/dev/null; then echo 'rsync: [sender] send_files failed to open \"{site.Source}/reel 0/#take-0\": Permission denied (13)' >&2; note end; exit 23; fi;; esac");
        site.MakeTree();
        site.WriteManifest(["buckets: 4"]);

        var summary = await site.MigrateAsync();

        site.ShouldBeDone(summary);
        summary.Run.Buckets.Values.Count(b => b.Attempts == 2).ShouldBe(1);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Hosts_come_drain_and_go_when_the_manifest_is_read_again()
    {
        using var site = new FleetSite(2, 3, 4);
        foreach (var n in site.Numbers) site.Wrap(n, "sleep 0.5");
        site.MakeTree();
        site.WriteManifest(["buckets: 60"], only: [2, 3]);

        var run = site.MigrateAsync();
        await site.UntilAsync(() => site.BegunOn(3) >= 2);
        site.WriteManifest(["buckets: 60"], n => n == 2 ? "slots: 2, drain: true" : "slots: 3", only: [2, 4]);
        site.Reloads.Ask();
        await site.UntilAsync(() => site.BegunOn(4) >= 4);
        site.Ssh.Running(3, "rsync").ShouldBeEmpty();
        var (ofDrained, ofGone) = (site.BegunOn(2), site.BegunOn(3));
        File.AppendAllText(site["migrations.yml"], "nonsense: true\n");
        site.Reloads.Ask();

        site.ShouldBeDone(await run);
        (site.BegunOn(2), site.BegunOn(3)).ShouldBe((ofDrained, ofGone));
        site.Said.ShouldContain("demo: the manifest was read again: 5 slots on h2 (drains), h4.");
        site.Said.ShouldContain(line => line.StartsWith("demo: the manifest was read again, and is wrong; all stays as it was. ", StringComparison.Ordinal));
    }
}
