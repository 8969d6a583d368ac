using System.Collections.Immutable;

namespace QSplit.Scripts;

/// <summary>
/// Ends a program when its controller ends or the connection does, however they end: <c>kill -9</c> of either leaves nothing behind. The script
/// hands the program its list, then watches standard input, which the controller holds open and writes a beat to. Its end ends the
/// program, and so does silence on it, where the connection may be cut without a word.
/// </summary>
internal static class Fence
{
    /// <summary>How often the controller writes a beat.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>The variable in the environment of a fenced program by which it is found again when nobody listens to it any more.</summary>
    public const string Lease = "QSPLIT_LEASE";

    // $list: how many bytes of standard input are the list; $grace: seconds between asking and killing; $pulse: seconds between looks for a sign of
    // life; $silence: see Boot; "$@": the program with its arguments. In the end $? is the program's.
    // The guard, which passes the list on (a second reader would steal from it), tells its process id first, and stays: when its input ends, it
    // asks the shell to end. The list counts only with the word behind it: the pipe of one that came cut is not closed, so that no program takes it for
    // whole. The runner starts the program, ends it when asked, and ends the guard behind it, and those who wait to kill the program:
    // its process id may be another's by then.
    // The program has a process group of its own where there is a way to give it one: it may be somebody's script around rsync, which would die alone.
    // Only the program is asked: rsync asks its own, and one that is asked twice leaves its temporary file behind (rsync 3, cleanup.c).
    // What is left of the group when its first process has ended is ended before that is told: it may be the rsync itself. (dash takes no `--` before a group.)
    // Loops around `wait`: a signal interrupts it (bash may have buried the program by then, and has its code still), and dash waits for a whole
    // pipeline, which is why the program is a job of the runner's own.
    // The shell's own words ("Terminated") are nobody's: standard error is the program's alone.
    // Traps come before what they are to end, and `ended` tells of a signal that came in between: a trap that starts something before `signer=$!`
    // would give that its own process id, and the signer would stay, with standard output in its hand. A signal to a shell that was forked just now is
    // lost (dash still has its parent's handlers), so the runner is asked again each second, and what was not asked in time is killed.
    // A beat is read by `head`, for `read` cannot be told to give up; without `timeout` (not in POSIX) silence is not noticed.
    // A sign of life is time on a processor, or a read or a write, of the program or of what it started: one that hangs in a dead mount has none.
    // Without /proc all seems alive.
    private const string Text = """
        runner= ended= ender=
        command -v timeout >/dev/null || silence=0
        beat() { if [ "$silence" = 0 ]; then head -c 1; else timeout "$silence" head -c 1; fi; }
        signs() { for process; do cat "/proc/$process/io" "/proc/$process/stat"; signs $(cat "/proc/$process/task/$process/children"); done; }
        end() {
          ended=1
          [ "$ender" ] || [ -z "$runner" ] || { { while kill -TERM $runner; do sleep 1; done; } >/dev/null 4>&- & ender=$!; }
        }
        trap end HUP INT TERM
        exec 3<&0 4>&2 </dev/null 2>/dev/null
        {
          if read -r self _ </proc/self/stat; then echo "$self"; else sh -c 'echo $PPID'; fi; head -c "$list"
          if read -r go && [ "$go" = go ]; then exec >/dev/null; while [ "$(beat)" = . ]; do :; done; fi
          kill -TERM $$
          while sleep 1; do :; done
        } <&3 3<&- 4>&- | {
          mover= ended= killer= signer= group= apart=
          command -v setsid >/dev/null && apart=setsid group=-
          end() {
            ended=1
            [ "$killer" ] || [ -z "$signer" ] || { { kill -TERM $mover; sleep "$grace"; kill -KILL $group$mover; } >/dev/null 4>&- & killer=$!; }
          }
          trap end TERM
          read -r guard
          exec 5<&0 3<&-
          QSPLIT_LEASE=$lease $apart "$@" <&5 5<&- 2>&4 4>&- &
          mover=$!
          exec 5<&- 4>&-
          { last=; while sleep "$pulse" >/dev/null; do now=$(signs $mover); [ "$now" ] && [ "$now" = "$last" ] || say alive; last=$now; done; } &
          signer=$!
          [ "$ended" ] && end
          while wait $mover; code=$?; kill -0 $mover; do :; done
          wait $mover; last=$?; [ $last = 127 ] || code=$last
          if [ "$group" ]; then for how in 0 TERM 0 0 KILL; do kill -$how -$mover || break; sleep 1; done; fi
          kill -KILL $guard $killer $signer
          exit $code
        } &
        runner=$!
        exec 3<&- 4>&-
        [ "$ended" ] && end
        while wait $runner; code=$?; kill -0 $runner; do :; done
        wait $runner; last=$?; [ $last = 127 ] || code=$last
        [ "$ender" ] && kill -KILL $ender
        trap - HUP INT TERM
        (exit $code)
        """;

    private const int GraceSeconds = 3;

    /// <summary>Adds what runs <paramref name="program"/> fenced.</summary>
    /// <param name="listBytes">How many bytes of the script's input the program reads.</param>
    /// <param name="lease">What is in the program's environment as <see cref="Lease"/>.</param>
    /// <param name="pulse">How often a sign of life is looked for, and said (<c>say alive</c>).</param>
    public static ScriptText Fenced(this ScriptText text, ImmutableArray<string> program, int listBytes, string lease, TimeSpan pulse) => text
        .Set("lease", lease)
        .Line($"list={listBytes} grace={GraceSeconds} pulse={Math.Max(1, (int)pulse.TotalSeconds)}")
        .Parameters(program)
        .Line(Text);
}
