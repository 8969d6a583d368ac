using System.Text;

namespace QSplit.Scripts;

/// <summary>
/// How a batch file comes to a Windows host and runs: a line, which its OpenSSH server hands to cmd, writes standard input into a file of the account's folder for
/// temporary files, runs it only when it is whole, and takes it away again.
/// </summary>
/// <remarks>
/// cmd runs batch files only; it takes none from standard input. findstr, which copies it, is given no line of more bytes than cmd takes letters. Where the server's
/// DefaultShell is not cmd, the line is no line of it, and nothing begins.
/// </remarks>
internal static class CmdBoot
{
    /// <summary>The most bytes of a line, in UTF-8.</summary>
    public const int LongestLine = 8191;

    /// <summary>A line for the session that only holds a connection: it says <paramref name="ready"/>, and ends when its standard input does.</summary>
    public static string Hold(string ready) => $"echo {ready}& findstr \"^\" >nul";

    /// <summary>All that goes to standard input, and the line that reads it.</summary>
    /// <param name="nonce">What tells the words of the script from others': letters and digits.</param>
    public static (string Line, byte[] Input) Of(Script script, string nonce)
    {
        var (file, last) = ($"\"%TEMP%\\qsplit-{nonce}.cmd\"", $"rem whole {nonce}");
        var line = $"chcp 65001 >nul& findstr \"^\" >{file}& (findstr /x /c:\"{last}\" {file} >nul || (del {file}& echo qsplit: the script came cut 1>&2& exit {Boot.Cut}))& call {file}& del {file}";
        // A batch file has one way to come back from the midst of it with a code: it calls itself, and goes to where it was told.
        var before = $"""
            @echo off
            setlocal EnableExtensions DisableDelayedExpansion
            chcp 65001 >nul
            set "SAY=@{nonce}"
            if not "%~1"=="" goto %~1
            echo(
            echo %SAY% begin
            echo %SAY% begin 1>&2
            call "%~f0" body
            set "CODE=%ERRORLEVEL%"
            echo(
            echo %SAY% end %CODE%
            exit /b %CODE%
            :body

            """;
        return (line, [.. Lines(before), .. script.Body.Span, .. Lines($"{last}\n")]);
    }

    private static byte[] Lines(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
}
