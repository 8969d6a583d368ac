using System.Text.Json;
using System.Text.Json.Nodes;
using QSplit.Reports;
using QSplit.Reports.Files;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Verifications;
using static QSplit.Tests.Reports.ReportStory;

namespace QSplit.Tests.Reports.Files;

/// <summary>The names that other programs go by.</summary>
public sealed class ReportJsonSpecs
{
    private static readonly ReportDocument Full = new(
        ReportDocument.CurrentSchema,
        ReportKind.DryRun,
        Begin,
        "QSplit 0.1.0",
        StatusOf.Nothing("music", "./build.sh", Begin),
        new("migrations.yml", "ab12", "/mnt/old", "/mnt/new", "--acls", "tree"),
        new(
            "cd34", "202611221730", "/mnt/old", "7_nightly", 1, 2, 3, "bytes", 4, 5, 6.5, 7,
            [new(1, "qsync_1.txt", 1, 2, 3, 4, 5, 6, "failed", 7, 8, 9, 10, 11, "é – \"x\"")],
            2, [new("./a", 1, 2, 3)], [new("./a/big", 1, 2)], [new("leftOut", ".snapshot", "Left out.")]),
        new(
            Begin, Begin.AddSeconds(1), 1, 2, 3, 4,
            [new("dtn1", 1, "rsync 3.5.0", 2, 3, 4, 5.5, 6)],
            [new("bucket 1", 1, 2, "dtn1", 3, Begin, null, "lost", "its controller died", 4, 5)],
            [new(Begin, 1.5, 2)])
        {
            Left = [new("bucket 1", 1, "why", "/runs/1.1.log", 2, [new("./a", "Permission denied (13)")])],
        },
        new(true, 1, 2, 3, 4, 5, 6, [Part("./a", ChangeKind.Attributes, 1, 2, 3, "./a/b")], [new(null, 1, 2, 3, 4, 5, 6)]))
    {
        Verification = new(
            "music/1", "checksum", 0.5, "7", 1, 2, 3, [new(DifferenceKind.HardLink, 4, ["./a/b"])], new(1, 2, 3, 4), ["ACLs"],
            [new(1, 2, 3, 4, 5, new(6, 7, 8, 9), [new("1.md5.gz", 6, 7, "ef56")])]),
        Passes = [new("music/1", Begin, 1.5, 2, 3, 4, 5)],
        CutoverSeconds = 6.5,
        Cutover = new("music/1-cutover", new(2026, 11, 22, 17, 30, 0, TimeSpan.Zero), [new("verify", CutoverStanding.Done, "alike", "music/2")], "ab12", "SHA256:cd34", [new("1 differs", "music/2", "a cache", "Ada", new(2026, 11, 22, 17, 30, 0, TimeSpan.Zero))]),
    };

    [Fact]
    public void Everything_has_its_name_and_its_unit() => ReportJson.Write(Full).ShouldBe(
        """
        {
          "schema": "qsplit-report/1",
          "kind": "dryRun",
          "made": "2026-11-22T17:30:00+00:00",
          "program": "QSplit 0.1.0",
          "status": {
            "migration": "music",
            "run": null,
            "state": "none",
            "words": "no run yet",
            "at": "2026-11-22T17:30:00+00:00",
            "controller": null,
            "heard": null,
            "bytesDone": null,
            "bytesTotal": null,
            "bytesPerSecond": null,
            "secondsLeft": null,
            "buckets": {
              "total": 0,
              "done": 0,
              "running": 0,
              "failed": 0,
              "left": 0
            },
            "rows": [],
            "hosts": [],
            "failures": [],
            "next": "To begin: ./build.sh",
            "mode": null,
            "isWell": null
          },
          "manifest": {
            "file": "migrations.yml",
            "sha256": "ab12",
            "source": "/mnt/old",
            "target": "/mnt/new",
            "options": "--acls",
            "tree": "tree"
          },
          "plan": {
            "digest": "cd34",
            "stamp": "202611221730",
            "source": "/mnt/old",
            "snapshot": "7_nightly",
            "bytes": 1,
            "logicalBytes": 2,
            "entries": 3,
            "balanceUnit": "bytes",
            "heaviest": 4,
            "mean": 5,
            "bound": 6.5,
            "estimatedSeconds": 7,
            "buckets": [
              {
                "number": 1,
                "file": "qsync_1.txt",
                "bytes": 1,
                "logicalBytes": 2,
                "entries": 3,
                "items": 4,
                "estimatedSeconds": 5,
                "weight": 6,
                "state": "failed",
                "attempts": 7,
                "files": 8,
                "movedBytes": 9,
                "created": 10,
                "seconds": 11,
                "reason": "é – \"x\""
              }
            ],
            "levels": 2,
            "directories": [
              {
                "path": "./a",
                "bytes": 1,
                "logicalBytes": 2,
                "entries": 3
              }
            ],
            "largestFiles": [
              {
                "path": "./a/big",
                "bytes": 1,
                "logicalBytes": 2
              }
            ],
            "notes": [
              {
                "kind": "leftOut",
                "path": ".snapshot",
                "text": "Left out."
              }
            ]
          },
          "run": {
            "began": "2026-11-22T17:30:00+00:00",
            "ended": "2026-11-22T17:30:01+00:00",
            "files": 1,
            "movedBytes": 2,
            "created": 3,
            "vanished": 4,
            "hosts": [
              {
                "name": "dtn1",
                "slots": 1,
                "mover": "rsync 3.5.0",
                "attempts": 2,
                "failures": 3,
                "movedBytes": 4,
                "busySeconds": 5.5,
                "setAside": 6
              }
            ],
            "attempts": [
              {
                "work": "bucket 1",
                "bucket": 1,
                "attempt": 2,
                "host": "dtn1",
                "slot": 3,
                "began": "2026-11-22T17:30:00+00:00",
                "ended": null,
                "outcome": "lost",
                "reason": "its controller died",
                "files": 4,
                "movedBytes": 5
              }
            ],
            "throughput": [
              {
                "at": "2026-11-22T17:30:00+00:00",
                "seconds": 1.5,
                "bytesPerSecond": 2
              }
            ],
            "deleted": 0,
            "left": [
              {
                "work": "bucket 1",
                "bucket": 1,
                "reason": "why",
                "log": "/runs/1.1.log",
                "entries": 2,
                "first": [
                  {
                    "path": "./a",
                    "reason": "Permission denied (13)",
                    "class": "unknown"
                  }
                ]
              }
            ]
          },
          "preview": {
            "withDeletes": true,
            "create": 1,
            "update": 2,
            "attributes": 3,
            "delete": 4,
            "files": 5,
            "bytes": 6,
            "directories": [
              {
                "top": "./a",
                "kind": "attributes",
                "entries": 1,
                "files": 2,
                "bytes": 3,
                "first": [
                  "./a/b"
                ]
              }
            ],
            "buckets": [
              {
                "bucket": null,
                "create": 1,
                "update": 2,
                "attributes": 3,
                "delete": 4,
                "files": 5,
                "bytes": 6
              }
            ]
          },
          "verification": {
            "of": "music/1",
            "by": "checksum",
            "sample": 0.5,
            "seed": "7",
            "entries": 1,
            "files": 2,
            "bytes": 3,
            "differences": [
              {
                "kind": "hardLink",
                "entries": 4,
                "first": [
                  "./a/b"
                ]
              }
            ],
            "balance": {
              "planned": 1,
              "compared": 2,
              "notCompared": 3,
              "leftOut": 4
            },
            "notCovered": [
              "ACLs"
            ],
            "buckets": [
              {
                "bucket": 1,
                "entries": 2,
                "files": 3,
                "bytes": 4,
                "differences": 5,
                "balance": {
                  "planned": 6,
                  "compared": 7,
                  "notCompared": 8,
                  "leftOut": 9
                },
                "lists": [
                  {
                    "file": "1.md5.gz",
                    "files": 6,
                    "bytes": 7,
                    "sha256": "ef56"
                  }
                ]
              }
            ]
          },
          "passes": [
            {
              "run": "music/1",
              "began": "2026-11-22T17:30:00+00:00",
              "seconds": 1.5,
              "files": 2,
              "movedBytes": 3,
              "created": 4,
              "deleted": 5
            }
          ],
          "cutoverSeconds": 6.5,
          "cutover": {
            "id": "music/1-cutover",
            "began": "2026-11-22T17:30:00+00:00",
            "steps": [
              {
                "name": "verify",
                "standing": "done",
                "words": "alike",
                "run": "music/2"
              }
            ],
            "digest": "ab12",
            "key": "SHA256:cd34",
            "accepted": [
              {
                "what": "1 differs",
                "run": "music/2",
                "reason": "a cache",
                "by": "Ada",
                "at": "2026-11-22T17:30:00+00:00"
              }
            ]
          }
        }

        """);

    [Fact]
    public void It_is_read_back_as_it_was()
    {
        foreach (var report in (ReportDocument[])[Full, Run()])
        {
            var again = ReportJson.Read(ReportJson.Write(report));

            ReportJson.Write(again).ShouldBe(ReportJson.Write(report));
            (again.Kind, again.Status.State, again.Run!.Left.Length).ShouldBe((report.Kind, report.Status.State, report.Run!.Left.Length));
        }
    }

    [Fact]
    public void One_that_says_less_or_more_is_read_as_far_as_that_can_be()
    {
        var json = JsonNode.Parse(ReportJson.Write(Run()))!.AsObject();
        json["run"]!.AsObject().Remove("left");
        json["tomorrow"] = 1;

        ReportJson.Read(json.ToJsonString()).Run!.Left.ShouldBeEmpty();
        json.Remove("plan");
        Should.Throw<JsonException>(() => ReportJson.Read(json.ToJsonString())).Message.ShouldContain("plan");
    }

    [Fact]
    public void The_schema_in_the_repository_is_that_of_the_records()
    {
        var file = Path.Combine(RepositoryRoot(), "report.schema.json");
        if (Environment.GetEnvironmentVariable("QSPLIT_APPROVE") == "1") File.WriteAllText(file, ReportSchema.Write());

        var committed = File.Exists(file) ? File.ReadAllText(file) : "";

        committed.ShouldBe(ReportSchema.Write(), "report.schema.json is stale. To renew it: QSPLIT_APPROVE=1 dotnet test tests/QSplit.Tests --filter ReportJsonSpecs");
    }

    [Fact]
    public void The_schema_knows_all_that_is_written_and_asks_for_what_always_is()
    {
        var schema = JsonNode.Parse(ReportSchema.Write())!;

        Paths("", JsonNode.Parse(ReportJson.Write(Full))!).Distinct().Except(Paths(schema, "", schema)).ShouldBeEmpty();
        ((string?)schema["properties"]!["kind"]!["enum"]![1]).ShouldBe("dryRun");
        schema["required"]!.AsArray().Select(name => (string?)name).ShouldBe(["schema", "kind", "made", "program", "status", "manifest", "plan", "run", "preview"]);
        schema["properties"]!["run"]!["required"]!.AsArray().Select(name => (string?)name).ShouldNotContain("left", "a reader of before did not know it");
    }

    private static ReportDocument Run() => new ReportStory(SmallPlan.Of(600, 400))
        .At(1, Start(1)).At(3, SmallPlan.End(1, Done, moved: new Moved(1, 2, 3))).At(4, Start(2)).At(5, SmallPlan.End(2, Refused)).At(6, new RunEvent.Stopped("interrupted")).Report();

    private static IEnumerable<string> Paths(string path, JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(pair => Paths($"{path}.{pair.Key}", pair.Value).Prepend($"{path}.{pair.Key}")),
        JsonArray a => a.SelectMany(item => Paths($"{path}[]", item)),
        _ => [],
    };

    private static IEnumerable<string> Paths(JsonNode root, string path, JsonNode? schema)
    {
        if ((string?)schema?["$ref"] is { } pointer) schema = pointer.Split('/').Skip(1).Aggregate(root, (node, name) => node[name]!);
        foreach (var (name, value) in schema?["properties"]?.AsObject() ?? [])
            foreach (var below in Paths(root, $"{path}.{name}", value).Prepend($"{path}.{name}")) yield return below;
        if (schema?["items"] is { } items)
            foreach (var below in Paths(root, $"{path}[]", items)) yield return below;
    }

    private static string RepositoryRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "QSplit.slnx"))) directory = Path.GetDirectoryName(directory).ShouldNotBeNull("the tests run below the repository");
        return directory;
    }
}
