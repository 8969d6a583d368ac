using QSplit.Testing;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Tests.Stages;

/// <summary>A path that is too long for rsync is named in the plan, and blocks nothing else.</summary>
public sealed class LongPathSpecs : IDisposable
{
    private readonly VerifiedSite _site = new();

    public LongPathSpecs()
    {
        for (var i = 0; i < 10; i++) _site.AddFile($"a/f{i}", 100 + i);
        // No single call takes such a path: from directory to directory.
        Tool.Read("sh", "-c", $"""
            cd '{_site["source"]}' && mkdir top && cd top && name=$(printf %0250d 7)
            for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18; do mkdir $name && cd -P $name && echo $i >file$i || exit 1; done
            """);
    }

    public void Dispose()
    {
        Tool.Read("sh", "-c", $"rm -rf '{_site["source/top"]}'");
        _site.Dispose();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(16)]
    public async Task It_is_named_and_all_else_is_copied(int buckets)
    {
        _site.WriteManifest(buckets);

        var copied = await _site.MigrateAsync();

        (copied.Run.IsFinished, copied.IsWithExceptions).ShouldBe((true, true), copied.HowToGoOn);
        copied.Run.Exceptions.ShouldNotBeEmpty();
        copied.Run.Exceptions.ShouldAllBe(entry => entry.Class == ExceptionClass.PathTooLong && entry.Path.StartsWith("./top/0000"));
        copied.Plan.Notes.ShouldContain(note => note.Kind == TreeNoteKind.TooLong && note.Text.Contains("is too long for rsync"));
        Tool.Read("sh", "-c", $"find '{_site["target"]}' -name 'file*' | wc -l").Trim().ShouldBe("16");
        Directory.GetFiles(_site["target/a"]).Length.ShouldBe(10);
        (await _site.SyncAsync()).Run.IsFinished.ShouldBeTrue();
        (await _site.CutoverAsync()).Cutover.IsSignedOff.ShouldBeFalse();
    }
}
