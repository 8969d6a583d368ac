using System.Runtime.InteropServices;

namespace QSplit.Emulator.Synthetic;

/// <summary>How many entries a directory has right in it: directories come first, then files, then links; an entry's index counts through all.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DirectoryShape(int Directories, long Files, long Symlinks)
{
    public long Children => Directories + Files + Symlinks;
}
