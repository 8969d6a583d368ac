using QSplit.Transfers;

namespace QSplit.Tests.Transfers;

/// <summary>The table of exit codes.</summary>
public sealed class RsyncExitSpecs
{
    private const string Denied = "rsync: [sender] send_files failed to open \"/s/a\": Permission denied (13)";
    private const string Gone = "file has vanished: \"/s/a\"";
    private const string Discarded = "Unable to create partial-dir for a -- discarding completed file.";
    private const string TooLarge = "rsync: [receiver] write failed on \"/t/a\": File too large (27)";
    private const string Broken = "rsync: [receiver] write failed on \"/t/a\": Input/output error (5)";
    private const string Full = "rsync: [receiver] write failed on \"/t/a\": No space left on device (28)";
    private static readonly FailedEntry A = new("./a", "Permission denied (13)") { Class = ExceptionClass.Permission };

    public static TheoryData<int, string, TransferOutcome> Table => new()
    {
        { 0, "", new TransferOutcome.Succeeded(0) },
        { 0, Discarded, new TransferOutcome.Partial([new("./a", "its directory for partial files cannot be created")], true) },
        { 0, "some words of a login", new TransferOutcome.Succeeded(0) },
        { 24, Gone, new TransferOutcome.Succeeded(1) },
        { 24, $"{Gone}\n{Denied}", new TransferOutcome.Partial([A], true) },
        { 23, Denied, new TransferOutcome.Partial([A], true) },
        { 23, $"{Denied}\n{Gone}", new TransferOutcome.Partial([A], true) },
        { 23, $"{Denied}\nsomething else", new TransferOutcome.Partial([A], false) },
        { 23, "", new TransferOutcome.Partial([], false) },
        { 23, "something else", new TransferOutcome.Partial([], false) },
        { 23, Gone, new TransferOutcome.Succeeded(1) },
        { 23, $"{Gone}\nsomething else", new TransferOutcome.Partial([], false) },
        { 11, Full, new TransferOutcome.NoSpace(Full) },
        { 23, Full, new TransferOutcome.NoSpace(Full) },
        { 12, Full, new TransferOutcome.NoSpace(Full) },
        { 25, "Deletions stopped", new TransferOutcome.DeleteLimit("Deletions stopped") },
        { 1, "unknown option", new TransferOutcome.Refused(1, "unknown option") },
        { 3, "x", new TransferOutcome.Refused(3, "x") },
        { 4, "x", new TransferOutcome.Refused(4, "x") },
        { 4, Denied, new TransferOutcome.Partial([A], false) },
        { 2, "x", new TransferOutcome.Transient(2, "protocol incompatibility. x") },
        { 5, "x", new TransferOutcome.Transient(5, "error starting the client-server protocol. x") },
        { 10, "x", new TransferOutcome.Transient(10, "error in socket I/O. x") },
        { 11, TooLarge, new TransferOutcome.Partial([new("./a", "File too large (27)")], false) },
        { 11, Broken, new TransferOutcome.Transient(11, $"error in file I/O. {Broken}") },
        { 11, "x", new TransferOutcome.Transient(11, "error in file I/O. x") },
        { 12, "x", new TransferOutcome.Transient(12, "error in the rsync protocol data stream. x") },
        { 14, "", new TransferOutcome.Transient(14, "error in interprocess communication.") },
        { 20, "x", new TransferOutcome.Transient(20, "ended by a signal. x") },
        { 30, "x", new TransferOutcome.Transient(30, "time-out in sending or receiving data. x") },
        { 35, "x", new TransferOutcome.Transient(35, "time-out in connecting. x") },
        { 126, "x", new TransferOutcome.HostUnfit("rsync cannot be executed. x") },
        { 127, "x", new TransferOutcome.HostUnfit("rsync was not found. x") },
        { 137, "x", new TransferOutcome.Transient(137, "ended by signal 9. x") },
        { 255, "x", new TransferOutcome.Transient(255, "ssh failed. x") },
        { 99, "x", new TransferOutcome.Transient(99, "rsync exited 99. x") },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void An_exit_code_and_what_was_said_tell_what_is_to_be_done(int exitCode, string said, TransferOutcome outcome) =>
        RsyncExit.Read(exitCode, false, Errors(said)).ShouldBe(outcome);

    [Theory]
    [InlineData(20, "")]
    [InlineData(143, "")]
    [InlineData(23, Denied)]
    [InlineData(12, Full)]
    public void What_this_program_ended_tells_nothing(int exitCode, string said) =>
        RsyncExit.Read(exitCode, true, Errors(said)).ShouldBe(new TransferOutcome.Interrupted());

    [Fact]
    public void What_was_done_before_it_could_be_ended_is_done() => RsyncExit.Read(0, true, Errors("")).ShouldBe(new TransferOutcome.Succeeded(0));

    private static RsyncErrors Errors(string said)
    {
        var errors = new RsyncErrors("/s", "/t");
        foreach (var line in said.Split('\n', StringSplitOptions.RemoveEmptyEntries)) errors.Add(line);
        return errors;
    }
}
