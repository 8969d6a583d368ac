using QSplit.Reports;
using QSplit.Testing;

namespace QSplit.Tests.Reports;

/// <summary>What a controller tells of its run while it runs.</summary>
public sealed class ProgressFileSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private ProgressSnapshot _now = new(500, 1000, 7, 1, 12, 10.5, TimeSpan.FromSeconds(47), [new(new("dtn1", 2), 8, 3, 0.25, 250, TimeSpan.FromSeconds(1.5))]);

    [Fact]
    public void What_was_told_is_read_back_whole()
    {
        _now = _now with { At = _time.GetUtcNow(), Hosts = [new("dtn1", 2, 1, null, null, true), new("dtn3", 4, 0, "Connection \"refused\"\n", _time.GetUtcNow(), false)] };
        using var file = Open();
        _time.Advance(TimeSpan.Zero);

        var said = ProgressFile.Read(_folder.Path).ShouldNotBeNull();

        (said.At, said.Controller).ShouldBe((_time.GetUtcNow(), "process 1 on dtn0"));
        said.Now.Rows.ShouldBe(_now.Rows);
        said.Now.Hosts.ShouldBe(_now.Hosts);
        (said.Now with { Rows = _now.Rows, Hosts = _now.Hosts }).ShouldBe(_now);
    }

    [Fact]
    public void It_is_renewed_every_two_seconds_and_gone_at_the_end()
    {
        var file = Open();
        _time.Advance(TimeSpan.FromSeconds(1.9));
        _now = _now with { Done = 600 };
        Done().ShouldBe(500);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Done().ShouldBe(600);

        file.Dispose();
        _time.Advance(TimeSpan.FromSeconds(10));

        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void It_is_fresh_for_fifteen_seconds()
    {
        using var file = Open();
        _time.Advance(TimeSpan.Zero);
        var said = ProgressFile.Read(_folder.Path).ShouldNotBeNull();

        said.IsFresh(_time.GetUtcNow().AddSeconds(14.9)).ShouldBeTrue();
        said.IsFresh(_time.GetUtcNow().AddSeconds(15)).ShouldBeFalse();
    }

    [Fact]
    public void A_controller_that_died_is_known_by_its_lock_at_once()
    {
        var file = Open();
        _time.Advance(TimeSpan.Zero);
        ProgressFile.Read(_folder.Path).ShouldNotBeNull().IsAlive.ShouldBe(true);
        var said = File.ReadAllBytes(_folder["progress.json"]);

        file.Dispose();
        File.WriteAllBytes(_folder["progress.json"], said);

        var left = ProgressFile.Read(_folder.Path).ShouldNotBeNull();
        left.IsAlive.ShouldBe(false);
        left.IsFresh(_time.GetUtcNow()).ShouldBeFalse();
    }

    [Fact]
    public void Of_an_earlier_version_which_has_no_lock_the_time_alone_tells()
    {
        using var file = Open();
        _time.Advance(TimeSpan.Zero);
        File.WriteAllText(_folder["progress.json"], File.ReadAllText(_folder["progress.json"]).Replace("\"isLocked\":true", "\"isLocked\":false"));

        var said = ProgressFile.Read(_folder.Path).ShouldNotBeNull();

        said.IsAlive.ShouldBeNull();
        said.IsFresh(_time.GetUtcNow()).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_that_takes_no_file_does_not_stop_the_run()
    {
        Directory.CreateDirectory(_folder["progress.json.new"]);
        using (new ProgressFile(_time, _folder["nowhere"], "x", () => _now))
        using (Open())
            _time.Advance(TimeSpan.FromSeconds(4));

        ProgressFile.Read(_folder.Path).ShouldBeNull();
        Directory.Exists(_folder["nowhere"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"at\":")]
    [InlineData("{}")]
    [InlineData("null")]
    public void What_is_no_progress_is_read_as_nothing(string text)
    {
        File.WriteAllText(_folder["progress.json"], text);

        ProgressFile.Read(_folder.Path).ShouldBeNull();
    }

    public void Dispose() => _folder.Dispose();

    private ProgressFile Open() => new(_time, _folder.Path, "process 1 on dtn0", () => _now);

    private long Done() => ProgressFile.Read(_folder.Path).ShouldNotBeNull().Now.Done;
}
