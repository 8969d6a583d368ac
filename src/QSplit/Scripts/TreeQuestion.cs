using QSplit.Trees;

namespace QSplit.Scripts;

/// <summary>Asks whether entries are below a directory of a host.</summary>
internal static class TreeQuestion
{
    /// <summary>The exit code of a script that found that a tree is not the planned one.</summary>
    public const int NotTheTree = 96;

    // At least half of the paths have to be there: a live source loses some.
    private const string Text = """
        tree() {
          root=$1; shift; count=0 at=0 first=
          for path; do
            at=$((at + 1))
            [ -e "$root/$path" ] || [ -L "$root/$path" ] || { count=$((count + 1)); [ "$first" ] || first=$at; }
          done
          say tree "$#" "$count" "$first"
          [ $((count * 2)) -le $# ]
        }
        """;

    /// <summary>Defines <c>is_tree</c>, which says <c>tree ALL MISSING FIRST</c> (numbers of paths; the first missing one from 1) and fails when more than half are missing.</summary>
    public static ScriptText DefineTree(this ScriptText text, string root, IEnumerable<EntryPath> witnesses) => text
        .Line(Text)
        .Set("tree_root", root)
        .Line("is_tree() {")
        .Parameters(witnesses)
        .Line("""tree "$tree_root" "$@"; }""");

    /// <summary>A script that asks nothing else.</summary>
    /// <param name="noDirectory">Its exit code when there is no directory at all.</param>
    public static Script Alone(string root, IEnumerable<EntryPath> witnesses, int noDirectory) =>
        Script.Of(new ScriptText().DefineTree(root, witnesses).Line($"""[ -d "$tree_root" ] || finish {noDirectory}""").Line($"is_tree || finish {NotTheTree}"));

    /// <summary>A script that says <c>there N</c> for each path that is there, by its number from 1.</summary>
    public static Script Which(string root, IEnumerable<EntryPath> paths) => Script.Of(new ScriptText()
        .Set("root", root)
        .Parameters(paths)
        .Line("""at=0; for path; do at=$((at + 1)); if [ -e "$root/$path" ] || [ -L "$root/$path" ]; then say there "$at"; fi; done"""));
}
