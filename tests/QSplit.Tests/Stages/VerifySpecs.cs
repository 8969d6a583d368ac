using QSplit.Manifests;
using QSplit.Reports;
using QSplit.Testing;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Tests.Stages;

/// <summary>What is not alike is found by name, whatever it is and wherever it lies, and nothing else is.</summary>
public sealed class VerifySpecs : IDisposable
{
    private readonly VerifiedSite _site = new();

    public void Dispose() => _site.Dispose();

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(6)]
    public async Task A_copy_is_alike_and_its_checksums_are_kept_for_md5sum(int buckets)
    {
        OddTree.Make(_site["source"]);
        TreeMaker.Make(Directory.CreateDirectory(_site["source/more"]).FullName, new(4, 80, 300_000, FilesPerDirectory: 5));
        _site.WriteManifest(buckets);
        await _site.MigrateAsync();
        var before = _site.Listing();

        var summary = await _site.VerifyAsync();

        summary.Run.IsFinished.ShouldBeTrue();
        summary.Run.Checked.Found.ShouldBeEmpty();
        summary.Run.Checked.Entries.ShouldBe(Tool.Read("find", _site["source"], "-printf", "x").Length);
        foreach (var (_, state) in summary.Run.Works.Where(work => work.State.Checked is not null)) state.Checked!.Balance.Planned.ShouldBe(state.Checked.Entries);
        _site.Listing().ShouldBe(before);
        var files = Tool.Read("find", _site["target"], "-type", "f", "-printf", "x").Length;
        summary.Run.Checked.Summed.ShouldBe(files);
        Tool.Read("sh", "-c", $"cd '{_site["target"]}'; zcat '{summary.Folder}'/sums/*.gz | md5sum --check --strict | wc -l").Trim().ShouldBe($"{files}");
        foreach (var list in summary.Run.Checked.Lists)
            Tool.Read("sh", "-c", $"zcat '{summary.Folder}/sums/{list.File}' | sha256sum").ShouldStartWith(list.Sha256);
        summary.Run.Checked.Lists.Sum(list => list.Files).ShouldBe(files);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_was_planned_adds_up_with_what_was_compared_and_what_is_not_covered_is_told()
    {
        foreach (var name in new[] { "a/1", "a/2", "b/1", "b/2", "lost+found/1", "b/.snapshot/1" }) _site.AddFile(name, 100);
        File.CreateSymbolicLink(_site["source/a/link"], "1");
        _site.WriteManifest(2, "options: [--no-links, --xattrs]");
        await _site.MigrateAsync();
        File.Delete(_site["source/b/1"]);
        _site.AddFile("b/new1", 10);
        _site.AddFile("a/new2", 10);

        var summary = await _site.VerifyAsync();

        // The root, a, a/1, a/2, a/link, b, b/1, b/2.
        summary.Run.Checked.Balance.ShouldBe(new EntryBalance(Planned: 8, Compared: 8, NotCompared: 0, LeftOut: 1));
        summary.Rows.ShouldContain(("Entries", "8 planned + 1 new since the plan = 8 compared + 1 left out by options"));
        summary.Rows.ShouldContain(("Not covered", "2 entries are left out by name, with all below: 1 .snapshot, 1 lost+found; ACLs, hard links"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Each_kind_of_difference_is_found_by_name()
    {
        foreach (var name in new[] { "a/byte", "a/time", "a/mode", "b/size", "b/gone", "c/d/one", "c/d/two", "loose", "e/owner" }) _site.AddFile(name, 40_000);
        foreach (var name in new[] { "loose", "missing" }) File.WriteAllText(_site[$"source/{name}"], "here at the level");
        File.CreateSymbolicLink(_site["source/a/link"], "byte");
        _site.WriteManifest(3);
        await _site.MigrateAsync();

        VerifiedSite.Flip(_site["target/a/byte"]);
        Tool.Read("touch", "-d", "@1000000000", _site["target/a/time"]);
        Tool.Read("chmod", "0640", _site["target/a/mode"]);
        VerifiedSite.Keeping(_site["target/a"], () => Tool.Read("ln", "-sfn", "mode", _site["target/a/link"]));
        Tool.Read("touch", "-h", "-r", _site["source/a/link"], _site["target/a/link"]);
        File.AppendAllText(_site["target/b/size"], "x");
        VerifiedSite.Keeping(_site["target/b"], () => File.Delete(_site["target/b/gone"]));
        VerifiedSite.Keeping(_site["target/c"], () => Directory.Delete(_site["target/c/d"], recursive: true));
        VerifiedSite.Keeping(_site["target/e"], () => File.WriteAllText(_site["target/e/extra"], ""));
        VerifiedSite.Keeping(_site["target"], () =>
        {
            File.WriteAllText(_site["target/stranger"], "");
            Directory.CreateDirectory(_site["target/strange/below"]);
            File.WriteAllText(_site["target/.loose.a1B2c3"], "");
            File.Delete(_site["target/missing"]);
        });
        if (Environment.IsPrivilegedProcess) Tool.Read("chown", "12345", _site["target/e/owner"]);

        var summary = await _site.VerifyAsync();

        summary.Run.IsFinished.ShouldBeTrue();
        VerifiedSite.Names(summary, DifferenceKind.Content).ShouldBe(["./a/byte", "./b/size"]);
        VerifiedSite.Names(summary, DifferenceKind.Time).ShouldBe(["./a/time", "./b/size"]);
        VerifiedSite.Names(summary, DifferenceKind.Mode).ShouldBe(["./a/mode"]);
        VerifiedSite.Names(summary, DifferenceKind.Link).ShouldBe(["./a/link"]);
        VerifiedSite.Names(summary, DifferenceKind.Missing).ShouldBe(["./b/gone", "./c/d", "./c/d/one", "./c/d/two", "./missing"]);
        VerifiedSite.Names(summary, DifferenceKind.Extra).ShouldBe(["./e/extra", "./strange", "./strange/below", "./stranger"]);
        VerifiedSite.Names(summary, DifferenceKind.Leftover).ShouldBe(["./.loose.a1B2c3"]);
        if (Environment.IsPrivilegedProcess) VerifiedSite.Names(summary, DifferenceKind.Owner).ShouldBe(["./e/owner"]);
        CheckedText.WhatDiffers(summary).ShouldContain("2 other content");
    }

    // What is found is what was done, of each file and directory, in trees cut in many ways.
    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Of_a_tree_spoilt_at_random_exactly_that_is_found(int seed)
    {
        var random = new Random(seed);
        TreeMaker.Make(_site["source"], new(seed, 150, 400_000, FilesPerDirectory: 5));
        _site.WriteManifest(1 + (seed * 3));
        await _site.MigrateAsync();
        var done = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_site["target"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) _site.Spoil(file, random, done);

        var summary = await _site.VerifyAsync();

        VerifiedSite.All(summary).Select(d => $"{d.Kind} {d.Path}").Order(StringComparer.Ordinal).ShouldBe(done);
        summary.Run.Checked.Found.Sum(found => found.Entries).ShouldBe(done.Count);
    }

    [Fact(Timeout = HangLimit)]
    public async Task By_size_no_content_is_read()
    {
        _site.AddFile("a/byte", 40_000);
        _site.AddFile("b/size", 40_000);
        _site.WriteManifest(2, "verify: size");
        await _site.MigrateAsync();
        VerifiedSite.Flip(_site["target/a/byte"]);
        File.AppendAllText(_site["target/b/size"], "x");

        var summary = await _site.VerifyAsync();

        VerifiedSite.Names(summary, DifferenceKind.Content).ShouldBe(["./b/size"]);
        summary.Run.Checked.Summed.ShouldBe(0);
        Directory.EnumerateFiles(Path.Combine(summary.Folder, "sums")).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_sample_is_what_its_seed_says_and_metadata_is_compared_of_all()
    {
        TreeMaker.Make(_site["source"], new(8, 300, 200_000, FilesPerDirectory: 8));
        _site.WriteManifest(5);
        await _site.MigrateAsync();
        var files = Directory.EnumerateFiles(_site["target"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_site["target"], file)).ToList();
        foreach (var file in files) VerifiedSite.Flip(_site[$"target/{file}"]);
        Tool.Read("chmod", "0601", _site[$"target/{files[0]}"]);
        var picked = files.Where(file => new FileInfo(_site[$"source/{file}"]).Length > 0 && new Sampling("7", 0.3).Picks(EntryPath.Parse(file))).Select(file => $"./{file}").Order(StringComparer.Ordinal);

        var summary = await _site.VerifyAsync(sample: "30%", seed: "7");

        VerifiedSite.Names(summary, DifferenceKind.Content).ShouldBe(picked);
        VerifiedSite.Names(summary, DifferenceKind.Mode).ShouldBe([$"./{files[0]}"]);
        summary.Run.Checked.Summed.ShouldBeInRange(60, 120);
        summary.Run.Checked.Entries.ShouldBe(Tool.Read("find", _site["source"], "-printf", "x").Length);
        _site.Said("checksums of 30 % of the files (seed 7), metadata of all");
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_went_or_came_on_the_source_since_is_told_once()
    {
        foreach (var name in new[] { "a/one", "a/two", "b/one", "b/c/one", "loose" }) _site.AddFile(name, 60_000);
        for (var i = 0; i < 12; i++) _site.AddFile($"stays/{i}", 60_000);
        _site.WriteManifest(9);
        await _site.MigrateAsync();
        VerifiedSite.Keeping(_site["source"], () => Directory.Delete(_site["source/b"], recursive: true));
        VerifiedSite.Keeping(_site["source/a"], () => File.Delete(_site["source/a/two"]));
        VerifiedSite.Keeping(_site["source"], () => File.Delete(_site["source/loose"]));
        VerifiedSite.Keeping(_site["source"], () => _site.AddFile("new/below/file", 10));

        var summary = await _site.VerifyAsync();

        VerifiedSite.All(summary).Select(d => $"{d.Kind} {d.Path}").Order(StringComparer.Ordinal).ShouldBe(
        [
            "Extra ./a/two", "Extra ./b", "Extra ./b/c", "Extra ./b/c/one", "Extra ./b/one", "Extra ./loose", "Missing ./new", "Missing ./new/below", "Missing ./new/below/file",
        ]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_verification_that_was_interrupted_goes_on_where_it_stopped()
    {
        TreeMaker.Make(_site["source"], new(5, 60, 600_000, FilesPerDirectory: 4));
        _site.WriteManifest(6, slots: 1);
        await _site.MigrateAsync();
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<OperationCanceledException>(() => _site.VerifyAsync(cancellationToken: interrupt.Token, heard: line =>
        {
            if (line.StartsWith("bucket 2 of ", StringComparison.Ordinal)) interrupt.Cancel();
        }));

        var summary = await _site.VerifyAsync();

        _site.Said("going on with verification ");
        summary.Run.IsFinished.ShouldBeTrue();
        summary.Run.Buckets[1].Attempts.ShouldBe(1);
        summary.Run.Checked.Found.ShouldBeEmpty();
        summary.Run.Checked.Entries.ShouldBe(Tool.Read("find", _site["source"], "-printf", "x").Length);
        (await _site.VerifyAsync()).Run.Id.ShouldNotBe(summary.Run.Id);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_verification_is_no_run_to_go_on_with_and_none_to_be_verified()
    {
        _site.AddFile("a/one", 10);
        _site.WriteManifest(1);
        var copied = await _site.MigrateAsync();
        await _site.VerifyAsync();

        (await _site.MigrateAsync(fresh: false)).WasFinished.ShouldBeTrue();
        (await _site.VerifyAsync()).Run.Started.Of.ShouldBe(copied.Run.Id);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_target_that_is_not_there_is_no_target_with_all_missing()
    {
        _site.AddFile("a/one", 10);
        _site.AddFile("b/one", 10);
        _site.WriteManifest(2);
        await _site.MigrateAsync();
        Directory.Delete(_site["target"], recursive: true);
        Directory.CreateDirectory(_site["target"]);

        (await _site.WhyNotAsync<StorageException>()).ShouldContain("target");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("", null, null, "has not been copied yet")]
    [InlineData("verify: none", null, null, "has 'verify: none'")]
    [InlineData("verify: size", "2%", null, "has 'verify: size', which reads none")]
    [InlineData("", "0%", null, "must be above 0% and up to 100%")]
    [InlineData("", "two", null, "is 'two'")]
    [InlineData("", null, "7", "--seed decides which files --sample reads")]
    public async Task What_makes_no_sense_is_refused_before_anything_is_asked(string keys, string? sample, string? seed, string why)
    {
        _site.AddFile("a/one", 10);
        _site.WriteManifest(1, keys);

        (await _site.WhyNotAsync<ManifestException>(sample, seed)).ShouldContain(why);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Options_that_define_what_equal_means_are_named_and_those_that_only_concern_the_copy_are_not_used()
    {
        _site.AddFile("a/one", 10);
        File.CreateSymbolicLink(_site["source/a/link"], "one");
        _site.WriteManifest(1, "options: [--no-links, --no-times, --size-only, --ignore-times]");
        await _site.MigrateAsync();
        VerifiedSite.Flip(_site["target/a/one"]);

        var found = await _site.VerifyAsync();

        VerifiedSite.Names(found, DifferenceKind.Content).ShouldBe(["./a/one"]);
        _site.Said("checksums of all files, metadata of all; equal as defined by --no-links --no-times");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_copy_that_is_not_finished_is_not_verified()
    {
        for (var i = 0; i < 40; i++) _site.AddFile($"d{i}/file", 200_000);
        _site.WriteManifest(8, "options: [--bwlimit=1m]", slots: 1);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<OperationCanceledException>(() => _site.RunAsync(
            pipeline => pipeline.Migrate,
            new("migrations.yml", [], null, [], true),
            interrupt.Token,
            line =>
            {
                if (line.Contains(": done", StringComparison.Ordinal)) interrupt.Cancel();
            }));

        (await _site.WhyNotAsync<ManifestException>()).ShouldContain("is not finished");
    }
}
