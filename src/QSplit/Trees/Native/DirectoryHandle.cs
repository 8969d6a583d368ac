using Microsoft.Win32.SafeHandles;

namespace QSplit.Trees.Native;

/// <summary>An open directory, closed when the last who shares it is done.</summary>
internal sealed class DirectoryHandle : SafeHandleMinusOneIsInvalid
{
    public DirectoryHandle(int descriptor) : base(ownsHandle: true) => SetHandle(descriptor);

    public int Descriptor => (int)handle;

    /// <summary>Keeps it open until <see cref="Leave"/>, even past its disposal.</summary>
    public DirectoryHandle Share()
    {
        var shared = false;
        DangerousAddRef(ref shared);
        return this;
    }

    public void Leave() => DangerousRelease();

    protected override bool ReleaseHandle()
    {
        LinuxFiles.Close(Descriptor);
        return true;
    }
}
