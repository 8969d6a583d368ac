using QSplit.Manifests;
using QSplit.Processes;
using QSplit.Scripts;
using QSplit.Transfers;

namespace QSplit.Preflights;

/// <summary>Asks a host what it has: tools, rsync, both trees, room, time. Nothing stays on it.</summary>
internal static class HostQuestion
{
    /// <summary>What the probes are called, with something random behind it.</summary>
    public const string ProbeName = ".qsplit-probe-";

    /// <summary>An owner and a group that nobody has, as <c>chown</c> takes them.</summary>
    public const string StrangeOwner = "12345:12346";

    // `stat -c` is not in POSIX, but in GNU and busybox alike. A name is said last: it may have blanks in it.
    private const string Tools = """
        say clock "$(date +%s)"
        user=$(id -u); say user "$user"; say groups "$(id -G)"
        for tool in head sed grep df sleep env cat timeout rsync; do command -v "$tool" >/dev/null || say lacks "$tool"; done
        stat -c %f / >/dev/null 2>&1 || say lacks stat
        limited() { if command -v timeout >/dev/null; then timeout 20 "$@"; else "$@"; fi; }
        of() { tr '\n' '\0' | limited xargs -0 "$@" -- 2>/dev/null; }
        line='
        '
        if command -v rsync >/dev/null; then
          said=$(limited rsync -VV </dev/null 2>/dev/null); code=$?
          case $said in
            "{"*|rsync*version*) ;;
            *) [ "$code" = 124 ] || { said=$(limited rsync --version </dev/null 2>&1); code=$?; };;
          esac
          say rsync "$code"; printf '%s\n' "$said" | head -n 99; say answered
        fi
        """;

    private const string Source = """
        say at "$source"
        if ! [ -d "$source" ]; then say source missing
        elif ! [ -x "$source" ] || ! [ -r "$source" ]; then say source shut
        else
          say source there
          if [ "$count" != 0 ]; then is_tree; fi
          # Beside the planned paths, which are the parameters.
          names=$(ls -A -- "$source" | head -n 16)
          if [ "$names" ]; then
            printf '%s\n' "$names" | {
              while IFS= read -r name; do set -- "$@" "$name"; done
              for path; do set -- "$@" "$source/$path"; shift; done
              stat -c '%f %s %Y %n' -- "$@" 2>/dev/null
            } | while IFS= read -r seen; do say look "${seen%%/*}${seen#*" $source/"}"; done
          else say empty
          fi
          IFS=$line; set -- $(limited find "$source/." -maxdepth 3 2>/dev/null | head -n 256); unset IFS
          acls=$(limited getfacl -P -p -n -s -- "$@" 2>/dev/null | grep -c '^# file: ')
          limited getfattr -h -m '^user[.]|^system[.]nfs4_acl$' -- "$@" 2>/dev/null | {
            attributes=0 new=0 nfs4=
            while IFS= read -r has; do
              case $has in "# file: "*) new=1;; user.*) attributes=$((attributes + new)) new=0;; system.nfs4_acl) nfs4=1;; esac
            done
            say sample "$#" "$attributes" "$acls"
            [ -z "$nfs4" ] || say nfs4acl
          }
        fi
        """;

    // An attempt tells more than `test -w`: of root that is squashed, of a file system that turned read-only, of one that is full. An
    // end that comes in the midst of it would leave it there.
    private const string Target = """
        say at "$target"
        # The column before the one that is a number with a percent sign: names of devices may have blanks in them.
        available() { last=; for word in $(df "$1" "$place"); do case $word in *[!0-9]*%) ;; *%) say "$2" "$last"; return;; esac; last=$word; done; }
        place=
        if [ -d "$target" ]; then place=$target; say target there; [ -z "$(ls -A -- "$target" 2>/dev/null | head -n 1)" ] || say holds
        elif [ -e "$target" ] || [ -L "$target" ]; then say target other
        elif [ -d "$parent" ]; then place=$parent; say target parent
        else say target nowhere
        fi
        if [ "$place" ] && [ "$untouched" ]; then
          if [ -w "$place" ] && [ -x "$place" ]; then say writes; else say shut; fi
          limited find "$place" -mindepth 1 -maxdepth 3 2>/dev/null | head -n 64 | of stat -c %y | grep -v '[.]000000000' | grep -q '[.][0-9]' && say fine
          available -Pk room; available -Pi inodes
        elif [ "$place" ]; then
          trap '' HUP INT TERM
          if why=$(mkdir -m 711 -- "$place/$probe" 2>&1); then
            owner=
            # That rsync may be a script which runs it as another user.
            if command -v rsync >/dev/null && mkdir -m 777 -- "$place/$probe/from" "$place/$probe/to" 2>/dev/null; then
              tried=$(really "$place/$probe/from/" "$place/$probe/to/"); told "$?"
              if [ "$other" ]; then tried=$(really "$place/$probe/from/" "$place/$probe-other/"); told "$?"; rm -rf -- "$place/$probe-other"; fi
              # Whether it can give a file to somebody else.
              if : >"$place/$probe/from/file" && chmod 644 "$place/$probe/from/file"; then
                limited rsync -og --numeric-ids --chown="$strange" -- "$place/$probe/from/file" "$place/$probe/to/" >/dev/null 2>&1 </dev/null; say chown "$?"
                owner=$(stat -c %u:%g -- "$place/$probe/to/file" 2>/dev/null)
              fi
            fi
            rm -rf -- "$place/$probe"
            say writes
            [ -z "$owner" ] || say owner "$owner"
            if [ "$owner" ] && [ "$owner" != "$strange" ]; then
              limited find "$source" -maxdepth 3 2>/dev/null | head -n 256 | of stat -c '%u %g' |
                sort | uniq -c | while read -r count of; do say belongs "$count" "$of"; done
            fi
          else say shut "$(printf '%s\n' "$why" | sed -n '$s/.*: //p')"
          fi
          trap - HUP INT TERM
          available -Pk room; available -Pi inodes
        fi
        if [ "$place" ] && command -v getfacl >/dev/null; then
          depth=2; [ "$place" = "$target" ] || depth=0
          IFS=$line; set -- $(limited find "$place/." -maxdepth "$depth" -type d ! -name "$probes" 2>/dev/null | head -n 64); unset IFS
          limited getfacl -pnd -- "$@" 2>/dev/null | while IFS= read -r has; do
            case $has in "# file: "*) at=${has#"# file: "};; user:[0-9]*|group:[0-9]*) say inherits "$at";; esac
          done
        fi
        """;

    // With the options of the migration: on two empty directories in the target, and on both trees, where nothing is written and only the root is listed.
    private const string Trial = """
        tried= failed=
        told() {
          [ "$1" != 0 ] && [ -z "$failed" ] || return 0
          failed=1; say tried "$1"; printf '%s\n' "$tried" | tail -n 4 | while IFS= read -r word; do say trial "$word"; done
        }
        """;

    /// <param name="probe">The name of what is made in the target for a moment.</param>
    public static Script For(PreflightRequest request, Host host, string probe) => Script.Of(Overlap.Ask(NestedMount.Ask(new ScriptText()
        .Line(Tools)
        .Set("source", request.SourceOf(host))
        .DefineTree(request.SourceOf(host), request.Witnesses)
        .Parameters(request.Witnesses)
        .Line($"count={request.Witnesses.Length}")
        .Line(Source)
        .Set("untouched", request.IsReadOnly ? "1" : "")
        .Set("target", request.TargetOf(host))
        .Set("parent", request.ParentOf(host))
        .Set("probe", probe)
        // Another user than the one who makes the probe may be allowed less.
        .Set("other", request.Options.Any(option => option.StartsWith("--copy-as=", StringComparison.Ordinal)) ? "1" : "")
        .Set("strange", StrangeOwner)
        .Set("probes", ProbeName + "*")
        .Line(Trial)
        .Line($$"""really() { limited {{Words(Pass.Open, request, host, null)}} "$1" "$2" 2>&1 >/dev/null </dev/null; }""")
        .Line($$"""pretend() { limited {{Words(Pass.Seal, request, host, new(Deletes: false))}} "$1" "$2" 2>&1 >/dev/null </dev/null; }""")
        .Line(Target)
        .Line("""
            if [ "$place" ] && [ -d "$source" ] && command -v rsync >/dev/null; then
              tried=$(pretend "${source%/}/" "${target%/}/"); told "$?"
            fi
            """), request.SourceOf(host), request.TargetOf(host)))
        .Line("true"));

    // Without the two paths at the end, and without a list: of the root only its own entries are listed (--dirs).
    private static string Words(Pass pass, PreflightRequest request, Host host, Pretence? pretence) => string.Join(
        ' ',
        RsyncArguments.For(pass, new(request.SourceOf(host), request.TargetOf(host), request.Options, request.LeaveOut, null, false) { Pretence = pretence })[..^2]
            .Where(word => word is not ("--from0" or "--files-from=-")).Select(ShellQuote.Quote));
}
