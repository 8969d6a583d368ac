using System.Collections.Immutable;

namespace QSplit.Trees;

/// <summary>Collects notes from several threads. Of each kind it keeps the first by path, and counts the rest: a note must not cost what a file does not.</summary>
internal sealed class NoteBook
{
    private readonly SortedDictionary<TreeNoteKind, Page> _pages = [];

    public void Add(TreeNoteKind kind, EntryPath path, string text)
    {
        lock (_pages)
        {
            if (!_pages.TryGetValue(kind, out var page)) _pages[kind] = page = new();
            page.Add(path, text, LimitOf(kind));
        }
    }

    /// <summary>All notes, by kind and path; a kind of which there are too many ends with a note of how many more.</summary>
    public ImmutableArray<TreeNote> ToNotes()
    {
        lock (_pages)
        {
            return [.. _pages.SelectMany(page => page.Value.ToNotes(page.Key))];
        }
    }

    // What is not copied is named as far as that goes.
    private static int LimitOf(TreeNoteKind kind) => kind switch
    {
        TreeNoteKind.NotOnWindows => 10_000,
        TreeNoteKind.Unreadable or TreeNoteKind.Link or TreeNoteKind.OtherFileSystem => 1000,
        _ => 100,
    };

    private sealed class Page
    {
        private readonly SortedDictionary<EntryPath, string> _kept = [];
        private long _more;

        public void Add(EntryPath path, string text, int limit)
        {
            _kept[path] = text;
            if (_kept.Count <= limit) return;
            _kept.Remove(_kept.Last().Key);
            _more++;
        }

        public IEnumerable<TreeNote> ToNotes(TreeNoteKind kind)
        {
            var notes = _kept.Select(note => new TreeNote(kind, note.Key, note.Value));
            return _more == 0 ? notes : notes.Append(new(kind, EntryPath.Root, $"And {_more:N0} more of the same kind."));
        }
    }
}
