using Microsoft.Data.Sqlite;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>An event as the store has it; what an event of its kind does not have is null.</summary>
internal sealed record Happening(string Run, string Kind, string? Pass, int? Bucket, string? Outcome, int? Files, string? Host, int? Bytes = null)
{
    public bool IsBucketBegun => Kind == "attemptStarted" && Pass == "Baseline";

    public bool IsBucketDone => Kind == "attemptEnded" && Pass == "Baseline" && Outcome == "succeeded";

    public bool IsSealBegun => Kind == "attemptStarted" && Pass == "Seal";
}

/// <summary>What the store remembers, read by SQL: not by the code that is under test.</summary>
internal sealed record RunHistory(IReadOnlyList<Happening> Events)
{
    /// <summary>The buckets that were begun, in order.</summary>
    public IReadOnlyList<int> Begun => [.. Events.Where(e => e.IsBucketBegun).Select(e => e.Bucket!.Value)];

    /// <summary>The buckets that are done, each as often as it succeeded.</summary>
    public IReadOnlyList<int> Done => [.. Events.Where(e => e.IsBucketDone).Select(e => e.Bucket!.Value).Order()];

    /// <summary>The buckets that were begun again although they had succeeded.</summary>
    public IReadOnlyList<int> BegunAgain =>
    [
        .. Events.Index()
            .Where(at => at.Item.IsBucketBegun && Events.Take(at.Index).Any(e => e.IsBucketDone && e.Bucket == at.Item.Bucket && e.Run == at.Item.Run))
            .Select(at => at.Item.Bucket!.Value),
    ];

    /// <summary>What happened since then.</summary>
    public RunHistory Since(RunHistory earlier) => new([.. Events.Skip(earlier.Events.Count)]);

    /// <summary>Nothing when there is no store.</summary>
    public static RunHistory Of(string store)
    {
        if (!File.Exists(store)) return new RunHistory([]);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = store, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM sqlite_schema WHERE name = 'events'";
        if (command.ExecuteScalar() is null) return new RunHistory([]);
        command.CommandText = """
            SELECT run, data ->> '$.kind', data ->> '$.work.pass', data ->> '$.work.bucket', data ->> '$.outcome.kind', data ->> '$.moved.files', data ->> '$.host',
                data ->> '$.moved.bytes'
            FROM events ORDER BY at, run, seq
            """;
        using var reader = command.ExecuteReader();
        var events = new List<Happening>();
        while (reader.Read())
            events.Add(new(reader.GetString(0), reader.GetString(1), Text(reader, 2), Number(reader, 3), Text(reader, 4), Number(reader, 5), Text(reader, 6), Number(reader, 7)));
        return new RunHistory(events);
    }

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static int? Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);
}
