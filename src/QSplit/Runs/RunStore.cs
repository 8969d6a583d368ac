using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace QSplit.Runs;

/// <summary>The events of all runs, in SQLite; the only file that opens the database. One store serves all migrations of a manifest.</summary>
/// <remarks>Write-ahead logging with full synchronisation: an event that <see cref="Append"/> returned from survives a power cut.</remarks>
public sealed class RunStore : IDisposable
{
    private const int SchemaVersion = 1;
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;

    private RunStore(SqliteConnection connection, TimeProvider time) => (_connection, _time) = (connection, time);

    /// <summary>Opens the store, and makes it when it is not there.</summary>
    /// <exception cref="StorageException">It cannot be opened, is no run store, or is of a newer version of this program.</exception>
    public static RunStore Open(string path, TimeProvider time)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            var store = new RunStore(connection, time);
            store.Prepare(path);
            return store;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new StorageException($"The run store {path} cannot be used: {e.Message}. Move it away to start without the memory of earlier runs.", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The runs of a migration, the newest first.</summary>
    public IReadOnlyList<string> RunsOf(string migration) =>
        Query("SELECT run FROM events WHERE seq = 1 AND data ->> '$.migration' = $migration ORDER BY at DESC, run DESC", ("$migration", migration));

    /// <summary>The run folded from its events; null when there is none.</summary>
    public RunState? Load(string run) =>
        RunState.From(run, Query("SELECT data FROM events WHERE run = $run ORDER BY seq", ("$run", run)).Select(Read));

    /// <summary>Adds an event to a run; it is on disk when this returns.</summary>
    public void Append(string run, RunEvent happened)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = """
                INSERT INTO events (run, seq, at, data)
                VALUES ($run, (SELECT coalesce(max(seq), 0) + 1 FROM events WHERE run = $run), $at, $data)
                """;
            command.Parameters.AddWithValue("$run", run);
            command.Parameters.AddWithValue("$at", _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
            command.Parameters.AddWithValue("$data", JsonSerializer.Serialize(happened, RunJson.Default.RunEvent));
            command.ExecuteNonQuery();
        }
    }

    public void Dispose() => _connection.Dispose();

    private static RunEvent Read(string json) => JsonSerializer.Deserialize(json, RunJson.Default.RunEvent)!;

    private List<string> Query(string sql, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
            using var reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read()) rows.Add(reader.GetString(0));
            return rows;
        }
    }

    private void Prepare(string path)
    {
        Query("PRAGMA journal_mode = WAL");
        Query("PRAGMA synchronous = FULL");
        var version = int.Parse(Query("SELECT CAST(user_version AS TEXT) FROM pragma_user_version")[0]);
        if (version > SchemaVersion)
            throw new StorageException($"The run store {path} is of version {version}; this program knows version {SchemaVersion}. Use the newer program that wrote it.");
        Query("""
            CREATE TABLE IF NOT EXISTS events (run TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (run, seq)) WITHOUT ROWID
            """);
        Query($"PRAGMA user_version = {SchemaVersion}");
    }
}
