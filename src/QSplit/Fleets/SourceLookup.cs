using System.Globalization;
using System.Text;
using QSplit.Scripts;
using QSplit.Transfers;
using QSplit.Transports;
using QSplit.Trees;

namespace QSplit.Fleets;

/// <summary>Asks a shell of a host what is below a directory: what rsync finds there is not the only evidence.</summary>
internal static class SourceLookup
{
    private const int MostOfOneQuestion = 1000;

    // All paths of a question are arguments of one program, which together may have 2 MB; a path has up to 4 KB.
    private const int MostOfOneCount = 200;

    /// <param name="root">What the paths lie below, as the host sees it.</param>
    /// <param name="folds">Which other spellings of a path count too.</param>
    /// <returns>The paths that are there; null where the host did not answer.</returns>
    public static async Task<HashSet<EntryPath>?> WhichAsync(
        ITransport transport, string root, IReadOnlyCollection<EntryPath> paths, CancellationToken cancellationToken,
        NameFolding folds = NameFolding.None)
    {
        var there = new HashSet<EntryPath>();
        foreach (var part in paths.Chunk(MostOfOneQuestion))
        {
            var listener = new Listener(_ => { }, _ => { }, said => there.Add(part[Number(said, "there ") - 1]));
            var end = await transport.RunAsync(TreeQuestion.Which(root, part), listener, cancellationToken);
            if (!end.IsKnown) return null;
        }
        if (folds == NameFolding.None) return there;
        foreach (var part in paths.Where(path => !there.Contains(path)).Chunk(MostOfOneQuestion))
        {
            var listener = new Listener(_ => { }, _ => { }, said => Hear(said, part, folds, there));
            var end = await transport.RunAsync(TreeQuestion.Alike(root, part), listener, cancellationToken);
            if (!end.IsKnown) return null;
        }
        return there;
    }

    /// <param name="temporary">Names of temporary files that rsync has cut from longer ones.</param>
    /// <returns>The entry that each was cut from, where only one can be meant.</returns>
    /// <inheritdoc cref="WhichAsync"/>
    public static async Task<Dictionary<EntryPath, EntryPath>> WholeNamesAsync(
        ITransport transport, string root, IReadOnlyCollection<EntryPath> temporary, CancellationToken cancellationToken)
    {
        var whole = new Dictionary<EntryPath, EntryPath>();
        foreach (var part in temporary.Chunk(MostOfOneCount))
        {
            var listener = new Listener(_ => { }, _ => { }, said => Add(whole, part, said));
            await transport.RunAsync(TreeQuestion.WholeNames(root, part, TemporaryName.ShortestCut), listener, cancellationToken);
        }
        return whole;
    }

    /// <summary>Takes in what the script of <see cref="TreeQuestion.WholeNames"/> said.</summary>
    internal static void Add(Dictionary<EntryPath, EntryPath> whole, EntryPath[] asked, string said)
    {
        if (said.Split(' ') is not ["name", var number, var hex]) return;
        var temporary = asked[int.Parse(number, CultureInfo.InvariantCulture) - 1];
        whole[temporary] = temporary.Parent.Combine(Convert.FromHexString(hex));
    }

    private static void Hear(string said, EntryPath[] asked, NameFolding folds, HashSet<EntryPath> there)
    {
        if (said.Split(' ', 3) is not ["hit", var number, var hit]) return;
        var path = asked[Number(number, "") - 1];
        if (FoldedName.Of(path.Bytes, folds) == FoldedName.Of(Encoding.UTF8.GetBytes(hit), folds)) there.Add(path);
    }

    /// <param name="leaveOut">Names of directories that do not count; <c>*</c> stands for any characters.</param>
    /// <returns>How many entries there are: the paths and all below them. Null where the host did not answer.</returns>
    /// <inheritdoc cref="WhichAsync"/>
    public static async Task<long?> CountAsync(
        ITransport transport, string root, IReadOnlyCollection<EntryPath> paths, IReadOnlyCollection<string> leaveOut, CancellationToken cancellationToken)
    {
        long? sum = 0;
        foreach (var part in paths.Chunk(MostOfOneCount))
        {
            long? count = null;
            var listener = new Listener(_ => { }, _ => { }, said => count = Number(said, "count "));
            var end = await transport.RunAsync(TreeQuestion.Count(root, part, leaveOut), listener, cancellationToken);
            if (!end.IsKnown || count is null) return null;
            sum += count;
        }
        return sum;
    }

    private static int Number(string said, string word) => int.Parse(said.AsSpan(word.Length), CultureInfo.InvariantCulture);
}
