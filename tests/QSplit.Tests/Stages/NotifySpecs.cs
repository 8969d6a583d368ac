using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using QSplit.Manifests;
using QSplit.Pipes;
using QSplit.Testing;

namespace QSplit.Tests.Stages;

/// <summary>What those hear whom the manifest names: the beginning and the end of what runs, what is left, and that nothing moves.</summary>
public sealed class NotifySpecs : IDisposable
{
    private readonly VerifiedSite _site = new();
    private ImmutableArray<JsonObject> _posted = [];

    public NotifySpecs()
    {
        _site.Post = (url, json, _) =>
        {
            url.Reveal().ShouldBe("https://hooks.example.com/hunter2");
            ImmutableInterlocked.Update(ref _posted, posted => posted.Add(JsonNode.Parse(json.Span)!.AsObject()));
            return Task.FromResult<string?>(null);
        };
    }

    private IEnumerable<string> Told => _posted.Select(posted => (string)posted["event"]!);

    public void Dispose() => _site.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task From_the_copy_to_the_repair_each_run_tells_its_beginning_and_what_came_of_it()
    {
        for (var i = 0; i < 12; i++) _site.AddFile($"d{i / 4}/f{i}", 1000);
        Write(3, "webhook: https://hooks.example.com/hunter2");

        var copied = await _site.MigrateAsync();

        Told.ShouldBe(["start", "end"]);
        var (start, end) = (_posted[0], _posted[1]);
        ((string?)start["migration"], (string?)start["run"], (string?)start["mode"]).ShouldBe(("demo", copied.Run.Id, "copy"));
        ((int)start["bucketsDone"]!, (int)start["bucketsLeft"]!).ShouldBe((0, 3));
        ((string)start["text"]!).ShouldMatch(@"^demo: the copy begins: \S+ KiB in 3 buckets\.$");
        (start["report"], start["next"]).ShouldBe((null, null));
        ((long)end["bytes"]!, (long)end["files"]!, (int)end["bucketsDone"]!, (int)end["bucketsLeft"]!).ShouldBe((12_000, 12, 3, 0));
        ((string)end["text"]!).ShouldStartWith("demo: All is done. 11.7 KiB in 12 files moved in ");
        (end["next"], (string?)end["report"]).ShouldBe((null, copied.PagePath));

        await _site.MigrateAsync(fresh: false);
        _posted.Length.ShouldBe(2, "all was done already");

        await _site.SyncAsync();
        VerifiedSite.Flip(_site["target/d0/f0"]);
        await _site.VerifyAsync();
        await _site.RepairAsync();
        await _site.VerifyAsync();

        Told.Skip(2).ShouldBe(["start", "end", "start", "failure", "start", "end", "start", "end"]);
        _posted.Skip(2).Select(posted => (string)posted["mode"]!).ShouldBe(["sync", "sync", "verify", "verify", "repair", "repair", "verify", "verify"]);
        var differs = _posted[5];
        ((string?)differs["text"]).ShouldBe("demo: Source and target differ: 1 other content.");
        ((string)differs["next"]!).ShouldEndWith("--target=Verify --migration=demo --repair");
        ((long)differs["bytes"]!, (long)differs["files"]!).ShouldBe((12_000, 12));
        ((string)_posted[9]["text"]!).ShouldStartWith("demo: Source and target are alike. 16 entries compared in ");
        _posted.Select(posted => posted.ToJsonString()).ShouldAllBe(json => !json.Contains("hunter2"));
        _site.Lines.ShouldAllBe(line => !line.Contains("hunter2"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_program_hears_what_it_asked_for_of_the_migrations_that_it_asked_for()
    {
        _site.AddFile("a", 10);
        Write(1, $"command: [/bin/sh, -c, 'exec >>{_site["told"]}; cat; echo of $QSPLIT_RUN'], on: [end], migrations: [demo]");

        var copied = await _site.MigrateAsync();

        File.ReadAllText(_site["told"]).ShouldSatisfyAllConditions(told => told.ShouldStartWith("{\"event\":\"end\","), told => told.ShouldEndWith($"}}of {copied.Run.Id}\n"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_interrupted_run_is_a_failure_that_says_so_and_its_next_start_goes_on()
    {
        for (var i = 0; i < 8; i++) _site.AddFile($"d{i}/f", 1000);
        Write(8, "webhook: https://hooks.example.com/hunter2", slots: 1);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        await Should.ThrowAsync<OperationCanceledException>(() => _site.RunAsync(pipeline => pipeline.Migrate, new("migrations.yml", [], null, [], false), source.Token, line =>
        {
            if (line.Contains("bucket", StringComparison.Ordinal)) source.Cancel();
        }));

        Told.ShouldBe(["start", "failure"]);
        var failure = _posted[1];
        ((string)failure["text"]!).ShouldStartWith("demo: The run stopped: interrupted. ");
        ((int)failure["bucketsLeft"]!).ShouldBeGreaterThan(0);
        ((string)failure["next"]!).ShouldBe("./build.sh --target=Migrate --migration=demo");
        File.Exists((string)failure["report"]!).ShouldBeTrue();

        await _site.MigrateAsync(fresh: false);

        Told.Skip(2).ShouldBe(["start", "end"]);
        ((string)_posted[2]["text"]!).ShouldStartWith("demo: the copy goes on: ");
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_cannot_begin_because_of_the_machines_is_a_failure_and_what_was_mistyped_is_not()
    {
        _site.AddFile("a", 10);
        Write(1, "webhook: https://hooks.example.com/hunter2");

        await _site.WhyNotAsync<ManifestException>();
        Told.ShouldBeEmpty();

        Directory.Delete(_site["source"], recursive: true);
        await Should.ThrowAsync<StageFailedException>(() => _site.MigrateAsync());

        Told.ShouldBe(["failure"]);
        ((string)_posted[0]["text"]!).ShouldStartWith("demo: Migration demo cannot begin. ");
        ((string?)_posted[0]["next"], (string?)_posted[0]["run"]).ShouldBe(("./build.sh --target=Migrate --migration=demo", null));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Nobody_hears_of_a_dry_run()
    {
        _site.AddFile("a", 10);
        Write(1, "webhook: https://hooks.example.com/hunter2");

        await _site.RunAsync(pipeline => pipeline.DryRun, new("migrations.yml", [], null, [], false));

        Told.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_rsync_that_shows_no_sign_of_life_is_told_and_hinders_nothing()
    {
        _site.AddFile("a", 10);
        Rsync("if ! [ -e hung ]; then : >hung; exec sleep 60; fi");
        Write(1, "webhook: https://hooks.example.com/hunter2", "stall: 2s");

        var copied = await _site.MigrateAsync();

        copied.Run.IsFinished.ShouldBeTrue(copied.HowToGoOn);
        Told.ShouldBe(["start", "stalled", "end"]);
        ((string?)_posted[1]["text"]).ShouldBe("demo: the copy stands still: open on here showed no sign of life for 2.0 s, and is tried again.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task That_no_host_is_left_is_told_once_before_the_run_gives_up()
    {
        _site.AddFile("a", 10);
        Rsync("exit 127");
        Write(1, "webhook: https://hooks.example.com/hunter2", "patience: 1s");

        var copied = await _site.MigrateAsync();

        copied.Run.IsFinished.ShouldBeFalse();
        Told.ShouldBe(["start", "stalled", "failure"]);
        ((string)_posted[1]["text"]!).ShouldStartWith("demo: the copy stands still: no host is left: it waits for one to come back, until ");
        ((string)_posted[2]["text"]!).ShouldContain("To go on: ./build.sh --target=Migrate --migration=demo");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_program_that_is_not_there_is_a_line_and_no_more()
    {
        _site.AddFile("a", 10);
        Write(1, $"command: [{_site["nobody"]}, hunter2], on: [end]");

        var copied = await _site.MigrateAsync();

        copied.Run.IsFinished.ShouldBeTrue();
        _site.Said("demo: nobody may have heard of 'end': nobody could not be started: ");
        _site.Lines.ShouldAllBe(line => !line.Contains("hunter2"));
    }

    // In place of rsync where it is to copy; otherwise that is rsync itself.
    private void Rsync(string shell)
    {
        var file = Path.Combine(_site.MakeDirectory("bin"), "rsync");
        File.WriteAllText(file, $"#!/bin/sh\ncase \"$*\" in *--files-from*) cd '{_site["."]}'; {shell} ;; esac\nexec {Tool.Read("sh", "-c", "command -v rsync").Trim()} \"$@\"\n", new UTF8Encoding(false));
        Tool.Read("chmod", "+x", file);
        _site.Environment = _site.Environment.SetItem("PATH", $"{_site["bin"]}:{_site.Environment["PATH"]}");
    }

    private void Write(int buckets, string notify, string keys = "", int slots = 2)
    {
        _site.WriteManifest(buckets, keys, slots);
        File.AppendAllText(_site["migrations.yml"], $"\nnotify: {{ {notify} }}\n");
    }
}
