using System.Collections.Immutable;
using System.Text;
using QSplit.CmdScripts;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Testing;
using QSplit.Testing.Windows;
using QSplit.Trees;

namespace QSplit.Tests.CmdScripts;

/// <summary>A directory, planned for robocopy; its scripts are played, and what arrives is held against what was there.</summary>
internal sealed class PlayedPlan : IDisposable
{
    private const string SourceMount = @"\\nas\old stuff (100%)", TargetMount = @"D:\new";
    private readonly QSplit.Testing.TemporaryFolder _folder = new();
    private readonly List<string> _copied = [];
    private readonly StringWriter _heard = new();

    public PlayedPlan() => (Source, _) = (_folder.MakeDirectory("source"), _folder.MakeDirectory("plan"));

    public string Source { get; }

    public string Target => _folder["new"];

    public Plan Plan { get; private set; } = null!;

    /// <summary>All that cmd and robocopy printed.</summary>
    public string Heard => _heard.ToString();

    public string Script(string name) => File.ReadAllText(Path.Combine(_folder["plan"], $"qsync_{Plan.Stamp}_{name}.cmd"));

    public string List(int bucket) => File.ReadAllText(Path.Combine(_folder["plan"], $"qsync_{Plan.Stamp}_bucket{bucket}.txt"));

    /// <summary>Makes the plan, writes it with its scripts, and reads it back.</summary>
    /// <param name="source">What is planned; the directory itself, crawled, by default.</param>
    public async Task MakeAsync(int buckets, ITreeSource? source = null, ImmutableArray<string> leaveOut = default)
    {
        var token = TestContext.Current.CancellationToken;
        var without = leaveOut.IsDefault ? LocalTreeOptions.OfSystems : leaveOut;
        var tree = new WindowsTree(source ?? await LocalTree.CrawlAsync(Source, new LocalTreeOptions { LeaveOut = without, LeaveOutInAnyCase = true }, null, token), SourceMount.Length);
        var plan = await Planner.PlanAsync(tree, new PlanRequest("m", DateTimeOffset.UnixEpoch, CostModel.Default(BalanceBy.Files), buckets, 1) { Mover = MoverKind.Robocopy }, token);
        HandScripts.Write(_folder["plan"], plan, SourceMount, TargetMount, [], without);
        PlanFile.Write(_folder["plan"], plan);
        Plan = PlanFile.Read(_folder["plan"]);
        foreach (var (read, made) in Plan.Buckets.Zip(plan.Buckets))
        {
            read.Items.ShouldBe(made.Items);
            read.Kinds.ShouldBe(made.Kinds);
        }
    }

    /// <summary>Runs the scripts of all buckets, the last first, then that of the levels. Each exits as robocopy does when nothing goes wrong.</summary>
    public void Play(params string[] arguments)
    {
        foreach (var bucket in Plan.Buckets.Reverse()) PlayOne($"bucket{bucket.Number}", arguments);
        PlayOne("levels", arguments);
    }

    /// <summary>Runs the script of each bucket into a target of its own: there nothing is skipped that another has brought already.</summary>
    public void PlayApart()
    {
        foreach (var bucket in Plan.Buckets) PlayOne($"bucket{bucket.Number}", ["D:\\source", $"D:\\apart{bucket.Number}"]);
        _copied.GroupBy(path => path).Where(copies => copies.Count() > 1).Select(copies => copies.Key).ShouldBeEmpty();
        _copied.Clear();
    }

    private void PlayOne(string script, string[] arguments) => Run(script, arguments).ShouldBeLessThan(4, Heard);

    /// <summary>Runs one script.</summary>
    /// <returns>Its exit code.</returns>
    public int Run(string script, params string[] arguments)
    {
        var disk = new WindowsDisk(new Dictionary<string, string> { [SourceMount] = Source, ["D:"] = _folder.Path, ["S:"] = _folder["plan"] });
        var player = new CmdPlayer(disk, Stream.Null, _heard, _heard);
        player.Programs["robocopy"] = (arguments, output) => new RobocopyPlayer(disk, output, _copied.Add).Run(arguments);
        return player.RunBatch($@"S:\qsync_{Plan.Stamp}_{script}.cmd", arguments);
    }

    /// <summary>Everything has arrived, and every file was copied once; but for what the plan says that it does not bring.</summary>
    public void ShouldHaveArrived()
    {
        var missing = Plan.Notes.Where(note => note.Kind == TreeNoteKind.NotOnWindows).Select(note => note.Path).ToHashSet();
        var (source, target) = (Entries(Source), Entries(Target));
        // A link that leads to a directory, in a directory that was divided.
        foreach (var note in Plan.Notes.Where(note => note.Kind == TreeNoteKind.Link))
            if (Directory.Exists(Under(Source, note.Path))) missing.Add(note.Path);
        var expected = source.Where(entry => !ItselfAndAbove(entry.Key).Any(missing.Contains)).ToList();
        expected.Where(entry => !target.ContainsKey(entry.Key)).Select(entry => entry.Key).ShouldBeEmpty(Heard.Length < 4000 ? Heard : "");
        foreach (var (path, what) in expected) target[path].ShouldBe(what, $"{path}");
        target.Count.ShouldBe(expected.Count);
        _copied.GroupBy(path => path).Where(copies => copies.Count() > 1).Select(copies => copies.Key).ShouldBeEmpty();
        _copied.Count.ShouldBe(expected.Count(entry => entry.Value[0] != 'd'));
        foreach (var (path, what) in expected.Where(entry => entry.Value[0] == 'f'))
            File.ReadAllBytes(Under(Target, path)).AsSpan().SequenceEqual(File.ReadAllBytes(Under(Source, path))).ShouldBeTrue($"{path}");
    }

    public void Dispose() => _folder.Dispose();

    private static string Under(string directory, EntryPath path) => Path.Combine(directory, Encoding.UTF8.GetString(path.Bytes));

    private static IEnumerable<EntryPath> ItselfAndAbove(EntryPath path)
    {
        for (; !path.IsRoot; path = path.Parent) yield return path;
    }

    // Kind, size and time of each entry, as find tells them; of links, which .NET gives no times of their own here, the target as text.
    private static Dictionary<EntryPath, string> Entries(string directory)
    {
        var lines = Encoding.Latin1.GetString(Tool.Bytes("find", directory, "-mindepth", "1", "-printf", "%y %s %T+ %l\\0%P\\0")).Split('\0');
        return Enumerable.Range(0, lines.Length / 2).ToDictionary(
            i => EntryPath.FromBytes(Encoding.Latin1.GetBytes(lines[(2 * i) + 1])),
            i => lines[2 * i].Split(' ', 4) is var words && words[0] == "l" ? $"l {Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(words[3]))}" : words[0] == "d" ? $"d {words[2][..^3]}" : $"{words[0]} {words[1]} {words[2][..^3]}");
    }
}
