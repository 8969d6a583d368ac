using System.Text.Json;
using System.Text.Json.Serialization;

namespace QSplit.Reports;

/// <summary>What a controller says of its run while it runs, for others to read.</summary>
/// <param name="At">When it was said, in UTC.</param>
/// <param name="Controller">Who says it: host, process and since when.</param>
internal sealed record ProgressReport(DateTimeOffset At, string Controller, ProgressSnapshot Now)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    /// <summary>Whether whoever said it is still there, as far as that can be told.</summary>
    public bool IsFresh(DateTimeOffset now) => now - At < Fresh;
}

/// <summary>
/// Keeps <c>progress.json</c> in a run's folder: renewed every 2 s, gone when the session ends. What is left there by itself tells of a
/// controller that died.
/// </summary>
internal sealed class ProgressFile : IDisposable
{
    private const string Name = "progress.json";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly string _path;
    private readonly string _controller;
    private readonly Func<ProgressSnapshot> _now;
    private readonly ITimer _timer;
    private bool _closed;

    /// <param name="folder">The run's.</param>
    /// <param name="controller">Who runs it, in words.</param>
    /// <param name="now">Gives the progress whenever it is asked, on a thread of the timer.</param>
    public ProgressFile(TimeProvider time, string folder, string controller, Func<ProgressSnapshot> now)
    {
        (_time, _path, _controller, _now) = (time, Path.Combine(folder, Name), controller, now);
        _timer = time.CreateTimer(_ => Write(), null, TimeSpan.Zero, Every);
    }

    /// <summary>What was said last in a run's folder; null when there is nothing, or it cannot be read.</summary>
    public static ProgressReport? Read(string folder)
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
        }
    }

    private void Write()
    {
        lock (_gate)
        {
            if (_closed) return;
            var json = JsonSerializer.SerializeToUtf8Bytes(new ProgressReport(_time.GetUtcNow(), _controller, _now()), ProgressJson.Default.ProgressReport);
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
