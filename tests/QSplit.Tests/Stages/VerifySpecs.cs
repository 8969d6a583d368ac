using System.Collections.Immutable;
using System.Globalization;
using QSplit.Manifests;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Tests.Stages;

/// <summary>What is not alike is found by name, whatever it is and wherever it lies, and nothing else is.</summary>
public sealed class VerifySpecs : IDisposable
{
    private const int Limit = 120_000;
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public VerifySpecs()
    {
        Assert.SkipWhen(Tool.Run("sh", "-c", "command -v rsync").ExitCode != 0, "rsync is not installed: apt-get install rsync");
        _folder.MakeDirectory("source");
    }

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = Limit)]
    [InlineData(1)]
    [InlineData(6)]
    public async Task A_copy_is_alike_and_its_checksums_are_kept_for_md5sum(int buckets)
    {
        OddTree.Make(_folder["source"]);
        TreeMaker.Make(Directory.CreateDirectory(_folder["source/more"]).FullName, new(4, 80, 300_000, FilesPerDirectory: 5));
        WriteManifest(buckets);
        await MigrateAsync();
        var before = Listing();

        var summary = await VerifyAsync();

        summary.Run.IsFinished.ShouldBeTrue();
        summary.Run.Checked.Found.ShouldBeEmpty();
        summary.Run.Checked.Entries.ShouldBe(Tool.Read("find", _folder["source"], "-printf", "x").Length);
        Listing().ShouldBe(before);
        var files = Tool.Read("find", _folder["target"], "-type", "f", "-printf", "x").Length;
        summary.Run.Checked.Summed.ShouldBe(files);
        Tool.Read("sh", "-c", $"cd '{_folder["target"]}'; zcat '{summary.Folder}'/sums/*.gz | md5sum --check --strict | wc -l").Trim().ShouldBe($"{files}");
        foreach (var list in summary.Run.Checked.Lists)
            Tool.Read("sh", "-c", $"zcat '{summary.Folder}/sums/{list.File}' | sha256sum").ShouldStartWith(list.Sha256);
        summary.Run.Checked.Lists.Sum(list => list.Files).ShouldBe(files);
    }

    [Fact(Timeout = Limit)]
    public async Task Each_kind_of_difference_is_found_by_name()
    {
        foreach (var name in new[] { "a/byte", "a/time", "a/mode", "b/size", "b/gone", "c/d/one", "c/d/two", "loose", "e/owner" }) AddFile(name, 40_000);
        foreach (var name in new[] { "loose", "missing" }) File.WriteAllText(_folder[$"source/{name}"], "here at the level");
        File.CreateSymbolicLink(_folder["source/a/link"], "byte");
        WriteManifest(3);
        await MigrateAsync();

        Flip(_folder["target/a/byte"]);
        Tool.Read("touch", "-d", "@1000000000", _folder["target/a/time"]);
        Tool.Read("chmod", "0640", _folder["target/a/mode"]);
        Keeping(_folder["target/a"], () => Tool.Read("ln", "-sfn", "mode", _folder["target/a/link"]));
        Tool.Read("touch", "-h", "-r", _folder["source/a/link"], _folder["target/a/link"]);
        File.AppendAllText(_folder["target/b/size"], "x");
        Keeping(_folder["target/b"], () => File.Delete(_folder["target/b/gone"]));
        Keeping(_folder["target/c"], () => Directory.Delete(_folder["target/c/d"], recursive: true));
        Keeping(_folder["target/e"], () => File.WriteAllText(_folder["target/e/extra"], ""));
        Keeping(_folder["target"], () =>
        {
            File.WriteAllText(_folder["target/stranger"], "");
            Directory.CreateDirectory(_folder["target/strange/below"]);
            File.WriteAllText(_folder["target/.loose.a1B2c3"], "");
            File.Delete(_folder["target/missing"]);
        });
        if (Environment.IsPrivilegedProcess) Tool.Read("chown", "12345", _folder["target/e/owner"]);

        var summary = await VerifyAsync();

        summary.Run.IsFinished.ShouldBeTrue();
        Names(summary, DifferenceKind.Content).ShouldBe(["./a/byte", "./b/size"]);
        Names(summary, DifferenceKind.Time).ShouldBe(["./a/time", "./b/size"]);
        Names(summary, DifferenceKind.Mode).ShouldBe(["./a/mode"]);
        Names(summary, DifferenceKind.Link).ShouldBe(["./a/link"]);
        Names(summary, DifferenceKind.Missing).ShouldBe(["./b/gone", "./c/d", "./c/d/one", "./c/d/two", "./missing"]);
        Names(summary, DifferenceKind.Extra).ShouldBe(["./e/extra", "./strange", "./strange/below", "./stranger"]);
        Names(summary, DifferenceKind.Leftover).ShouldBe(["./.loose.a1B2c3"]);
        if (Environment.IsPrivilegedProcess) Names(summary, DifferenceKind.Owner).ShouldBe(["./e/owner"]);
        CheckedText.WhatDiffers(summary).ShouldContain("2 other content");
    }

    // What is found is what was done, of each file and directory, in trees cut in many ways.
    [Theory(Timeout = Limit)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Of_a_tree_spoilt_at_random_exactly_that_is_found(int seed)
    {
        var random = new Random(seed);
        TreeMaker.Make(_folder["source"], new(seed, 150, 400_000, FilesPerDirectory: 5));
        WriteManifest(1 + (seed * 3));
        await MigrateAsync();
        var done = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_folder["target"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) Spoil(file, random, done);

        var summary = await VerifyAsync();

        All(summary).Select(d => $"{d.Kind} {d.Path}").Order(StringComparer.Ordinal).ShouldBe(done);
        summary.Run.Checked.Found.Sum(found => found.Entries).ShouldBe(done.Count);
    }

    [Fact(Timeout = Limit)]
    public async Task By_size_no_content_is_read()
    {
        AddFile("a/byte", 40_000);
        AddFile("b/size", 40_000);
        WriteManifest(2, "verify: size");
        await MigrateAsync();
        Flip(_folder["target/a/byte"]);
        File.AppendAllText(_folder["target/b/size"], "x");

        var summary = await VerifyAsync();

        Names(summary, DifferenceKind.Content).ShouldBe(["./b/size"]);
        summary.Run.Checked.Summed.ShouldBe(0);
        Directory.EnumerateFiles(Path.Combine(summary.Folder, "sums")).ShouldBeEmpty();
    }

    [Fact(Timeout = Limit)]
    public async Task A_sample_is_what_its_seed_says_and_metadata_is_compared_of_all()
    {
        TreeMaker.Make(_folder["source"], new(8, 300, 200_000, FilesPerDirectory: 8));
        WriteManifest(5);
        await MigrateAsync();
        var files = Directory.EnumerateFiles(_folder["target"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder["target"], file)).ToList();
        foreach (var file in files) Flip(_folder[$"target/{file}"]);
        Tool.Read("chmod", "0601", _folder[$"target/{files[0]}"]);
        var picked = files.Where(file => new FileInfo(_folder[$"source/{file}"]).Length > 0 && new Sampling("7", 0.3).Picks(EntryPath.Parse(file))).Select(file => $"./{file}").Order(StringComparer.Ordinal);

        var summary = await VerifyAsync(sample: "30%", seed: "7");

        Names(summary, DifferenceKind.Content).ShouldBe(picked);
        Names(summary, DifferenceKind.Mode).ShouldBe([$"./{files[0]}"]);
        summary.Run.Checked.Summed.ShouldBeInRange(60, 120);
        summary.Run.Checked.Entries.ShouldBe(Tool.Read("find", _folder["source"], "-printf", "x").Length);
        Said("checksums of 30 % of the files (seed 7), metadata of all");
    }

    [Fact(Timeout = Limit)]
    public async Task What_went_or_came_on_the_source_since_is_told_once()
    {
        foreach (var name in new[] { "a/one", "a/two", "b/one", "b/c/one", "loose" }) AddFile(name, 60_000);
        for (var i = 0; i < 12; i++) AddFile($"stays/{i}", 60_000);
        WriteManifest(9);
        await MigrateAsync();
        Keeping(_folder["source"], () => Directory.Delete(_folder["source/b"], recursive: true));
        Keeping(_folder["source/a"], () => File.Delete(_folder["source/a/two"]));
        Keeping(_folder["source"], () => File.Delete(_folder["source/loose"]));
        Keeping(_folder["source"], () => AddFile("new/below/file", 10));

        var summary = await VerifyAsync();

        All(summary).Select(d => $"{d.Kind} {d.Path}").Order(StringComparer.Ordinal).ShouldBe(
        [
            "Extra ./a/two", "Extra ./b", "Extra ./b/c", "Extra ./b/c/one", "Extra ./b/one", "Extra ./loose", "Missing ./new", "Missing ./new/below", "Missing ./new/below/file",
        ]);
    }

    [Fact(Timeout = Limit)]
    public async Task A_verification_that_was_interrupted_goes_on_where_it_stopped()
    {
        TreeMaker.Make(_folder["source"], new(5, 60, 600_000, FilesPerDirectory: 4));
        WriteManifest(6, slots: 1);
        await MigrateAsync();
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<OperationCanceledException>(() => VerifyAsync(cancellationToken: interrupt.Token, heard: line =>
        {
            if (line.StartsWith("bucket 2 of ", StringComparison.Ordinal)) interrupt.Cancel();
        }));

        var summary = await VerifyAsync();

        Said("going on with verification ");
        summary.Run.IsFinished.ShouldBeTrue();
        summary.Run.Buckets[1].Attempts.ShouldBe(1);
        summary.Run.Checked.Found.ShouldBeEmpty();
        summary.Run.Checked.Entries.ShouldBe(Tool.Read("find", _folder["source"], "-printf", "x").Length);
        (await VerifyAsync()).Run.Id.ShouldNotBe(summary.Run.Id);
    }

    [Fact(Timeout = Limit)]
    public async Task A_verification_is_no_run_to_go_on_with_and_none_to_be_verified()
    {
        AddFile("a/one", 10);
        WriteManifest(1);
        var copied = await MigrateAsync();
        await VerifyAsync();

        (await MigrateAsync(fresh: false)).WasFinished.ShouldBeTrue();
        (await VerifyAsync()).Run.Started.Of.ShouldBe(copied.Run.Id);
    }

    [Fact(Timeout = Limit)]
    public async Task A_target_that_is_not_there_is_no_target_with_all_missing()
    {
        AddFile("a/one", 10);
        AddFile("b/one", 10);
        WriteManifest(2);
        await MigrateAsync();
        Directory.Delete(_folder["target"], recursive: true);
        _folder.MakeDirectory("target");

        (await WhyNotAsync<StorageException>()).ShouldContain("target");
    }

    [Theory(Timeout = Limit)]
    [InlineData("", null, null, "has not been copied yet")]
    [InlineData("verify: none", null, null, "has 'verify: none'")]
    [InlineData("verify: size", "2%", null, "has 'verify: size', which reads none")]
    [InlineData("", "0%", null, "must be above 0% and up to 100%")]
    [InlineData("", "two", null, "is 'two'")]
    [InlineData("", null, "7", "--seed decides which files --sample reads")]
    public async Task What_makes_no_sense_is_refused_before_anything_is_asked(string keys, string? sample, string? seed, string why)
    {
        AddFile("a/one", 10);
        WriteManifest(1, keys);

        (await WhyNotAsync<ManifestException>(sample, seed)).ShouldContain(why);
    }

    [Fact(Timeout = Limit)]
    public async Task A_copy_that_is_not_finished_is_not_verified()
    {
        for (var i = 0; i < 40; i++) AddFile($"d{i}/file", 200_000);
        WriteManifest(8, "options: [--bwlimit=1m]", slots: 1);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(
            pipeline => pipeline.Migrate,
            new("migrations.yml", [], null, [], true),
            interrupt.Token,
            line =>
            {
                if (line.Contains(": done", StringComparison.Ordinal)) interrupt.Cancel();
            }));

        (await WhyNotAsync<ManifestException>()).ShouldContain("is not finished");
    }

    private static void Flip(string file)
    {
        if (new FileInfo(file).Length == 0) return;
        var time = Tool.Read("stat", "-c", "%.9Y", file).Trim();
        using (var stream = new FileStream(file, FileMode.Open))
        {
            var first = stream.ReadByte();
            stream.Position = 0;
            stream.WriteByte((byte)(first ^ 1));
        }
        Tool.Read("touch", "-d", $"@{time}", file);
    }

    // Does something in a directory that changes its time, and puts that back.
    private static void Keeping(string directory, Action act)
    {
        var time = Tool.Read("stat", "-c", "%.9Y", directory).Trim();
        act();
        Tool.Read("touch", "-d", $"@{time}", directory);
    }

    private void Spoil(string file, Random random, SortedSet<string> done)
    {
        var (name, directory) = ($"./{Path.GetRelativePath(_folder["target"], file)}", Path.GetDirectoryName(file)!);
        switch (random.Next(9))
        {
            case 0:
                Tool.Read("chmod", "0401", file);
                done.Add($"Mode {name}");
                break;
            case 1 when new FileInfo(file).Length > 0:
                Flip(file);
                done.Add($"Content {name}");
                break;
            case 2:
                Tool.Read("touch", "-d", $"@{random.Next(1_000_000_000).ToString(CultureInfo.InvariantCulture)}.25", file);
                done.Add($"Time {name}");
                break;
            case 3:
                Keeping(directory, () => File.WriteAllText(file + ".extra", ""));
                done.Add($"Extra {name}.extra");
                break;
            case 4:
                Keeping(directory, () => File.Delete(file));
                done.Add($"Missing {name}");
                break;
            case 5:
                Keeping(directory, () => Directory.CreateDirectory(file + ".extra/below"));
                done.UnionWith([$"Extra {name}.extra", $"Extra {name}.extra/below"]);
                break;
        }
    }

    private static IEnumerable<EntryDifference> All(RunSummary summary) =>
        Directory.EnumerateFiles(Path.Combine(summary.Folder, "differences")).SelectMany(DifferenceList.Read);

    private static List<string> Names(RunSummary summary, DifferenceKind kind)
    {
        var names = All(summary).Where(d => d.Kind == kind).Select(d => $"{d.Path}").Order(StringComparer.Ordinal).ToList();
        (summary.Run.Checked.Found.SingleOrDefault(found => found.Kind == kind)?.Entries ?? 0).ShouldBe(names.Count);
        return names;
    }

    private void AddFile(string name, int size)
    {
        var file = new FileInfo(_folder[$"source/{name}"]);
        file.Directory!.Create();
        File.WriteAllBytes(file.FullName, [.. Enumerable.Range(0, size).Select(i => (byte)(i * 7))]);
    }

    private void Said(string words) => _said.ShouldContain(line => line.Contains(words, StringComparison.Ordinal));

    private string Listing() => Tool.Read("find", _folder["target"], "-printf", "%P %y %s %m %U %T@ %C@\\n");

    private async Task<string> WhyNotAsync<T>(string? sample = null, string? seed = null) where T : Exception =>
        (await Should.ThrowAsync<StageFailedException>(() => VerifyAsync(sample, seed))).InnerException.ShouldBeOfType<T>().Message;

    private Task<RunSummary> MigrateAsync(bool fresh = true) => RunAsync(pipeline => pipeline.Migrate, new("migrations.yml", [], null, [], fresh));

    private Task<RunSummary> VerifyAsync(string? sample = null, string? seed = null, Action<string>? heard = null, CancellationToken? cancellationToken = null) =>
        RunAsync(pipeline => pipeline.Verify, new("migrations.yml", [], null, [], false) { Sample = sample, Seed = seed }, cancellationToken, heard);

    private async Task<RunSummary> RunAsync(
        Func<MigrationPipeline, Stage<MigrationRequest, ImmutableArray<RunSummary>>> of, MigrationRequest request, CancellationToken? cancellationToken = null, Action<string>? heard = null)
    {
        var environment = DummyProgram.Environment;
        await using var hosts = World.Hosts(TimeProvider.System, environment);
        var view = new PlainView(TimeProvider.System, line =>
        {
            lock (_said) _said.Add(line);
            heard?.Invoke(line);
        });
        var around = World.Of(_folder.Path, view, environment: environment, hosts: hosts);
        return (await (request | of(new MigrationPipeline(around))).RunAsync(cancellationToken ?? TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
    }

    private void WriteManifest(int buckets, string keys = "", int slots = 2) => File.WriteAllText(_folder["migrations.yml"], $$"""
        version: 1
        hosts: { here: { local: true, slots: {{slots}} } }
        migrations:
          demo:
            source: { directory: source }
            mounts: { target: target }
            hosts: [here]
            buckets: {{buckets}}
            {{keys}}
        """);
}
