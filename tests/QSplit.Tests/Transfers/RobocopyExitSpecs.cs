using QSplit.Transfers;

namespace QSplit.Tests.Transfers;

/// <summary>What robocopy's exit bits and words mean for a bucket.</summary>
public sealed class RobocopyExitSpecs
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Copied_and_more_on_the_target_are_no_failures(int code) => Read(code).ShouldBe(new TransferOutcome.Succeeded(0));

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(8 + 4 + 2 + 1)]
    public void What_was_not_copied_or_left_alone_leaves_the_bucket_undone(int code) => Read(code).ShouldBeOfType<TransferOutcome.Partial>().Complete.ShouldBeFalse();

    [Fact]
    public void What_could_not_begin_is_tried_again() =>
        Read(16 + 1, "2026/05/02 10:11:12 ERROR 53 (0x00000035) Accessing Source Directory \\\\nas\\old\\", "The network path was not found.")
            .ShouldBeOfType<TransferOutcome.Transient>().Message.ShouldContain("The network path was not found.");

    [Fact]
    public void A_host_without_robocopy_is_unfit() => Read(RobocopyExit.NotFound).ShouldBeOfType<TransferOutcome.HostUnfit>();

    [Theory]
    [InlineData(-1073741510)]
    [InlineData(255)]
    public void A_code_that_is_none_of_its_own_is_somebody_s_end_of_it(int code) => Read(code).ShouldBeOfType<TransferOutcome.Transient>().ExitCode.ShouldBe(code);

    [Theory]
    [InlineData(112)]
    [InlineData(39)]
    [InlineData(1295)]
    public void A_full_target_stops_the_run(int error) =>
        Read(8, $"2026/05/02 10:11:12 ERROR {error} (0x{error:X8}) Copying File \\\\nas\\old\\a", "There is not enough space on the disk.").ShouldBeOfType<TransferOutcome.NoSpace>();

    [Fact]
    public void An_option_that_it_does_not_take_stops_the_run() =>
        Read(16, "ERROR : Invalid Parameter #4 : \"/MTT:8\"").ShouldBe(new TransferOutcome.Refused(0, "robocopy refused its arguments (exit 16): ERROR : Invalid Parameter #4 : \"/MTT:8\""));

    [Fact]
    public void Interrupted_says_nothing_of_the_bucket() => RobocopyExit.Read(8, true, Output()).ShouldBeOfType<TransferOutcome.Interrupted>();

    [Theory]
    [InlineData("2026/05/02 10:11:12 ERROR 5 (0x00000005) Copying File \\\\nas\\old\\reel 1\\a.wav", "Access is denied.", "./reel 1/a.wav", "Access is denied (5)")]
    [InlineData("2026/05/02 10:11:12 FEHLER 32 (0x00000020) Datei wird kopiert \\\\NAS\\old\\b.wav", "Der Prozess kann nicht zugreifen.", "./b.wav", "Der Prozess kann nicht zugreifen (32)")]
    [InlineData("2026/05/02 10:11:12 ERROR 5 (0x00000005) Creating Destination Directory D:\\new\\c\\", "Access is denied.", "./c", "Access is denied (5)")]
    public void An_error_names_its_entry_and_the_reason_in_whatever_language(string line, string reason, string path, string why) =>
        Output(line, reason).Failures.ShouldBe([new FailedEntry(path, why)]);

    [Fact]
    public void Tables_of_several_jobs_are_added_up_and_progress_is_told_at_the_end_of_each()
    {
        var told = new List<long>();
        var output = new RobocopyOutput("S:", "D:", told.Add);
        foreach (var (files, bytes) in ((int, int)[])[(3, 700), (2, 50)])
        {
            output.Add("               Total    Copied   Skipped  Mismatch    FAILED    Extras");
            output.Add("    Dirs :         2         1         1         0         0         0");
            output.Add($"   Files :         9         {files}         6         0         0         0");
            output.Add($"   Bytes :      9000       {bytes}      8300         0         0         0");
            output.Add("   Times :   0:00:00   0:00:00                       0:00:00   0:00:00");
        }

        output.Moved.ShouldBe(new Moved(5, 750, 7));
        told.ShouldBe([700, 750]);
    }

    private static TransferOutcome Read(int code, params string[] lines) => RobocopyExit.Read(code, false, Output(lines));

    private static RobocopyOutput Output(params string[] lines)
    {
        var output = new RobocopyOutput(@"\\nas\old", @"D:\new", _ => { });
        foreach (var line in lines) output.Add(line);
        return output;
    }
}
