namespace QSplit.Verifications;

/// <summary>Writes all differences of some part of the tree, a line each: see <see cref="DifferenceList"/>. The file is there when there are any, and has its name once it is whole.</summary>
internal sealed class DifferenceWriter(string path) : IDisposable
{
    private readonly string _unfinished = path + ".part";
    private StreamWriter? _file;

    public void Add(EntryDifference difference)
    {
        _file ??= new StreamWriter(_unfinished);
        _file.Write(DifferenceList.Line(difference));
    }

    /// <summary>Says that there are no more.</summary>
    public void Keep()
    {
        _file?.Dispose();
        if (_file is null) File.Delete(path);
        else File.Move(_unfinished, path, overwrite: true);
    }

    public void Dispose()
    {
        _file?.Dispose();
        File.Delete(_unfinished);
    }
}
