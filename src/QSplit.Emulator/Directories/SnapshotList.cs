using System.Text.Json;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Directories;

/// <summary>Which snapshots there are, in a file, so that they outlive the emulator. What is not in it was not made by it, and is never removed.</summary>
internal sealed class SnapshotList
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private readonly string _file;
    private readonly Lock _gate = new();
    private ListedSnapshots _listed;

    /// <exception cref="StorageException">There is a list and it cannot be read.</exception>
    public SnapshotList(string file)
    {
        _file = file;
        try
        {
            _listed = File.Exists(file) ? JsonSerializer.Deserialize<ListedSnapshots>(File.ReadAllBytes(file)) ?? new(0, []) : new(0, []);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The list of snapshots {file} cannot be read: {e.Message} Mend it, or move the directory that holds it out of the way.", e);
        }
    }

    public IReadOnlyList<ServedSnapshot> Snapshots => Volatile.Read(ref _listed).Snapshots;

    public long LastNumber => Volatile.Read(ref _listed).Last;

    /// <summary>Uses up a number, before anything is made that bears it.</summary>
    public void Reserve(long number) => Change(listed => listed with { Last = Math.Max(number, listed.Last) });

    /// <summary>Adds a snapshot, or puts it in the place of the one with its number.</summary>
    public void Put(ServedSnapshot snapshot) =>
        Change(listed => listed with { Snapshots = [.. listed.Snapshots.Where(one => one.Number != snapshot.Number), snapshot] });

    public void Remove(ServedSnapshot snapshot) => Change(listed => listed with { Snapshots = [.. listed.Snapshots.Where(one => one.Number != snapshot.Number)] });

    private void Change(Func<ListedSnapshots, ListedSnapshots> change)
    {
        lock (_gate)
        {
            var changed = change(_listed);
            File.WriteAllBytes(_file + ".new", JsonSerializer.SerializeToUtf8Bytes(changed, Json));
            File.Move(_file + ".new", _file, overwrite: true);
            Volatile.Write(ref _listed, changed);
        }
    }

    private sealed record ListedSnapshots(long Last, IReadOnlyList<ServedSnapshot> Snapshots);
}
