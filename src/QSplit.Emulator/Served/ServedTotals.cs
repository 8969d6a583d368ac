namespace QSplit.Emulator.Served;

/// <summary>What an entry with all below it amounts to. A directory counts itself; what the API shows of it leaves that out in one place and not in another.</summary>
/// <param name="Data">Blocks of 4,096 bytes.</param>
/// <param name="Meta">Blocks of 4,096 bytes.</param>
internal readonly record struct ServedTotals(long Data, long Meta, long Files, long Directories, long Symlinks, long Others)
{
    public static ServedTotals operator +(ServedTotals a, ServedTotals b) =>
        new(a.Data + b.Data, a.Meta + b.Meta, a.Files + b.Files, a.Directories + b.Directories, a.Symlinks + b.Symlinks, a.Others + b.Others);
}
