using System.Collections.Immutable;
using QSplit.Scripts;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>A probe of what a target keeps: written by one host, read back by others, removed.</summary>
internal static class ProbeScript
{
    /// <summary>What the writer exits with when it could not even begin.</summary>
    public const int NotWritten = 91;

    // What others are to read they must be able to, whoever they are there. The controller may go while this runs: then there is nobody to say it to, and nobody who would remove it.
    private const string Writing = """
        trap '' PIPE
        umask 022
        # One that was killed could not take its own away.
        find "$place/." ! -path "$place/." -prune -type d -name "$probes" -mmin +10 -exec rm -rf -- {} + 2>/dev/null
        all=$place/$probe
        mkdir -- "$all" || finish 91
        could= epoch=
        did() { name=$1; shift; if "$@" >/dev/null 2>&1; then could="$could $name"; fi; }
        printf %s "$token" >"$all/here"
        printf lower >"$all/case"; printf upper >"$all/CASE"
        { printf two >"$all/$decomposed"; printf one >"$all/$composed"; } 2>/dev/null
        did link ln -s here "$all/link"
        printf x >"$all/file"
        did mode chmod 0640 "$all/file"
        did owner chown "$strange" "$all/file"
        if [ "$xattrs" ]; then
          if command -v setfattr >/dev/null; then did xattr setfattr -n user.qsplit -v "$token" "$all/here"; else could="$could no-attr"; fi
        fi
        if [ "$acls" ]; then
          printf x >"$all/acl"
          if command -v setfacl >/dev/null; then did acl setfacl -m u:12345:r "$all/acl"; else could="$could no-acl"; fi
        fi
        TZ=UTC0; export TZ
        [ -z "$links" ] || did hard ln "$all/here" "$all/hard"
        for at in $times; do touch -d "@$at" -- "$all/$at" && epoch=1; done >/dev/null 2>&1
        [ -z "$epoch" ] || could="$could epoch"
        did fine touch -d '2001-02-03 04:05:07.123456789' "$all/file"
        case $could in *fine*) ;; *) did coarse touch -t 200102030405.07 "$all/file";; esac
        say written $could || { rm -rf -- "$all"; finish 1; }
        """;

    // An NFS client may show a directory as it was some seconds ago: opening it anew makes it ask again (nfs(5), actimeo).
    private const string Reading = """
        all=$place/$probe
        what() { got=; { IFS= read -r got <"$1"; } 2>/dev/null; }
        found=
        for pause in 1 1 1 1 1 0; do
          what "$all/here"
          if [ "$got" = "$token" ]; then found=1; break; fi
          (cd "$place" && ls -f | head -n 1) >/dev/null 2>&1
          sleep "$pause"
        done
        if [ "$found" ]; then
          say sees file yes
          if [ -L "$all/link" ] && [ -e "$all/link" ]; then say sees link yes; fi
          what "$all/case"; first=$got; what "$all/CASE"; say sees case "$first$got"
          what "$all/$decomposed"; first=$got; what "$all/$composed"; say sees form "$first$got"
          say sees times $(cd -- "$all" && stat -c '%n %Y' -- $times 2>/dev/null)
          if [ "$links" ]; then say sees names "$(getconf LINK_MAX "$all" 2>/dev/null)"; say sees type "$(stat -f -c %T "$all" 2>/dev/null)"; fi
          TZ=UTC0 stat -c '%a %u:%g %y' "$all/file" | { read -r mode owner time; say sees mode "$mode"; say sees owner "$owner"; say sees time "$time"; }
          if [ "$xattrs" ]; then
            if command -v getfattr >/dev/null; then say sees xattr "$(getfattr --only-values -n user.qsplit "$all/here")"; else say sees no-attr yes; fi
          fi
          if [ "$acls" ]; then
            if command -v getfacl >/dev/null; then say sees acl "$(getfacl -cnp "$all/acl" | grep '^user:12345:')"; else say sees no-acl yes; fi
          fi
        fi
        true
        """;

    /// <summary>Writes it, and says <c>written WORD...</c>: all that could be done.</summary>
    public static Script Write(string place, string probe, string token, ImmutableArray<string> options) =>
        Script.Of(About(place, probe, token, options).Set("strange", HostQuestion.StrangeOwner).Set("probes", HostQuestion.ProbeName + "*").Line(Writing));

    /// <summary>Looks for it for up to 5 s, and says <c>sees WHAT HOW</c>.</summary>
    public static Script Read(string place, string probe, string token, ImmutableArray<string> options) =>
        Script.Of(About(place, probe, token, options).Line(Reading));

    public static Script Remove(string place, string probe) => Script.Of(new ScriptText()
        .Set("place", place)
        .Set("probe", probe)
        .Line("""rm -rf -- "$place/$probe" """));

    private static ScriptText About(string place, string probe, string token, ImmutableArray<string> options) => new ScriptText()
        .Set("place", place)
        .Set("probe", probe)
        .Set("token", token)
        .Set("xattrs", options.AskForXattrs() ? "1" : "")
        .Set("acls", options.AskForAcls() ? "1" : "")
        .Set("links", options.Asking('H', "--hard-links") is not null ? "1" : "")
        .Set("decomposed", "cafe\u0301")
        .Set("composed", "caf\u00e9")
        .Set("times", string.Join(' ', TimeRanges.All.Select(range => range.Tried)));
}
