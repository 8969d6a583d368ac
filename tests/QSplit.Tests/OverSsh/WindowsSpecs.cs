using QSplit.Manifests;

namespace QSplit.Tests.OverSsh;

/// <summary>Whole runs by robocopy over hosts with <c>shell: cmd</c>, played by the documented rules of cmd and robocopy behind real sshds.</summary>
public sealed class WindowsSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_tree_arrives_over_two_hosts_each_file_once()
    {
        using var site = new WindowsSite(2, 3);
        site.MakeTree();
        site.WriteManifest(buckets: 9);

        var summary = await site.MigrateAsync();

        site.ShouldBeDone(summary);
        foreach (var n in site.Numbers) site.BegunOn(n).ShouldBeGreaterThan(1);
        summary.Run.Moved.Files.ShouldBe(60);
        summary.Run.Buckets.Values.ShouldAllBe(bucket => bucket.Attempts == 1);
        site.Marks("*").ShouldBeEmpty();

        // Once more: the hosts are asked whether it is all there still, and nothing is copied.
        var begun = site.BegunOn(2) + site.BegunOn(3);
        site.ShouldBeDone(await site.MigrateAsync());
        (site.BegunOn(2) + site.BegunOn(3)).ShouldBe(begun);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_robocopy_could_not_copy_is_told_by_its_exit_bits_and_tried_again_on_another_host()
    {
        using var site = new WindowsSite(2, 3);
        site.MakeTree();
        site.WriteManifest(buckets: 4);
        site.Fail(2, 8, @"2026/05/02 10:11:12 ERROR 5 (0x00000005) Copying File \\nas\old stuff (100%)\reel %PATH% & 0\täke^0 (1)", "Access is denied.");

        var summary = await site.MigrateAsync();

        site.ShouldBeDone(summary);
        var again = summary.Run.Buckets.Where(bucket => bucket.Value.Attempts == 2).ShouldHaveSingleItem().Key;
        File.ReadAllText(Path.Combine(site.Logs, $"{again}.1.log")).ShouldContain("# exit 9");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_connection_that_is_cut_leaves_its_robocopy_running_and_no_other_begins_until_that_has_ended()
    {
        using var site = new WindowsSite(2, 3);
        site.MakeTree();
        site.WriteManifest(buckets: 2);
        foreach (var n in site.Numbers) site.Hold(n);

        var run = site.MigrateAsync();
        await site.UntilAsync(() => site.Marks("lock").Count == 2);
        site.CutConnections(2);
        site.CutConnections(3);
        await site.UntilAsync(() => site.Marks("end").Count == 2);
        foreach (var n in site.Numbers) site.LetGo(n);

        var summary = await run;
        site.ShouldBeDone(summary);
        summary.Run.Buckets.Values.ShouldContain(bucket => bucket.Attempts > 1);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_run_that_is_interrupted_asks_its_hosts_to_end_and_is_gone_on_with()
    {
        using var site = new WindowsSite(2);
        site.MakeTree();
        site.WriteManifest(buckets: 3);
        site.Hold(2);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var run = site.MigrateAsync(interrupt.Token);
        await site.UntilAsync(() => site.Marks("lock").Count == 2);
        await interrupt.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => run);
        site.Marks("end").Count.ShouldBe(2);
        site.Said.Count(line => line.Contains("the robocopy that runs goes on to its end there", StringComparison.Ordinal)).ShouldBe(2);
        site.LetGo(2);

        site.ShouldBeDone(await site.MigrateAsync());
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_without_robocopy_and_one_that_has_no_cmd_are_told_before_anything_is_begun()
    {
        using var site = new WindowsSite(2, 3);
        site.MakeTree();
        site.WriteManifest(buckets: 4);
        site.TakeRobocopy(2);
        site.Ssh.Start(3);

        var why = await site.RefusalAsync();

        why.ShouldContain("h2: robocopy was not found: is its folder (System32) on PATH?");
        why.ShouldContain("h3: ");
        why.ShouldContain("does its OpenSSH server hand commands to cmd");
        Directory.Exists(site.Target).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_cannot_keep_a_batch_file_is_told_as_that()
    {
        using var site = new WindowsSite(2);
        site.MakeTree();
        site.WriteManifest(buckets: 2);
        Directory.Delete(site.Temporary(2));

        (await site.RefusalAsync()).ShouldContain("did not get the batch file that it was sent. Can the folder for temporary files of that account (%TEMP%) be written in");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(@"D:\nowhere\target", @"The target is to be D:\nowhere\target, but D:\nowhere is not there.")]
    [InlineData(@"D:\migrations.yml", @"The target D:\migrations.yml is there and is not a directory.")]
    public async Task A_target_that_cannot_be_is_told_before_anything_is_begun(string target, string why)
    {
        using var site = new WindowsSite(2);
        site.MakeTree();
        site.WriteManifest(buckets: 2, target);

        (await site.RefusalAsync()).ShouldContain(why);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_is_gone_when_a_run_goes_on_stops_it_before_anything_is_begun()
    {
        using var site = new WindowsSite(2);
        site.MakeTree();
        site.WriteManifest(buckets: 2);
        site.Fail(2, 16, "2026/05/02 10:11:12 ERROR 112 (0x00000070) Copying File", "There is not enough space on the disk.");
        var stopped = await site.MigrateAsync();
        stopped.HowToGoOn.ShouldStartWith("The run stopped: the target is full: ");
        Directory.Move(site.Source, site.Source + ".away");
        Directory.CreateDirectory(site.Source);

        (await site.RefusalAsync()).ShouldContain("is not the tree that was planned");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_dry_run_is_refused_with_what_to_do_instead()
    {
        using var site = new WindowsSite(2);
        site.MakeTree();
        site.WriteManifest(buckets: 2);

        (await Should.ThrowAsync<QSplit.Pipes.StageFailedException>(() => site.DryRunAsync())).GetBaseException().ShouldBeOfType<ManifestException>().Message.ShouldContain("--offline");
    }
}
