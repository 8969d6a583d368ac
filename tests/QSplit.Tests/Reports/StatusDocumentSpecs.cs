using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Tests.Reports;

/// <summary>The names that other programs go by.</summary>
public sealed class StatusDocumentSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Everything_has_its_name_and_its_unit() => StatusDocument.Write(
    [
        new(
            "music", "music/202611221730", RunStanding.Running, "running, by process 1", Now, "process 1", Now.AddSeconds(-1), 750, 1000, 10.5, 25, new(3, 1, 1, 1, 1),
            [new("dtn1", 2, 7, 1, 0.5, 150, 1.5)],
            [new("dtn3", 4, 0, "Connection refused", Now.AddSeconds(25), true)],
            [new("bucket 3", 3, 2, "exited 23 – \"é\"", "/runs/3.2.log")],
            null) { Mode = RunMode.Copy, IsWell = true },
        StatusOf.Nothing("film", "./build.sh", Now),
    ]).ShouldBe(
        """
        {
          "schema": "qsplit-status/1",
          "migrations": [
            {
              "migration": "music",
              "run": "music/202611221730",
              "state": "running",
              "words": "running, by process 1",
              "at": "2026-11-22T17:30:00+00:00",
              "controller": "process 1",
              "heard": "2026-11-22T17:29:59+00:00",
              "bytesDone": 750,
              "bytesTotal": 1000,
              "bytesPerSecond": 10.5,
              "secondsLeft": 25,
              "buckets": {
                "total": 3,
                "done": 1,
                "running": 1,
                "failed": 1,
                "left": 1
              },
              "rows": [
                {
                  "host": "dtn1",
                  "slot": 2,
                  "bucket": 7,
                  "attempt": 1,
                  "fraction": 0.5,
                  "bytes": 150,
                  "seconds": 1.5
                }
              ],
              "hosts": [
                {
                  "name": "dtn3",
                  "slots": 4,
                  "busy": 0,
                  "setAside": "Connection refused",
                  "until": "2026-11-22T17:30:25+00:00",
                  "drains": true
                }
              ],
              "failures": [
                {
                  "work": "bucket 3",
                  "bucket": 3,
                  "attempts": 2,
                  "reason": "exited 23 – \"é\"",
                  "log": "/runs/3.2.log"
                }
              ],
              "next": null,
              "mode": "copy",
              "isWell": true
            },
            {
              "migration": "film",
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
            }
          ]
        }
        """);
}
