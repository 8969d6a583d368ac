using System.Collections.Immutable;
using System.Globalization;
using QSplit.Notices;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Verifications;

namespace QSplit.Tests.Stages;

/// <summary>A migration on this machine that is copied, spoilt, verified and repaired.</summary>
internal sealed class VerifiedSite : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public VerifiedSite()
    {
        Assert.SkipWhen(Tool.Run("sh", "-c", "command -v rsync").ExitCode != 0, "rsync is not installed: apt-get install rsync");
        _folder.MakeDirectory("source");
    }

    /// <summary>What its programs inherit.</summary>
    public ImmutableDictionary<string, string> Environment { get; set; } = DummyProgram.Environment;

    /// <summary>The way to webhooks.</summary>
    public WebhookPost? Post { get; set; }

    /// <summary>All that was said.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_said) return [.. _said];
        }
    }

    public string MakeDirectory(string name) => _folder.MakeDirectory(name);

    /// <summary>A path below the folder of the site: <c>source/a</c>.</summary>
    public string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    /// <summary>Another first byte; size and time stay.</summary>
    public static void Flip(string file)
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

    /// <summary>Does something in a directory that changes its time, and puts that back.</summary>
    public static void Keeping(string directory, Action act)
    {
        var time = Tool.Read("stat", "-c", "%.9Y", directory).Trim();
        act();
        Tool.Read("touch", "-d", $"@{time}", directory);
    }

    /// <summary>Changes a file of the target by chance, and tells what a verification has to find of that.</summary>
    public void Spoil(string file, Random random, SortedSet<string> done)
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

    public static IEnumerable<EntryDifference> All(RunSummary summary) =>
        Directory.EnumerateFiles(Path.Combine(summary.Folder, "differences")).SelectMany(DifferenceList.Read);

    public static List<string> Names(RunSummary summary, DifferenceKind kind)
    {
        var names = All(summary).Where(d => d.Kind == kind).Select(d => $"{d.Path}").Order(StringComparer.Ordinal).ToList();
        (summary.Run.Checked.Found.SingleOrDefault(found => found.Kind == kind)?.Entries ?? 0).ShouldBe(names.Count);
        return names;
    }

    public void AddFile(string name, int size)
    {
        var file = new FileInfo(_folder[$"source/{name}"]);
        file.Directory!.Create();
        File.WriteAllBytes(file.FullName, [.. Enumerable.Range(0, size).Select(i => (byte)(i * 7))]);
    }

    public void Said(string words) => _said.ShouldContain(line => line.Contains(words, StringComparison.Ordinal));

    public string Listing() => Tool.Read("find", _folder["target"], "-printf", "%P %y %s %m %U %T@ %C@\\n");

    public async Task<string> WhyNotAsync<T>(string? sample = null, string? seed = null) where T : Exception =>
        (await Should.ThrowAsync<StageFailedException>(() => VerifyAsync(sample, seed))).InnerException.ShouldBeOfType<T>().Message;

    public Task<RunSummary> SyncAsync(string? deletes = null, CancellationToken? cancellationToken = null, Action<string>? heard = null, bool acceptDrift = false) =>
        RunAsync(pipeline => pipeline.Sync, new("migrations.yml", [], null, [], false, AcceptDrift: acceptDrift) { DeletesFile = deletes }, cancellationToken, heard);

    public Task<CutoverSummary> CutoverAsync(
        string? frozen = "exports are read-only", string? deletes = null, string? accept = null, string? by = null, string? key = null, bool dryRun = false, bool fresh = false, bool acceptDrift = false, CancellationToken? cancellationToken = null, Action<string>? heard = null) =>
        RunAsync(
            pipeline => dryRun ? pipeline.CutoverDryRun : pipeline.Cutover,
            new MigrationRequest("migrations.yml", [], null, [], fresh, AcceptDrift: acceptDrift) { Frozen = frozen, DeletesFile = deletes, Accept = accept, By = by, Key = key },
            cancellationToken,
            heard);

    public async Task<string> WhyNotCutoverAsync<T>(string? frozen = "exports are read-only", string? deletes = null, string? accept = null, string? by = null, string? key = null) where T : Exception =>
        (await Should.ThrowAsync<StageFailedException>(() => CutoverAsync(frozen, deletes, accept, by, key))).InnerException.ShouldBeOfType<T>().Message;

    public async Task<string> WhyNotSyncAsync<T>(string? deletes = null) where T : Exception =>
        (await Should.ThrowAsync<StageFailedException>(() => SyncAsync(deletes))).InnerException.ShouldBeOfType<T>().Message;

    public async Task<string> WhyNotRepairAsync<T>() where T : Exception =>
        (await Should.ThrowAsync<StageFailedException>(() => RepairAsync())).InnerException.ShouldBeOfType<T>().Message;

    public Task<RunSummary> RepairAsync(CancellationToken? cancellationToken = null, Action<string>? heard = null) =>
        RunAsync(pipeline => pipeline.Repair, new("migrations.yml", [], null, [], false), cancellationToken, heard);

    public Task<RunSummary> MigrateAsync(bool fresh = true, bool acceptDrift = false) =>
        RunAsync(pipeline => pipeline.Migrate, new("migrations.yml", [], null, [], fresh, AcceptDrift: acceptDrift));

    public Task<RunSummary> VerifyAsync(string? sample = null, string? seed = null, Action<string>? heard = null, CancellationToken? cancellationToken = null) =>
        RunAsync(pipeline => pipeline.Verify, new("migrations.yml", [], null, [], false) { Sample = sample, Seed = seed }, cancellationToken, heard);

    public async Task<T> RunAsync<T>(
        Func<MigrationPipeline, Stage<MigrationRequest, ImmutableArray<T>>> of, MigrationRequest request, CancellationToken? cancellationToken = null, Action<string>? heard = null)
    {
        var environment = Environment;
        await using var hosts = World.Hosts(TimeProvider.System, environment);
        var view = new PlainView(TimeProvider.System, line =>
        {
            lock (_said) _said.Add(line);
            heard?.Invoke(line);
        });
        var around = World.Of(_folder.Path, view, environment: environment, hosts: hosts, post: Post);
        return (await (request | of(new MigrationPipeline(around))).RunAsync(cancellationToken ?? TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
    }

    public void WriteManifest(int buckets, string keys = "", int slots = 2) => File.WriteAllText(_folder["migrations.yml"], $$"""
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
