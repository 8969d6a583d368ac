using System.Security.Cryptography;
using System.Text;

namespace QSplit.Scripts;

/// <summary>How a script comes into a shell: a fixed line reads it from standard input, and runs it only when it is whole.</summary>
/// <remarks>
/// The line has nothing in it that a login shell of another kind (csh, fish) would read differently. A profile that reads standard input, or a
/// connection that ends too early, takes a piece of the script away: then none of it runs.
/// </remarks>
internal static class Boot
{
    /// <summary>What the line exits with when the script was not whole.</summary>
    public const int Cut = 253;

    /// <summary>After how long without a word from the controller a fenced program on another machine is ended.</summary>
    public const int SilenceSeconds = 6;

    // Variables such as RSYNC_OLD_ARGS change what arguments mean; LC_ALL=C makes messages and the escapes of names known ones.
    private const string Prelude = """
        set -f
        say() { printf '\n@%s %s\n' "$nonce" "$*"; }
        case $(export -p) in *RSYNC_*|*LC_*|*LANG*)
          for name in $(env | sed -n 's/^\(RSYNC_[A-Za-z0-9_]*\)=.*/\1/p; s/^\(LC_[A-Z]*\)=.*/\1/p; s/^\(LANG[A-Z]*\)=.*/\1/p'); do unset "$name"; done
        esac
        LC_ALL=C; export LC_ALL
        finish() { say end "$1"; exit "$1"; }
        say begin; say begin >&2

        """;

    private const string Epilogue = """

        finish $?
        : qsplit
        """;

    /// <summary>A mark that tells what a script says from what others say: nobody can have guessed it.</summary>
    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>All that goes to standard input: the script between its beginning and its end, then what it reads.</summary>
    /// <param name="isRemote">Whether the connection may be cut without a word.</param>
    public static (string Line, byte[] Input) Of(Script script, string nonce, bool isRemote)
    {
        byte[] text =
        [
            .. Encoding.ASCII.GetBytes($": qsplit\nnonce={nonce} silence={(isRemote ? SilenceSeconds : 0)}\n"),
            .. Encoding.ASCII.GetBytes(Prelude.ReplaceLineEndings("\n")),
            .. script.Body.Span,
            .. Encoding.ASCII.GetBytes(Epilogue.ReplaceLineEndings("\n")),
        ];
        var line = $"""s=$(head -c {text.Length}); case $s in ": qsplit"*": qsplit") eval "$s";; *) echo qsplit: the script came cut >&2; exit {Cut};; esac""";
        return (line, [.. text, .. script.Input.Span, .. script.IsFenced ? "go\n"u8 : []]);
    }
}
