using QSplit.Testing;
using QSplit.Tests.Transfers;

namespace QSplit.Tests.Stages;

/// <summary>A real rsync that cannot copy some entries of a site, each with a message of its own.</summary>
internal sealed class ShutEntries
{
    private readonly VerifiedSite _site;
    private readonly Dictionary<string, string> _shut = [];

    /// <param name="site">Where they are.</param>
    /// <param name="compares">Whether a comparison cannot read them either; then it looks for nothing that is only on the target.</param>
    public ShutEntries(VerifiedSite site, bool compares = false)
    {
        _site = site;
        var rsync = Tool.Read("sh", "-c", "command -v rsync").Trim();
        var wrapper = Path.Combine(_site.MakeDirectory("bin"), "rsync");
        // Only an attempt that has an entry on its list, or a directory around it with all below, says something of it.
        File.WriteAllText(wrapper, $$"""
            #!/bin/sh
            case " $* " in *" --dry-run "*) [ '{{(compares ? "1" : "")}}' ] || exec {{rsync}} "$@";; esac
            case " $* " in *" --files-from=- "*) ;; *) exec {{rsync}} "$@";; esac
            [ -e '{{_site["shut"]}}' ] || exec {{rsync}} "$@"
            list=$(mktemp '{{_site["list"]}}.XXXXXX'); cat >"$list"; tr '\0' '\n' <"$list" >"$list.lines"
            deep=; case " $* " in *" --recursive "*) deep=1;; esac
            : >"$list.said"
            while IFS='|' read -r path message; do
                at=./$path; hit=
                case " $* " in *" --exclude=/$path "*) continue;; esac
                grep -qxF "$at" "$list.lines" && hit=1
                grep -qxF "${at%/*}/" "$list.lines" && hit=1
                while [ -n "$deep" ] && [ "$at" != . ]; do grep -qxF "$at" "$list.lines" && hit=1; at=${at%/*}; done
                [ -n "$hit" ] || continue
                set -- "--exclude=/$path" "$@"
                printf '%s\n' "$message" >>"$list.said"
            done <'{{_site["shut"]}}'
            {{rsync}} "$@" <"$list"; code=$?
            cat "$list.said" >&2
            case " $* " in *" --dry-run "*) [ -s "$list.said" ] && echo 'IO error encountered -- skipping file deletion';; esac
            [ $code = 0 ] && [ -s "$list.said" ] && code=23
            exit $code
            """);
        TwoTrees.SetMode(wrapper, "755");
        _site.Environment = _site.Environment.SetItem("PATH", $"{_site["bin"]}:{_site.Environment["PATH"]}");
    }

    /// <summary>Cannot be copied from now on.</summary>
    /// <param name="name">Below the source: <c>a/bad</c>.</param>
    /// <param name="message">rsync's, in which {0} is the path on the source and {1} that on the target.</param>
    public void Shut(string name, string message)
    {
        _shut[name] = string.Format(System.Globalization.CultureInfo.InvariantCulture, message, _site[$"source/{name}"], _site[$"target/{name}"]);
        Write();
    }

    /// <summary>Can be copied again.</summary>
    public void Open(params IEnumerable<string> names)
    {
        foreach (var name in names) _shut.Remove(name);
        Write();
    }

    private void Write()
    {
        File.Delete(_site["shut"]);
        if (_shut.Count > 0) File.WriteAllText(_site["shut"], string.Concat(_shut.Select(entry => $"{entry.Key}|{entry.Value}\n")));
    }
}
