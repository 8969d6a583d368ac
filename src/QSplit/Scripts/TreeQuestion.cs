using System.Globalization;
using System.Text;
using QSplit.Processes;
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

    // Name by name, since each may be spelled otherwise. What is found is compared by who asks.
    private const string Spelled = """
        find_in() {
          case $2 in */*) rest=${2#*/};; *) rest=;; esac
          LC_ALL=C.UTF-8 find "$1" -mindepth 1 -maxdepth 1 -iname "${2%%/*}" 2>/dev/null | while IFS= read -r hit; do
            if [ "$rest" ]; then (find_in "$hit" "$rest"); else say hit "$at" "${hit#"$root"/}"; fi
          done
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

    /// <summary>
    /// A script that says <c>hit N PATH</c> for each entry that may have one of the paths by another spelling, in upper or lower case or
    /// with letters
    /// that are not ASCII; more than those that have it.
    /// </summary>
    public static Script Alike(string root, IEnumerable<EntryPath> paths) => Script.Of(new ScriptText()
        .Line(Spelled)
        .Set("root", root)
        .Parameters(paths.Select(path => string.Join('/', Encoding.UTF8.GetString(path.Bytes).Split('/').Select(PatternOf))))
        .Line("""at=0; for path; do at=$((at + 1)); find_in "$root" "$path"; done"""));

    // A letter and its accent may be two characters, one, or another one; what is special in a pattern is meant as it stands.
    private static string PatternOf(string name)
    {
        var (letters, pattern) = (FoldedName.Of(Encoding.UTF8.GetBytes(name), NameFolding.Normalization), new StringBuilder());
        for (var at = 0; at < letters.Length; at++)
        {
            var isPart = at + 1 < letters.Length && char.GetUnicodeCategory(letters[at + 1]) == UnicodeCategory.NonSpacingMark;
            if (isPart || !char.IsAscii(letters[at])) pattern.Append('*');
            else pattern.Append(letters[at] is '[' or ']' or '*' or '?' or '\\' ? "\\" : "").Append(letters[at]);
        }
        return pattern.ToString();
    }

    /// <summary>
    /// A script that says <c>name N HEX</c> for each temporary name, by its number from 1, that was cut from the name of exactly one entry of
    /// its directory: the bytes of that name in hexadecimal.
    /// </summary>
    /// <param name="shortest">How many bytes a name has at least that is cut.</param>
    public static Script WholeNames(string root, IEnumerable<EntryPath> temporary, int shortest) => Script.Of(new ScriptText()
        .Set("root", root)
        .Set("shortest", shortest.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .Parameters(temporary)
        .Line("""
            set +f
            at=0
            for path; do
              at=$((at + 1)) count=0 stem=${path%.??????} dir=
              case $stem in */*) dir=${stem%/*}/ stem=${stem##*/} ;; esac
              stem=${stem#.}
              for hit in "$root/$dir$stem"* "$root/$dir.$stem"*; do
                name=${hit##*/} rest=${hit##*/}
                rest=${rest#.}; rest=${rest#"$stem"}
                # Shorter than it has to be: it was cut within letters that are not ASCII.
                if [ "${#stem}" -lt "$((shortest - 1))" ]; then case $rest in [\ -~]*) continue ;; esac; fi
                if [ "${#name}" -ge "$shortest" ] && { [ -e "$hit" ] || [ -L "$hit" ]; }; then count=$((count + 1)) whole=$name; fi
              done
              [ "$count" != 1 ] || say name "$at" "$(printf %s "$whole" | od -An -v -tx1 | tr -d ' \n')"
            done
            """));

    /// <summary>A script that says <c>link PATH</c> for each symbolic link on the target in whose place the source has a directory.</summary>
    /// <param name="isDeep">Whether all below the paths is looked at, too.</param>
    /// <param name="leads">Where a link must lead to.</param>
    public static Script LinksInTheWay(string source, string target, IEnumerable<EntryPath> paths, bool isDeep, LinkLeads leads) => Script.Of(new ScriptText()
        .Set("source", source)
        .Set("target", target)
        .Set("deep", isDeep ? "1" : "")
        .Set("leads", leads switch { LinkLeads.Out => "out", LinkLeads.In => "in", _ => "" })
        .Parameters(paths)
        .Line("""
            is_directory() { [ -d "$source/$1" ] && ! [ -L "$source/$1" ]; }
            physical() { cd -P -- "$1" 2>/dev/null && pwd -P; }
            from=$(physical "$source") to=$(physical "$target") seen=
            # A file system root is '/', and all else lies in it.
            from=${from%/}/ to=${to%/}/
            # A copy has the time of the link on the source, which is not that of its own last change.
            is_copy() { times=$(stat -c '%y|%z' -- "$target/$1" 2>/dev/null) && [ "${times%%|*}" != "${times#*|}" ]; }
            leads_there() {
              [ "$leads" ] || return 0
              where=$(physical "$target/$1") || return 1
              case $where/ in "$from"*|"$to"*) [ "$leads" = in ];; *) [ "$leads" = out ] && ! is_copy "$1";; esac
            }
            look() { if [ "$1" != "$seen" ] && is_directory "$1" && leads_there "$1"; then seen=$1; say link "$1"; fi; }
            for path; do
              # rsync would replace a link above it, too.
              above= rest=$path/
              while [ "$rest" ]; do
                above=$above${rest%%/*} rest=${rest#*/}
                if [ -L "$target/$above" ]; then look "$above"; break; fi
                above=$above/
              done
              if [ -z "$rest" ] && [ "$deep" ] && ! [ -L "$target/$path" ] && [ -d "$target/$path" ] && is_directory "$path"; then
                find "$target/$path" -type l 2>/dev/null | while IFS= read -r link; do look "${link#"$target"/}"; done
              fi
            done
            """));

    /// <summary>A script that says <c>append N</c> for each path, by its number from 1, whose directory on the target only lets files be added (chattr +a).</summary>
    public static Script InAppendOnly(string target, IEnumerable<EntryPath> paths) => Script.Of(new ScriptText()
        .Set("target", target)
        .Parameters(paths)
        .Line("""
            at=0
            for path; do
              at=$((at + 1))
              flags=$(lsattr -d -- "$(dirname -- "$target/$path")" 2>/dev/null)
              case ${flags%% *} in *a*) say append "$at";; esac
            done
            """));

    /// <summary>A script that says <c>count N</c>: how many entries there are, the paths and all below them.</summary>
    /// <param name="leaveOut">Patterns of names of directories that do not count, nor what is below them.</param>
    public static Script Count(string root, IEnumerable<EntryPath> paths, IEnumerable<string> leaveOut) => Script.Of(new ScriptText()
        .Set("root", root)
        .Parameters(paths)
        .Line("""for path; do set -- "$@" "./$path"; shift; done""")
        .Line($$"""
            cd -- "$root" && say count "$(find "$@"{{string.Concat(leaveOut.Select(name => $" -type d -name {ShellQuote.Quote(name)} -prune -o"))}} -print0 2>/dev/null | tr -dc '\0' | wc -c | tr -d ' ')"
            """));
}

/// <summary>Where a symbolic link of the target leads to.</summary>
internal enum LinkLeads
{
    Anywhere,

    /// <summary>To a directory outside of the source and the target, and it is no copy of a link that the source had.</summary>
    Out,

    /// <summary>To a directory of the source or the target.</summary>
    In,
}
