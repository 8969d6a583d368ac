using System.Collections.Immutable;
using System.Globalization;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Transfers;

namespace QSplit.Tests.Stages;

/// <summary>What rsync says that it would do is what it does, and saying so changes nothing.</summary>
public sealed class DryRunSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DryRunSpecs()
    {
        Assert.SkipWhen(Tool.Run("sh", "-c", "command -v rsync").ExitCode != 0, "rsync is not installed: apt-get install rsync");
        _folder.MakeDirectory("source");
    }

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Its_figures_are_those_of_the_run_that_follows(int seed)
    {
        var random = new Random(seed);
        TreeMaker.Make(_folder["source"], new(seed, 120, 600_000, FilesPerDirectory: 6));
        WriteManifest(buckets: 1 + (seed * 3));
        if (seed > 1)
        {
            await MigrateAsync();
            foreach (var file in Directory.EnumerateFiles(_folder["target"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) Spoil(file, random);
            Directory.CreateDirectory(_folder["source/arrived/below"]);
            File.WriteAllText(_folder["source/arrived/below/file"], "new");
        }
        var before = Listing();

        var pretended = await DryRunAsync();
        Listing().ShouldBe(before);
        var real = await MigrateAsync();

        pretended.Run.IsFinished.ShouldBeTrue();
        (Files(pretended.Run.Preview), Bytes(pretended.Run.Preview), Entries(pretended.Run.Preview, ChangeKind.Create))
            .ShouldBe((real.Run.Moved.Files, real.Run.Moved.Bytes, real.Run.Moved.Created));
        pretended.Run.Moved.ShouldBe(real.Run.Moved);
        TreeComparison.Differences(_folder["source"], _folder["target"]).Where(line => !line.Contains(".extra", StringComparison.Ordinal)).ShouldBeEmpty();
        (await DryRunAsync()).Run.Preview.IsNothing.ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Every_odd_name_is_foretold()
    {
        OddTree.Make(_folder["source"]);
        WriteManifest(buckets: 7);

        var pretended = await DryRunAsync();
        Directory.Exists(_folder["target"]).ShouldBeFalse();
        var real = await MigrateAsync();

        pretended.Run.Moved.ShouldBe(real.Run.Moved);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_a_cutover_would_delete_is_said_when_I_ask_and_stays()
    {
        TreeMaker.Make(_folder["source"], new(9, 40, 50_000, FilesPerDirectory: 4));
        WriteManifest(buckets: 4);
        await MigrateAsync();
        Directory.CreateDirectory(_folder["target/gone/below"]);
        File.WriteAllText(_folder["target/gone/below/file"], "");
        var inside = Directory.EnumerateDirectories(_folder["target"], "dir-*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        File.WriteAllText(Path.Combine(inside, "extra"), "");

        (await DryRunAsync()).Run.Preview.Parts.ShouldNotContain(part => part.Kind == ChangeKind.Delete);
        var preview = (await DryRunAsync(deletes: true)).Run.Preview;

        Entries(preview, ChangeKind.Delete).ShouldBe(4);
        preview.Parts.Single(part => part is { Kind: ChangeKind.Delete, Top: "./gone" }).First.ShouldBe(["./gone/below/file", "./gone/below", "./gone"], ignoreOrder: true);
        File.Exists(_folder["target/gone/below/file"]).ShouldBeTrue();
        File.Exists(Path.Combine(inside, "extra")).ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_dry_run_is_no_run_to_go_on_with()
    {
        TreeMaker.Make(_folder["source"], new(3, 30, 30_000));
        WriteManifest(buckets: 3);
        await DryRunAsync();

        var real = await MigrateAsync(fresh: false);

        real.WasFinished.ShouldBeFalse();
        real.Run.Moved.Files.ShouldBe(30);
    }

    [Fact(Timeout = HangLimit)]
    public async Task It_writes_nothing_on_a_target_that_it_may_write_in()
    {
        TreeMaker.Make(_folder["source"], new(3, 30, 30_000));
        WriteManifest(buckets: 3);
        var watched = _folder.MakeDirectory("target");
        Tool.Read("touch", "-d", "@1500000000.5", watched);

        (await DryRunAsync()).Run.IsFinished.ShouldBeTrue();

        // Whatever is made in a directory, for however short a time, changes its time.
        Tool.Read("stat", "-c", "%.9Y", watched).Trim().ShouldBe("1500000000.500000000");
    }

    // Some files are gone from the target, some have other content, some other times or modes, and there is one too many here and there.
    private static void Spoil(string file, Random random)
    {
        if (!File.Exists(file)) return;
        switch (random.Next(8))
        {
            case 0: File.Delete(file); break;
            case 1: File.AppendAllText(file, "x"); break;
            case 2: Tool.Read("touch", "-d", $"@{random.Next(1_000_000_000).ToString(CultureInfo.InvariantCulture)}.25", file); break;
            case 3: Tool.Read("chmod", "600", file); break;
            case 4: File.WriteAllText(file + ".extra", ""); break;
            case 5 when random.Next(3) == 0: Directory.Delete(Path.GetDirectoryName(file)!, recursive: true); break;
            default: break;
        }
    }

    private static long Entries(Preview preview, ChangeKind kind) => preview.Parts.Where(part => part.Kind == kind).Sum(part => part.Entries);

    private static long Files(Preview preview) => preview.Parts.Sum(part => part.Files);

    private static long Bytes(Preview preview) => preview.Parts.Sum(part => part.Bytes);

    private string Listing() => Directory.Exists(_folder["target"])
        ? Tool.Read("find", _folder["target"], "-printf", "%P %y %s %m %U %T@ %C@\\n")
        : "nothing";

    private Task<RunSummary> DryRunAsync(bool deletes = false) => RunAsync(pipeline => pipeline.DryRun, new("migrations.yml", [], null, [], false, Deletes: deletes));

    private Task<RunSummary> MigrateAsync(bool fresh = true) => RunAsync(pipeline => pipeline.Migrate, new("migrations.yml", [], null, [], fresh));

    private async Task<RunSummary> RunAsync(Func<MigrationPipeline, Stage<MigrationRequest, ImmutableArray<RunSummary>>> of, MigrationRequest request)
    {
        var environment = DummyProgram.Environment;
        await using var hosts = World.Hosts(TimeProvider.System, environment);
        var around = World.Of(_folder.Path, environment: environment, hosts: hosts);
        return (await (request | of(new MigrationPipeline(around))).RunAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
    }

    private void WriteManifest(int buckets) => File.WriteAllText(_folder["migrations.yml"], $$"""
        version: 1
        hosts: { here: { local: true, slots: 2 } }
        migrations:
          demo:
            source: { directory: source }
            mounts: { target: target }
            hosts: [here]
            buckets: {{buckets}}
        """);
}
