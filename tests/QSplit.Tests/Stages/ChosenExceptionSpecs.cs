using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Transfers;

namespace QSplit.Tests.Stages;

/// <summary>Exceptions of one class are tried again, or accepted, while others stay what they are.</summary>
public sealed class ChosenExceptionSpecs : IDisposable
{
    private const string Denied = "rsync: [sender] send_files failed to open \"{0}\": Permission denied (13)";
    private const string Quota = "rsync: [receiver] write failed on \"{1}\": Disk quota exceeded (122)";
    private const string Attribute = "rsync: [receiver] rsync_xal_set: lsetxattr(\"{1}\",\"user.note\") failed: Operation not supported (95)";
    private readonly VerifiedSite _site = new();
    private readonly ShutEntries _entries;

    public ChosenExceptionSpecs()
    {
        for (var i = 0; i < 10; i++) _site.AddFile($"{(i < 5 ? "a" : "b")}/f{i}", 1000 + i);
        foreach (var name in (string[])["a/bad", "a/worse", "b/large"]) _site.AddFile(name, 50);
        _entries = new(_site);
        _site.WriteManifest(3);
    }

    public void Dispose() => _site.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task A_retry_copies_the_exceptions_of_its_classes_and_nothing_else()
    {
        await MigrateWithExceptionsAsync();
        (await WhyNotRetryAsync("permision")).ShouldStartWith("--retry=permision: there is no class of exceptions 'permision'. There are unknown, permission,");
        (await WhyNotRetryAsync("acl", "time")).ShouldBe("--retry=acl,time: no last pass has such exceptions, and nothing was begun: that of migration demo has 2 permission, 1 quota.");
        _entries.Open("a/bad", "b/large");
        File.AppendAllText(_site["source/b/f7"], "more");

        var retried = await RetryAsync("permission");

        Paths(retried.Run.Exceptions).ShouldBe(["permission ./a/worse", "quota ./b/large"]);
        TreeComparison.Differences(_site["source"], _site["target"]).Select(line => line.Split(':')[0]).Distinct().ShouldBe(["./a/worse", "./b/f7", "./b/large"]);
        (retried.Run.Moved.Files, retried.Run.Started.Mode).ShouldBe((1, RunMode.Sync));
        (await ErrorsAsync())[0].ShouldEndWith(": 2 entries could not be copied (1 permission, 1 quota), first ./a/worse (Permission denied (13))");
        _entries.Open("a/worse");
        var rest = await RetryAsync("quota", "permission");
        (rest.IsWithExceptions, TreeComparison.Differences(_site["source"], _site["target"]).All(line => line.StartsWith("./b/f7:", StringComparison.Ordinal))).ShouldBe((false, true));
        rest.HowToGoOn.ShouldStartWith("What could not be copied is copied now. It looked at nothing else");
        (await _site.SyncAsync()).IsWithExceptions.ShouldBeFalse();
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
        (await _site.VerifyAsync()).Run.Checked.IsClean.ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_a_retry_does_not_try_is_tried_by_the_next_sync_and_what_is_only_on_the_target_stays_listed()
    {
        await MigrateWithExceptionsAsync();
        File.Delete(_site["source/b/f6"]);
        await _site.SyncAsync();
        _entries.Open("a/bad", "a/worse", "b/large");

        var retried = await RetryAsync("permission");

        DeletionFile.Read(retried.Folder).Items.ShouldHaveSingleItem().Path.ToString().ShouldBe("./b/f6");
        // What the baseline says of its exceptions is not the last word any more.
        (await _site.MigrateAsync(fresh: false)).HowToGoOn.ShouldEndWith("To try them again: ./build.sh --target=Sync --migration=demo");
        (await _site.SyncAsync()).IsWithExceptions.ShouldBeFalse();
        (await _site.MigrateAsync(fresh: false)).HowToGoOn.ShouldStartWith("All is done already.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_cutover_takes_exceptions_by_class_and_path_and_who_accepted_which_is_on_record()
    {
        await MigrateWithExceptionsAsync();
        (await _site.WhyNotCutoverAsync<ManifestException>(accept: "permission", by: "Ada")).ShouldContain("nobody can accept what nobody has seen");
        (await _site.CutoverAsync()).Stop.ShouldNotBeNull().ShouldContain("some of them: --accept=permission, or --accept=permission:PATH");
        (await _site.WhyNotCutoverAsync<ManifestException>(accept: "permision", by: "Ada")).ShouldContain("there is no class of exceptions 'permision'");
        (await _site.WhyNotCutoverAsync<ManifestException>(accept: "permission:./b", by: "Ada"))
            .ShouldContain("--accept=permission:./b accepts nothing: the last pass of cutover demo/");

        var some = await _site.CutoverAsync(accept: "permission:./a/bad\nquota:./b", by: "Ada Byron");

        some.Cutover.IsSignedOff.ShouldBeFalse();
        some.Stop.ShouldNotBeNull().ShouldStartWith("1 entry could not be copied (1 permission), first ./a/worse (Permission denied (13)).");
        var all = await _site.CutoverAsync(accept: "permission\ncore dumps of the old host", by: "Charles");
        all.Cutover.IsSignedOff.ShouldBeTrue(all.HowToGoOn);
        var evidence = File.ReadAllText(Path.Combine(all.Folder, "evidence", "exceptions.json")).ReplaceLineEndings("").Replace(" ", "");
        evidence.ShouldContain("\"exceptions\":[{\"class\":\"permission\",\"path\":\"./a/bad\",\"count\":1},{\"class\":\"quota\",\"path\":\"./b\",\"count\":1}]");
        evidence.ShouldContain("\"reason\":\"coredumpsoftheoldhost\",\"by\":\"Charles\"");
        evidence.ShouldContain("\"exceptions\":[{\"class\":\"permission\",\"path\":\".\",\"count\":1}]");
        (await _site.CutoverAsync(accept: "permission\ncore dumps of the old host", by: "Charles")).Cutover.Digest.ShouldBe(all.Cutover.Digest);
        (await _site.WhyNotCutoverAsync<ManifestException>(accept: "acl", by: "Ada")).ShouldContain("there is nothing left to accept");
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_accepted_attribute_of_a_file_covers_no_other_content_of_it()
    {
        _entries.Shut("b/large", Attribute);
        await _site.MigrateAsync();
        File.Copy(_site["source/b/large"], _site["target/b/large"]);
        (await _site.CutoverAsync()).Stop.ShouldNotBeNull().ShouldContain("(1 attribute)");
        VerifiedSite.Flip(_site["target/b/large"]);

        var stopped = await _site.CutoverAsync(accept: "attribute", by: "Ada");

        stopped.Cutover.IsSignedOff.ShouldBeFalse();
        stopped.Stop.ShouldNotBeNull().ShouldContain("other content");
    }

    private async Task MigrateWithExceptionsAsync()
    {
        foreach (var name in (string[])["a/bad", "a/worse"]) _entries.Shut(name, Denied);
        _entries.Shut("b/large", Quota);
        Paths((await _site.MigrateAsync()).Run.Exceptions).ShouldBe(["permission ./a/bad", "permission ./a/worse", "quota ./b/large"]);
    }

    private static IEnumerable<string> Paths(IEnumerable<FailedEntry> exceptions) => exceptions.Select(entry => $"{ExceptionClasses.Word(entry.Class)} {entry.Path}");

    private Task<RunSummary> RetryAsync(params string[] classes) => _site.RunAsync(pipeline => pipeline.Sync, new MigrationRequest("migrations.yml", [], null, [], false) { Retry = [.. classes] });

    private async Task<string> WhyNotRetryAsync(params string[] classes) =>
        (await Should.ThrowAsync<StageFailedException>(() => RetryAsync(classes))).InnerException.ShouldBeOfType<ManifestException>().Message;

    private async Task<string[]> ErrorsAsync() => [.. (await _site.RunAsync(pipeline => pipeline.Errors, new MigrationRequest("migrations.yml", [], null, [], false))).Lines()];
}
