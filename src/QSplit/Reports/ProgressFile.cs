using System.Text.Json;
using System.Text.Json.Serialization;
using QSplit.Runs;

namespace QSplit.Reports;

/// <summary>What a controller says of its run while it runs, for others to read.</summary>
/// <param name="At">When it was said, in UTC.</param>
/// <param name="Controller">Who says it: host, process and since when.</param>
internal sealed record ProgressReport(DateTimeOffset At, string Controller, ProgressSnapshot Now)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    /// <summary>Whether the controller has the lock beside the file for as long as it lives.</summary>
    public bool IsLocked { get; init; }

    /// <summary>Whether the controller lives, as its lock shows; null where that is not known.</summary>
    [JsonIgnore]
    public bool? IsAlive { get; init; }

    /// <summary>Whether the controller is at work, as far as that can be told.</summary>
    public bool IsFresh(DateTimeOffset now) => IsAlive != false && now - At < Fresh;
}

/// <summary>
/// Keeps <c>progress.json</c> in a run's folder: renewed every 2 s, gone when the session ends. A file that is left and whose lock is free is of
/// a controller that died.
/// </summary>
internal sealed class ProgressFile : IDisposable
{
    private const string Name = "progress.json";
    private const string LockName = "progress.lock";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly string _path;
    private readonly string _controller;
    private readonly Func<ProgressSnapshot> _now;
    private readonly ITimer _timer;
    private readonly string _lockPath;
    private FileStream? _lock;
    private bool _closed;

    /// <param name="folder">The run's.</param>
    /// <param name="controller">Who runs it, in words.</param>
    /// <param name="now">Gives the progress whenever it is asked, on a thread of the timer.</param>
    public ProgressFile(TimeProvider time, string folder, string controller, Func<ProgressSnapshot> now)
    {
        (_time, _path, _controller, _now) = (time, Path.Combine(folder, Name), controller, now);
        _lockPath = Path.Combine(folder, LockName);
        Try(() => _lock = FileLock.Take(_lockPath));
        _timer = time.CreateTimer(_ => Write(), null, TimeSpan.Zero, Every);
    }

    /// <summary>What a controller reported last in a run's folder; null when there is nothing, or it cannot be read.</summary>
    public static ProgressReport? Read(string folder)
    {
        var said = Parse(folder);
        if (said is not { IsLocked: true }) return said;
        var isAlive = FileLock.IsHeld(Path.Combine(folder, LockName));
        // A session that ends in this moment takes its file away before its lock.
        return (isAlive == false ? Parse(folder) : said) is { } left ? left with { IsAlive = isAlive } : null;
    }

    private static ProgressReport? Parse(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, Name)), ProgressJson.Default.ProgressReport);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _closed = true;
            Try(() => File.Delete(_path));
            if (_lock is null) return;
            Try(() => File.Delete(_lockPath));
            _lock.Dispose();
        }
    }

    private void Write()
    {
        lock (_gate)
        {
            if (_closed) return;
            var report = new ProgressReport(_time.GetUtcNow(), _controller, _now()) { IsLocked = _lock is not null };
            var json = JsonSerializer.SerializeToUtf8Bytes(report, ProgressJson.Default.ProgressReport);
            Try(() =>
            {
                File.WriteAllBytes(_path + ".new", json);
                File.Move(_path + ".new", _path, overwrite: true);
            });
        }
    }

    // A full disk must not stop a run for the sake of who looks on.
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever looks on finds the last word, or none.
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ProgressReport))]
internal sealed partial class ProgressJson : JsonSerializerContext;
