using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using QSplit.Trees;

namespace QSplit.Verifications;

/// <summary>
/// Writes a list of checksums that md5sum(1) checks: <c>zcat 17.md5.gz | (cd TARGET; md5sum --check)</c>. It has its name once it is whole.
/// </summary>
internal sealed class SumWriter : IDisposable
{
    private readonly string _path;
    private readonly Stream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _files;
    private long _bytes;

    public SumWriter(string path)
    {
        _path = path;
        _file = new BufferedStream(new GZipStream(new FileStream(Unfinished, FileMode.Create, FileAccess.Write), CompressionLevel.Fastest), 1 << 16);
    }

    private string Unfinished => _path + ".part";

    /// <param name="sum">In hexadecimal.</param>
    /// <param name="size">Logical bytes of the file.</param>
    public void Add(string sum, EntryPath path, long size)
    {
        var line = Line(sum, path);
        _hash.AppendData(line);
        _file.Write(line);
        (_files, _bytes) = (_files + 1, _bytes + size);
    }

    /// <summary>Says that the list is whole, and gives it its name; null when nothing is in it, and then there is none.</summary>
    public SumList? Keep()
    {
        _file.Dispose();
        if (_files == 0) return null;
        File.Move(Unfinished, _path, overwrite: true);
        return new(Path.GetFileName(_path), _files, _bytes, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
        File.Delete(Unfinished);
    }

    // coreutils: a line that begins with a backslash has \\, \n and \r in its name escaped.
    private static byte[] Line(string sum, EntryPath path)
    {
        var name = path.Bytes;
        var isPlain = name.IndexOfAny("\\\n\r"u8) < 0;
        return [.. isPlain ? ""u8 : "\\"u8, .. Encoding.ASCII.GetBytes(sum), .. "  ./"u8, .. isPlain ? name : WithEscapes(name), (byte)'\n'];
    }

    private static byte[] WithEscapes(ReadOnlySpan<byte> name)
    {
        var escaped = new List<byte>(name.Length + 2);
        foreach (var b in name)
        {
            if (b is (byte)'\\' or (byte)'\n' or (byte)'\r') escaped.AddRange([(byte)'\\', b switch { (byte)'\n' => (byte)'n', (byte)'\r' => (byte)'r', _ => b }]);
            else escaped.Add(b);
        }
        return [.. escaped];
    }
}
