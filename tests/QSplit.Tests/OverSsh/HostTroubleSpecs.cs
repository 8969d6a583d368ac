using QSplit.Testing;

namespace QSplit.Tests.OverSsh;

/// <summary>Hosts that are not fit for the work, found before anything is touched.</summary>
public sealed class HostTroubleSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_is_down_is_a_warning_while_another_can_do_the_job()
    {
        using var site = new FleetSite(2, 3);
        site.Kill(3);
        site.MakeTree();
        site.WriteManifest(["buckets: 4"]);

        site.ShouldBeDone(await site.MigrateAsync());

        site.BegunOn(3).ShouldBe(0);
        site.Said.ShouldContain(line => line.Contains("h3: ", StringComparison.Ordinal) && line.Contains("Connection refused", StringComparison.Ordinal));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Without_any_host_that_is_up_nothing_is_begun()
    {
        using var site = new FleetSite(2, 3);
        site.Kill(2);
        site.Kill(3);
        site.MakeTree();
        site.WriteManifest();

        var why = await site.RefusalAsync();

        why.ShouldContain("h2");
        why.ShouldContain("h3");
        why.ShouldContain("Connection refused. Is its sshd running, and on that port?");
        Directory.Exists(site.Target).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_key_that_is_not_known_is_not_trusted()
    {
        using var site = new FleetSite(2);
        File.WriteAllText(site.Ssh.KnownHosts, "");
        site.MakeTree();
        site.WriteManifest();

        (await site.RefusalAsync()).ShouldContain("Its key is not in known_hosts");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_takes_no_key_of_ours_is_told_as_that()
    {
        using var site = new FleetSite(2);
        site.Ssh.Start(2, "AuthorizedKeysFile none");
        site.MakeTree();
        site.WriteManifest();

        (await site.RefusalAsync()).ShouldContain("Permission denied (publickey). No key is accepted");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_without_rsync_is_told_what_to_install()
    {
        using var site = new FleetSite(2, 3);
        site.Ssh.Known(3).Program("rsync", "exit 127");
        site.MakeTree();
        site.WriteManifest();

        var why = await site.RefusalAsync();

        why.ShouldContain("h3");
        why.ShouldContain("apt-get install rsync");
        Directory.Exists(site.Target).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_whose_source_is_not_mounted_stops_all_before_anything_is_begun()
    {
        using var site = new FleetSite(2, 3);
        Directory.CreateDirectory(site["empty"]);
        site.MakeTree();
        site.WriteManifest(["mounts: { target: target, on: { h3: { source: empty } } }"]);

        var why = await site.RefusalAsync();

        why.ShouldContain("h3");
        why.ShouldContain("Is it mounted, ");
        Directory.Exists(site.Target).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_is_unmounted_in_mid_run_sets_its_host_aside_and_nothing_is_lost()
    {
        using var site = new FleetSite(2, 3);
        foreach (var n in site.Numbers) site.Wrap(n, "sleep 0.3");
        Directory.CreateSymbolicLink(site["mount"], site.Source);
        site.MakeTree();
        site.WriteManifest(["buckets: 40", "mounts: { target: target, on: { h3: { source: mount } } }"]);

        var run = site.MigrateAsync();
        await site.UntilAsync(() => site.BegunOn(3) >= 3);
        File.Delete(site["mount"]);
        Directory.CreateDirectory(site["mount"]);

        site.ShouldBeDone(await run);
        site.Said.ShouldContain(line => line.StartsWith($"host h3 is set aside: {site["mount"]} is not the tree that was planned", StringComparison.Ordinal));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_full_target_stops_the_run()
    {
        Assert.SkipUnless(ByteFiles.IsRoot, "needs root, to mount a small file system");
        using var site = new FleetSite(2, 3);
        Directory.CreateDirectory(site.Target);
        Tool.Read("mount", "-t", "tmpfs", "-o", "size=400k", "none", site.Target);
        try
        {
            site.MakeTree(bytes: 20_000);
            site.WriteManifest(["buckets: 12"]);

            var summary = await site.MigrateAsync();

            summary.Run.IsFinished.ShouldBeFalse();
            summary.HowToGoOn.ShouldStartWith("The run stopped: the target is full: ");
            summary.Run.Buckets.Values.ShouldAllBe(b => b.Running == null);
        }
        finally
        {
            Tool.Read("umount", "-l", site.Target);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_chatty_login_shell_and_an_sshd_that_lets_few_in_at_a_time_do_no_harm()
    {
        using var site = new FleetSite(2);
        site.Ssh.Start(2, "MaxStartups 2:100:2", "MaxSessions 4", "ForceCommand printf 'Welcome, today is %s' monday; echo; echo '  32768  10%  1.00MB/s 0:00:01' ; echo 'rsync error: none' >&2; exec sh -c \"$SSH_ORIGINAL_COMMAND\"");
        site.MakeTree();
        site.WriteManifest(["buckets: 24"], _ => "slots: 12");

        var summary = await site.MigrateAsync();

        site.ShouldBeDone(summary);
        summary.Run.Buckets.Values.ShouldAllBe(b => b.Attempts == 1);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("two words")]
    [InlineData("$(touch ran)`touch ran`")]
    [InlineData("it's; touch ran; \"x\" #")]
    [InlineData("-rf * & touch ran")]
    public async Task Paths_of_the_manifest_are_paths_and_nothing_else(string name)
    {
        using var site = new FleetSite(2);
        site.MakeTree(files: 4, directories: 2);
        Directory.CreateSymbolicLink(site[name], site.Source);
        Directory.CreateDirectory(site["targets"]);
        var (source, target) = (site[name].Replace("'", "''", StringComparison.Ordinal), $"{site["targets"]}/{name}".Replace("'", "''", StringComparison.Ordinal));
        site.WriteManifest([$"mounts: {{ source: '{source}', target: '{target}' }}"]);

        (await site.MigrateAsync()).Run.IsFinished.ShouldBeTrue();

        TreeComparison.Differences(site.Source, Path.Combine(site["targets"], name)).ShouldBeEmpty();
        Tool.Read("find", site.Directory, site.Ssh.Known(2).Folder, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "-maxdepth", "3", "-name", "ran").ShouldBeEmpty();
    }
}
