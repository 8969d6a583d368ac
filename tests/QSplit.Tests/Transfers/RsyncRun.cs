using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using QSplit.Fleets;
using QSplit.Scripts;
using QSplit.Testing;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Tests.Transfers;

/// <summary>One run of the real rsync, by the program's own arguments and through its own readers.</summary>
internal sealed partial record RsyncRun(int ExitCode, RsyncOutput Output, RsyncErrors Errors, ImmutableArray<string> Lines, ImmutableArray<long> Progress)
{
    private static readonly string[] AsNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    public TransferOutcome Outcome => RsyncExit.Read(ExitCode, false, Errors);

    /// <summary>All that rsync changed, of a seal, which itemizes.</summary>
    public IEnumerable<string> Changes => Lines.Where(line => line.Length > 12 && line[11] == ' ' && line[0] is '<' or '>' or 'c' or 'h' || line.StartsWith(".d..", StringComparison.Ordinal) || line.StartsWith(".f..", StringComparison.Ordinal));

    public static async Task<RsyncRun> OfAsync(Pass pass, RsyncPaths paths, ReadOnlyMemory<byte> list, bool asNobody = false)
    {
        Assert.SkipWhen(Tool.Run("sh", "-c", "command -v rsync").ExitCode != 0, "rsync is not there: install package rsync");
        Assert.SkipWhen(asNobody && !ByteFiles.IsRoot, "Only root can be somebody else.");
        var (lines, progress) = (new ConcurrentQueue<string>(), new ConcurrentQueue<long>());
        var output = new RsyncOutput(progress.Enqueue);
        var errors = new RsyncErrors(paths.Source, paths.Target);
        var heard = await Heard.HereAsync(
            Scripted.Fenced([.. asNobody ? AsNobody : [], .. RsyncArguments.For(pass, paths)], list),
            heard: line =>
            {
                lines.Enqueue(line);
                // What an rsync that pretends says of entries is another form.
                if (paths.Pretence is null || !ItemizedLine().IsMatch(line)) output.Add(line);
            });
        foreach (var line in heard.Errors) errors.Add(line);
        var candidates = errors.Candidates.ToList();
        var there = await Heard.HereAsync(TreeQuestion.Which(paths.Source, candidates));
        errors.Settle(there.Said.Select(said => candidates[int.Parse(said["there ".Length..]) - 1]).ToHashSet());
        var (cut, whole) = (errors.Cut.ToArray(), new Dictionary<EntryPath, EntryPath>());
        if (cut.Length > 0)
        {
            var names = await Heard.HereAsync(TreeQuestion.WholeNames(paths.Source, cut, TemporaryName.ShortestCut));
            foreach (var said in names.Said) SourceLookup.Add(whole, cut, said);
        }
        errors.SettleCut(whole);
        return new(heard.End.ExitCode, output, errors, [.. lines], [.. progress]);
    }

    [GeneratedRegex("^.[fdLDS].{9} [0-9]|^[*]deleting ", RegexOptions.None, 60_000)]
    private static partial Regex ItemizedLine();

    /// <summary>Paths without anything special.</summary>
    public static RsyncPaths Between(string source, string target) => new(source, target, [], [], null, false);

    public static byte[] ListOf(params IEnumerable<string> paths) => EntryList.Of(paths.Select(path => EntryPath.FromBytes(Encoding.UTF8.GetBytes(path))), "");

    public static byte[] LevelsOf(params IEnumerable<string> paths) => EntryList.Of(paths.Select(path => EntryPath.FromBytes(Encoding.UTF8.GetBytes(path))), "/");
}
