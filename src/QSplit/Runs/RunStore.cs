using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace QSplit.Runs;

/// <summary>The events of all runs, in SQLite; the only file that opens the database. One store serves all migrations of a manifest.</summary>
/// <remarks>Write-ahead logging with full synchronisation: an event that <see cref="Append"/> returned from survives a power cut.</remarks>
internal sealed class RunStore : IDisposable
{
    private const int SchemaVersion = 1;
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly TimeProvider _time;
    private bool _prepared;

    private RunStore(SqliteConnection connection, string path, TimeProvider time) => (_connection, _path, _time) = (connection, path, time);

    /// <summary>Opens the store, and makes it when it is not there.</summary>
    /// <exception cref="StorageException">It cannot be opened, is no run store, or is of a newer version of this program.</exception>
    public static RunStore Open(string path, TimeProvider time)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            connection.Open();
            var store = new RunStore(connection, path, time);
            store.Prepare();
            return store;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw new StorageException($"The run store {path} cannot be used: {e.Message} {Remedy(e)}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite's log is shared memory, which NFS and many FUSE file systems do not have: SQLITE_IOERR (10), SQLITE_CANTOPEN (14), SQLITE_PROTOCOL (15).
    private static string Remedy(Exception e) => e is SqliteException { SqliteErrorCode: 10 or 14 or 15 }
        ? "Its file system has to be a local disk that this user may write on, not NFS or FUSE: keep the folder of the manifest there, "
            + "and give the trees by their full paths."
        : "Move it away to start without the memory of earlier runs.";

    /// <summary>Opens the store; null when nothing was ever run, and then none is made.</summary>
    /// <exception cref="StorageException">As <see cref="Open"/>.</exception>
    public static RunStore? OpenIfThere(string path, TimeProvider time) => File.Exists(path) ? Open(path, time) : null;

    /// <summary>The runs of a migration that copy, the newest first.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public IReadOnlyList<string> RunsOf(string migration) => RunsOf(migration, RunMode.Copy);

    /// <summary>The runs of a migration that copied a whole tree, the newest first.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public IReadOnlyList<string> PassesOf(string migration) => Query(
        "SELECT run FROM events WHERE seq = 1 AND data ->> '$.migration' = $migration AND coalesce(data ->> '$.mode', 'copy') IN ('copy', 'sync') ORDER BY at DESC, run DESC",
        ("$migration", migration));

    /// <summary>The runs of a migration that do so with their plans, the newest first.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    /// <remarks>Runs of earlier versions do not say what they do: they copy.</remarks>
    public IReadOnlyList<string> RunsOf(string migration, RunMode mode) => Query(
        "SELECT run FROM events WHERE seq = 1 AND data ->> '$.migration' = $migration AND coalesce(data ->> '$.mode', 'copy') = $mode ORDER BY at DESC, run DESC",
        ("$migration", migration),
        ("$mode", JsonNamingPolicy.CamelCase.ConvertName(mode.ToString())));

    /// <summary>The newest run of a migration that is no dry run; null where there is none.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public string? LastWorkOf(string migration) => Query(
        "SELECT run FROM events WHERE seq = 1 AND data ->> '$.migration' = $migration AND coalesce(data ->> '$.mode', 'copy') <> 'dryRun' ORDER BY at DESC, run DESC LIMIT 1",
        ("$migration", migration)).FirstOrDefault();

    /// <summary>The runs of some migrations, whatever they do with their plans, the newest first.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public IReadOnlyList<string> AllRunsOf(params IEnumerable<string> migrations) => Query(
        "SELECT run FROM events WHERE seq = 1 AND data ->> '$.migration' IN (SELECT value FROM json_each($migrations)) ORDER BY at DESC, run DESC",
        ("$migrations", JsonSerializer.Serialize([.. migrations], RunJson.Default.StringArray)));

    /// <summary>The run folded from its events; null when there is none.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public RunState? Load(string run) =>
        RunState.From(run, Query("SELECT data FROM events WHERE run = $run ORDER BY seq", ("$run", run)).Select(Read));

    /// <summary>All that happened in a run, in order; empty when there is none.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public IReadOnlyList<TimedEvent> EventsOf(string run) =>
        [.. Query("SELECT at, data FROM events WHERE run = $run ORDER BY seq", row => (At: row.GetString(0), Data: row.GetString(1)), ("$run", run)).Select(row => new TimedEvent(TimeOf(row.At), Read(row.Data)))];

    /// <summary>Adds an event to a run; it is on disk when this returns.</summary>
    /// <exception cref="StorageException">It is not: the disk is full, say.</exception>
    public void Append(string run, RunEvent happened) => Query(
        """
        INSERT INTO events (run, seq, at, data)
        VALUES ($run, (SELECT coalesce(max(seq), 0) + 1 FROM events WHERE run = $run), $at, $data)
        """,
        ("$run", run),
        ("$at", _time.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture)),
        ("$data", JsonSerializer.Serialize(happened, RunJson.Default.RunEvent)));

    public void Dispose() => _connection.Dispose();

    private RunEvent Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RunJson.Default.RunEvent)!;
        }
        catch (JsonException e)
        {
            throw new StorageException($"The run store {_path} has an event in it that is none: {e.Message} Move it away to start without the memory of earlier runs.", e);
        }
    }

    private static DateTimeOffset TimeOf(string at) =>
        DateTimeOffset.ParseExact(at, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private List<string> Query(string sql, params ReadOnlySpan<(string Name, string Value)> parameters) => Query(sql, row => row.GetString(0), parameters);

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        lock (_gate)
        {
            try
            {
                using var command = _connection.CreateCommand();
                command.CommandText = sql;
                foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read()) rows.Add(read(reader));
                return rows;
            }
            catch (SqliteException e) when (_prepared)
            {
                throw new StorageException($"The run store {_path} can no longer be used: {e.Message} What it holds is safe; mend the cause (is the disk full?) and go on.", e);
            }
        }
    }

    // Several controllers, and plans beside them, may open a new store at once: the one that comes first makes it.
    private void Prepare()
    {
        Query("PRAGMA journal_mode = WAL");
        Query("PRAGMA synchronous = FULL");
        var version = int.Parse(Query("SELECT CAST(user_version AS TEXT) FROM pragma_user_version")[0]);
        if (version > SchemaVersion)
            throw new StorageException($"The run store {_path} is of version {version}; this program knows version {SchemaVersion}. Use the newer program that wrote it.");
        if (version < SchemaVersion)
            Query($"""
                BEGIN IMMEDIATE;
                CREATE TABLE IF NOT EXISTS events (run TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (run, seq)) WITHOUT ROWID;
                PRAGMA user_version = {SchemaVersion};
                COMMIT;
                """);
        _prepared = true;
    }
}
