using QSplit.Manifests;
using QSplit.Scripts;

namespace QSplit.Preflights;

/// <summary>Asks a Windows host what it has: robocopy, both trees. It says so in the words of <see cref="HostQuestion"/>. Nothing stays on it.</summary>
internal static class CmdQuestion
{
    // An attempt tells more than the rights that are listed somewhere.
    private const string Target = """
        if exist "%DST%\" echo %SAY% target there
        if exist "%DST%\" set "PLACE=%DST%"
        if not exist "%DST%\" if exist "%DST%" echo %SAY% target other
        if not exist "%DST%" if exist "%PARENT%\" echo %SAY% target parent
        if not exist "%DST%" if exist "%PARENT%\" set "PLACE=%PARENT%"
        if not exist "%DST%" if not exist "%PARENT%\" echo %SAY% target nowhere
        if defined PLACE (mkdir "%PLACE%\%PROBE%" && rmdir "%PLACE%\%PROBE%" && echo %SAY% writes)
        exit /b 0
        """;

    /// <param name="probe">The name of what is made in the target for a moment.</param>
    public static Script For(PreflightRequest request, Host host, string probe) => new BatchText()
        .Line("where robocopy >nul 2>nul || echo %SAY% lacks robocopy")
        .SetTree("SRC", request.SourceOf(host))
        .Line("echo %SAY% at the source")
        .Line("if exist \"%SRC%\\\" echo %SAY% source there")
        .AskTree(request.SourceOf(host), request.Witnesses)
        .SetTree("DST", request.TargetOf(host))
        .SetTree("PARENT", request.ParentOf(host))
        .Set("PROBE", probe)
        .Line("set PLACE=")
        .Line("echo %SAY% at the target")
        .Line(Target)
        .ToScript();
}
