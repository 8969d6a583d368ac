using System.Runtime.InteropServices;
using QSplit.Trees.Native;

namespace QSplit.Trees;

/// <summary>One thread of a crawl, with what it uses again and again.</summary>
internal sealed class CrawlThread(Crawl crawl)
{
    private const int BufferBytes = 32 * 1024;

    private static readonly NamePatterns QuotaFiles = new(LocalTreeOptions.QuotaFiles);

    private readonly ListingWriter _writer = new();
    private readonly List<Totals?> _directories = [];
    private readonly List<CrawlWork> _found = [];
    private readonly CrawlFacts _facts = new();
    private byte[] _buffer = new byte[BufferBytes];

    public void Run()
    {
        try
        {
            while (crawl.Work.TryTake(out var work))
            {
                if (work.Part is { } part) LookAt(work.Directory, part);
                else List(work.Directory);
                crawl.Work.Finish();
            }
            crawl.Tally.Add(_facts);
        }
        catch
        {
            crawl.Work.Close();
            throw;
        }
    }

    private void List(DirectoryNode directory)
    {
        var descriptor = LinuxFiles.OpenBelow(crawl.Source.Descriptor, directory.Parent is null ? "."u8 : directory.PathBytes());
        if (descriptor < 0)
        {
            Fail(directory, descriptor, isOpen: false);
            return;
        }
        using var handle = new DirectoryHandle(descriptor);
        while (!crawl.Cancelled.IsCancellationRequested)
        {
            var filled = LinuxFiles.ReadEntries(descriptor, _buffer);
            if (filled < 0) Fail(directory, filled, isOpen: true);
            if (filled <= 0) break;
            // A large directory: what can be handed over is looked at by those who wait, while this thread lists on.
            if (filled > BufferBytes / 2 && crawl.Work.SomeoneWaits)
            {
                crawl.Work.Push(new CrawlWork(directory, new(handle.Share(), _buffer, filled)));
                _buffer = new byte[BufferBytes];
            }
            else
                LookAt(directory, descriptor, _buffer.AsSpan(0, filled));
        }
        crawl.Tally.CountDirectory();
    }

    private void LookAt(DirectoryNode directory, CrawlPart part)
    {
        try
        {
            LookAt(directory, part.Handle.Descriptor, part.Buffer.AsSpan(0, part.Filled));
        }
        finally
        {
            part.Handle.Leave();
        }
    }

    private void LookAt(DirectoryNode directory, int descriptor, ReadOnlySpan<byte> filled)
    {
        var (all, loose) = (Totals.Zero, Totals.Zero);
        var entries = new DirectoryEntries(filled);
        while (entries.MoveNext() && !crawl.Cancelled.IsCancellationRequested)
        {
            var error = LinuxFiles.Look(descriptor, entries.TerminatedName, out var status);
            if (error == -LinuxFiles.Gone) continue;
            var kind = error < 0 ? EntryKinds.Of(entries.Type) : EntryKinds.Of(status);
            var pattern = kind == EntryKind.Directory ? crawl.LeaveOut.Find(entries.Name)
                : directory.Parent is null ? QuotaFiles.Find(entries.Name)
                : null;
            if (pattern is not null)
            {
                crawl.Tally.LeaveOut(pattern);
                crawl.Notes.Add(TreeNoteKind.LeftOut, directory.Path().Combine(entries.Name), CrawlProblems.LeftOut);
                continue;
            }
            var own = error < 0 ? new Totals(0, 0, 1) : new(status.Allocated, status.Logical, 1);
            if (error < 0)
            {
                _writer.AddUnknown(entries.Name, kind);
                crawl.Notes.Add(TreeNoteKind.Unreadable, directory.Path().Combine(entries.Name), CrawlProblems.NotLookedAt(error));
            }
            else
            {
                _writer.Add(entries.Name, status);
                crawl.Tally.CountSpecial(status);
                _facts.Count(directory, entries.Name, status);
            }
            all += own;
            if (kind == EntryKind.Directory) _directories.Add(error < 0 ? null : own);
            else loose += own;
        }
        directory.Add(loose);
        crawl.Tally.Count(all);
        if (all.Entries > 0) Hand(_writer.Take(directory));
    }

    // The directories are pushed last: from then on other threads read the listing to find their names.
    private void Hand(Listing listing)
    {
        for (var i = 0; i < _directories.Count; i++)
        {
            var found = listing.Directories[i];
            found.Add(_directories[i] ?? new Totals(0, 0, 1));
            if (_directories[i] is null) found.State = DirectoryState.Unreadable;
            else _found.Add(new(found));
        }
        listing.Directory.Add(listing);
        crawl.Work.Push(CollectionsMarshal.AsSpan(_found));
        _directories.Clear();
        _found.Clear();
    }

    private void Fail(DirectoryNode directory, int error, bool isOpen)
    {
        if (directory.Parent is null)
        {
            crawl.SourceError = error;
            crawl.Work.Close();
            return;
        }
        directory.State = error == -LinuxFiles.Gone ? DirectoryState.Gone : DirectoryState.Unreadable;
        if (directory.State == DirectoryState.Unreadable) crawl.Notes.Add(TreeNoteKind.Unreadable, directory.Path(), CrawlProblems.NotListed(error, isOpen));
    }
}
