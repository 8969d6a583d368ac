namespace QSplit.Scripts;

/// <summary>Ends what is left on a host of a fenced program that nobody listens to any more.</summary>
internal static class LeaseScript
{
    /// <summary>The exit code of a host that cannot tell what runs on it.</summary>
    public const int CannotTell = 94;

    /// <summary>The exit code when something still runs after all that.</summary>
    public const int StillThere = 93;

    // The variable is in the environment of everything that the program started, unless it was cleared on the way (by sudo, say). A grep that does not find it
    // where it is known to be cannot tell.
    private static readonly string Text = $$"""
        set +f
        QSPLIT_LOOKS=$lease grep -qzxF "QSPLIT_LOOKS=$lease" /proc/self/environ 2>/dev/null || finish {{CannotTell}}
        held() { grep -lzxF "{{Fence.Lease}}=$lease" /proc/[0-9]*/environ 2>/dev/null | sed 's|^/proc/\([0-9]*\)/.*|\1|'; }
        for how in TERM TERM TERM KILL KILL; do
          left=$(held)
          [ "$left" ] || finish 0
          kill -$how $left 2>/dev/null
          sleep 1
        done
        [ -z "$(held)" ] || finish {{StillThere}}
        """;

    /// <summary>A script that succeeds when nothing with that lease runs any more, because it had ended or because it was ended now.</summary>
    public static Script End(string lease) => Script.Of(new ScriptText().Set("lease", lease).Line(Text));
}
