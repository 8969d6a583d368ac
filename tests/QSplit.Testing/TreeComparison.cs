using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using QSplit.Trees;
using QSplit.Trees.Native;

namespace QSplit.Testing;

/// <summary>What a comparison overlooks or looks at besides.</summary>
/// <param name="DirectoryTimes">Whether the times of directories count.</param>
/// <param name="Owners">Whether owners and groups count.</param>
/// <param name="HardLinks">Whether the same names have to share a file on both sides.</param>
public sealed record TreeComparisonOptions(bool DirectoryTimes = true, bool Owners = true, bool HardLinks = false);

/// <summary>
/// Compares two trees entry by entry, over bytes: names, kind, all twelve bits of the mode, owner, group, size, time of change to the
/// nanosecond, content, link target, device numbers. The two directories themselves are compared as well. Extended attributes are not.
/// </summary>
public static class TreeComparison
{
    /// <summary>What differs, a line each, in the order of the names; nothing when the trees are equal.</summary>
    /// <exception cref="IOException">Something cannot be read: then nothing is known.</exception>
    public static IReadOnlyList<string> Differences(string a, string b, TreeComparisonOptions? options = null)
    {
        using var left = Open(a);
        using var right = Open(b);
        var walk = new Walk(options ?? new());
        walk.Entry(EntryPath.Root, left, right, "\0"u8.ToArray());
        return walk.Found;
    }

    private static DirectoryHandle Open(string path) =>
        new(Check(LinuxFiles.OpenDirectory(System.Text.Encoding.UTF8.GetBytes(path)), path));

    private static int Check(int result, object what) => result >= 0 ? result : throw new IOException($"{what} cannot be read: {LinuxFiles.Explain(result)}");

    private sealed class Walk(TreeComparisonOptions options)
    {
        private readonly Dictionary<(uint, uint, ulong), EntryPath> _left = [];
        private readonly Dictionary<(uint, uint, ulong), EntryPath> _right = [];

        public List<string> Found { get; } = [];

        /// <param name="name">With its NUL; only that is the directory itself.</param>
        public void Entry(EntryPath path, DirectoryHandle left, DirectoryHandle right, byte[] name)
        {
            Check(LinuxFiles.Look(left.Descriptor, name, out var a, wantTimes: true), path);
            Check(LinuxFiles.Look(right.Descriptor, name, out var b, wantTimes: true), path);
            if (!Same(path, "kind", a.Type, b.Type)) return;
            var directory = EntryKinds.Of(a) == EntryKind.Directory;
            if (EntryKinds.Of(a) != EntryKind.Symlink) Same(path, "mode", Convert.ToString(a.Mode & 0xfff, 8), Convert.ToString(b.Mode & 0xfff, 8));
            if (options.Owners) Same(path, "owner", (a.Owner, a.Group), (b.Owner, b.Group));
            if (options.DirectoryTimes || !directory) Same(path, "time", (a.Modified, a.ModifiedNanoseconds), (b.Modified, b.ModifiedNanoseconds));
            if (EntryKinds.Of(a) == EntryKind.Special) Same(path, "device", (a.SpecialMajor, a.SpecialMinor), (b.SpecialMajor, b.SpecialMinor));
            if (EntryKinds.Of(a) == EntryKind.Symlink) Same(path, "target", Target(left, name), Target(right, name));
            if (EntryKinds.Of(a) == EntryKind.File && Same(path, "size", a.Size, b.Size)) Content(path, left, right, name);
            if (options.HardLinks && !directory) Same(path, "first name", FirstName(_left, a, path), FirstName(_right, b, path));
            if (directory) Below(path, left, right, name);
        }

        private void Below(EntryPath path, DirectoryHandle left, DirectoryHandle right, byte[] name)
        {
            var own = name.Length == 1 ? "."u8 : name.AsSpan(0, name.Length - 1);
            using var a = new DirectoryHandle(Check(LinuxFiles.OpenBelow(left.Descriptor, own), path));
            using var b = new DirectoryHandle(Check(LinuxFiles.OpenBelow(right.Descriptor, own), path));
            var (inA, inB) = (Names(a, path), Names(b, path));
            foreach (var entry in inA.Union(inB).Order())
            {
                if (!inB.Contains(entry)) Found.Add($"{path.Combine(entry.Bytes)}: missing on the right");
                else if (!inA.Contains(entry)) Found.Add($"{path.Combine(entry.Bytes)}: only on the right");
                else Entry(path.Combine(entry.Bytes), a, b, [.. entry.Bytes, 0]);
            }
        }

        private void Content(EntryPath path, DirectoryHandle left, DirectoryHandle right, byte[] name)
        {
            using var a = OpenFile(left, name, path);
            using var b = OpenFile(right, name, path);
            var (bufferA, bufferB) = (new byte[1 << 18], new byte[1 << 18]);
            for (var offset = 0L; ;)
            {
                var read = Fill(a, bufferA, offset);
                var same = bufferA.AsSpan(0, read).CommonPrefixLength(bufferB.AsSpan(0, Fill(b, bufferB, offset)));
                if (same < read)
                {
                    Found.Add($"{path}: content differs from byte {offset + same}");
                    return;
                }
                if (read < bufferA.Length) return;
                offset += read;
            }
        }

        private bool Same<T>(EntryPath path, string what, T a, T b) where T : notnull
        {
            if (EqualityComparer<T>.Default.Equals(a, b)) return true;
            Found.Add($"{path}: {what} {a} against {b}");
            return false;
        }

        private static EntryPath FirstName(Dictionary<(uint, uint, ulong), EntryPath> names, in FileStatus status, EntryPath path) =>
            names.TryAdd((status.DeviceMajor, status.DeviceMinor, status.Inode), path) ? path : names[(status.DeviceMajor, status.DeviceMinor, status.Inode)];

        private static HashSet<EntryPath> Names(DirectoryHandle directory, EntryPath path)
        {
            var names = new HashSet<EntryPath>();
            var buffer = new byte[1 << 16];
            while (Check(LinuxFiles.ReadEntries(directory.Descriptor, buffer), path) is > 0 and var filled)
            {
                var entries = new DirectoryEntries(buffer.AsSpan(0, filled));
                while (entries.MoveNext()) names.Add(EntryPath.Root.Combine(entries.Name));
            }
            return names;
        }

        private static string Target(DirectoryHandle directory, byte[] name)
        {
            var target = new byte[4096];
            var length = (int)Libc.readlinkat(directory.Descriptor, name, target, target.Length);
            return length >= 0 ? ByteText.Write(target.AsSpan(0, length)) : throw new IOException($"readlink: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        private static SafeFileHandle OpenFile(DirectoryHandle directory, byte[] name, EntryPath path)
        {
            var descriptor = Libc.openat(directory.Descriptor, name, Libc.ReadOnlyNoFollow, 0);
            return descriptor >= 0 ? new(descriptor, ownsHandle: true) : throw new IOException($"{path} cannot be read: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        private static int Fill(SafeFileHandle file, Span<byte> buffer, long offset)
        {
            var filled = 0;
            while (filled < buffer.Length && RandomAccess.Read(file, buffer[filled..], offset + filled) is > 0 and var read) filled += read;
            return filled;
        }
    }
}
