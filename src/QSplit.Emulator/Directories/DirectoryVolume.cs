using System.Collections.Concurrent;
using System.Text;
using QSplit.Emulator.Served;
using QSplit.Processes;
using QSplit.Trees;
using QSplit.Trees.Native;

namespace QSplit.Emulator.Directories;

/// <summary>A real directory, served as a file system. Its snapshots are frozen copies in <c>.snapshot/</c> of the directory that was frozen.</summary>
internal sealed class DirectoryVolume : IServedVolume, IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly string _root;
    private readonly ulong _device;
    private readonly SnapshotList _list;
    private readonly FrozenCopies _copies;
    private readonly ConcurrentDictionary<long, Lazy<FrozenTree>> _frozen = new();
    private readonly SemaphoreSlim _oneByOne = new(1);
    private ComparedSnapshots? _compared;

    private DirectoryVolume(string root, ulong device, TimeProvider time)
    {
        (_root, _device) = (root, device);
        _list = new(Path.Combine(FrozenCopies.Shelf(root), "snapshots.json"));
        _copies = new(new(new Supervisor(time, Grace)));
        Head = new LiveTree(new(root), device);
    }

    public IServedTree Head { get; }

    public (UInt128 Total, UInt128 Free) Capacity => new DriveInfo(_root) is var drive ? ((UInt128)drive.TotalSize, (UInt128)drive.AvailableFreeSpace) : default;

    public IReadOnlyList<ServedSnapshot> Kept => _list.Snapshots;

    public long LastNumber => _list.LastNumber;

    /// <exception cref="StorageException">The directory is not there, or its list of snapshots cannot be read.</exception>
    public static DirectoryVolume Open(string directory, TimeProvider time)
    {
        if (!LinuxFiles.IsSupported) throw CrawlProblems.NoSystem(directory);
        var root = Path.GetFullPath(directory);
        var status = new RealDirectory(root).Look(EntryPath.Root);
        if (status is not { IsDirectory: true })
            throw new StorageException($"{root} cannot be served: {(Path.Exists(root) ? "it is not a directory, or may not be read" : "it is not there")}. Give a directory that is there, or synthetic:files=1e6.");
        return new(root.Length > 1 ? root.TrimEnd('/') : root, status.Value.Device, time);
    }

    public async Task FreezeAsync(ServedSnapshot snapshot, CancellationToken cancellationToken)
    {
        await _oneByOne.WaitAsync(cancellationToken);
        try
        {
            if (snapshot.SourcePath.Contains((char)Rune.ReplacementChar.Value, StringComparison.Ordinal))
                throw new StorageException($"{snapshot.SourcePath} cannot be frozen: its name is not UTF-8. Freeze the directory above it.");
            FrozenCopies.MakeShelf(_root);
            _list.Reserve(snapshot.Number);
            await _copies.FreezeAsync(PathOf(snapshot), snapshot, cancellationToken);
            _list.Put(snapshot);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{PathOf(snapshot)} cannot be frozen: {e.Message} Snapshots of a served directory are kept in .snapshot/ in it: this user must be able to write there.", e);
        }
        finally
        {
            _oneByOne.Release();
        }
    }

    public IServedTree In(ServedSnapshot snapshot) =>
        _frozen.GetOrAdd(snapshot.Number, _ => new(() => new(snapshot, ReadIndex(snapshot), Head, _device))).Value;

    public void Remember(ServedSnapshot snapshot) => _list.Put(snapshot);

    public async Task ForgetAsync(ServedSnapshot snapshot, CancellationToken cancellationToken)
    {
        await _oneByOne.WaitAsync(cancellationToken);
        try
        {
            if (_list.Snapshots.All(one => one.Number != snapshot.Number)) return;
            _frozen.TryRemove(snapshot.Number, out _);
            await _copies.RemoveAsync(PathOf(snapshot), snapshot, cancellationToken);
            _list.Remove(snapshot);
        }
        finally
        {
            _oneByOne.Release();
        }
    }

    public IEnumerable<ServedChange> Changes(ServedSnapshot older, ServedSnapshot newer)
    {
        // A client pages through a difference: it is made once.
        if (_compared is { } compared && compared.Older == older.Number && compared.Newer == newer.Number) return compared.Changes;
        var changes = TreeChanges.Between(ReadIndex(older), ReadIndex(newer), newer.SourcePath);
        _compared = new(older.Number, newer.Number, changes);
        return changes;
    }

    public void Dispose() => _oneByOne.Dispose();

    private IReadOnlyList<IndexedEntry> ReadIndex(ServedSnapshot snapshot) => IndexFile.Read(FrozenCopies.IndexOf(PathOf(snapshot), snapshot));

    // Its shelf goes with a directory that is moved.
    private string PathOf(ServedSnapshot snapshot)
    {
        var then = OnDisk(snapshot.SourcePath);
        return !File.Exists(FrozenCopies.IndexOf(then, snapshot)) && Head.FindById(snapshot.SourceId) is { } now ? OnDisk(now.Path) : then;
    }

    private string OnDisk(string path) => path == "/" ? _root : (_root == "/" ? "" : _root) + path;

    private sealed record ComparedSnapshots(long Older, long Newer, IReadOnlyList<ServedChange> Changes);
}
