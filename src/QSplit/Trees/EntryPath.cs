namespace QSplit.Trees;

/// <summary>
/// A path below a source, as the bytes that are on disk: names separated by <c>/</c>, no leading or trailing slash; the source itself is
/// <see cref="Root"/>, which has no bytes. Nothing is assumed of the encoding.
/// </summary>
public readonly struct EntryPath : IEquatable<EntryPath>, IComparable<EntryPath>
{
    private readonly byte[]? _bytes;

    private EntryPath(byte[] bytes) => _bytes = bytes;

    /// <summary>The source directory itself.</summary>
    public static EntryPath Root => default;

    /// <summary>The path's bytes; empty for the root.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public bool IsRoot => _bytes is null or { Length: 0 };

    /// <summary>How many names the path has; 0 for the root.</summary>
    public int Depth => IsRoot ? 0 : Bytes.Count((byte)'/') + 1;

    /// <summary>The last name; empty for the root.</summary>
    public ReadOnlySpan<byte> Name => Bytes[(Bytes.LastIndexOf((byte)'/') + 1)..];

    /// <summary>The directory that holds this entry; the root's parent is the root.</summary>
    public EntryPath Parent => Bytes.LastIndexOf((byte)'/') is var slash and > 0 ? new(Bytes[..slash].ToArray()) : Root;

    /// <summary>Why <paramref name="name"/> cannot be the name of an entry (names from the network are never trusted), or null if it can.</summary>
    public static string? WhyNotAName(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? "it is empty"
        : name.SequenceEqual("."u8) || name.SequenceEqual(".."u8) ? "it is a relative reference"
        : name.Contains((byte)'/') ? "it has a slash in it"
        : name.Contains((byte)0) ? "it has a NUL in it"
        : null;

    /// <summary>The entry called <paramref name="name"/> in this directory.</summary>
    /// <exception cref="ArgumentException">The bytes cannot be a name: see <see cref="WhyNotAName"/>.</exception>
    public EntryPath Combine(ReadOnlySpan<byte> name)
    {
        if (WhyNotAName(name) is { } why) throw new ArgumentException($"'{ByteText.Write(name)}' in '{this}' cannot be a name: {why}.", nameof(name));
        return IsRoot ? new(name.ToArray()) : new([.. Bytes, (byte)'/', .. name]);
    }

    /// <summary>The entry itself, then each directory around it, the nearest first and the root last.</summary>
    internal IEnumerable<EntryPath> Upwards()
    {
        var path = this;
        for (; !path.IsRoot; path = path.Parent) yield return path;
        yield return path;
    }

    /// <summary>Whether this is <paramref name="directory"/> or lies somewhere below it.</summary>
    public bool IsWithin(EntryPath directory) =>
        directory.IsRoot || (Bytes.StartsWith(directory.Bytes) && (Bytes.Length == directory.Bytes.Length || Bytes[directory.Bytes.Length] == '/'));

    /// <summary>Reads a path from bytes; a leading <c>./</c> and trailing slashes are dropped.</summary>
    /// <exception cref="ArgumentException">The path is absolute, or a part of it cannot be a name.</exception>
    public static EntryPath FromBytes(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes.StartsWith("./"u8) ? bytes[2..] : bytes;
        rest = rest.TrimEnd((byte)'/');
        if (rest.IsEmpty && !bytes.StartsWith("/"u8) || rest.SequenceEqual("."u8)) return Root;
        foreach (var part in rest.Split((byte)'/'))
            if (WhyNotAName(rest[part]) is { } why) throw new ArgumentException($"'{ByteText.Write(bytes)}' is not a path below the source: in one of its names, {why}.", nameof(bytes));
        return new(rest.ToArray());
    }

    /// <summary>Reads a path from text as <see cref="ToString"/> writes it, or from ordinary UTF-8 text.</summary>
    /// <exception cref="ArgumentException">As <see cref="FromBytes"/>.</exception>
    public static EntryPath Parse(string text) => FromBytes(ByteText.Read(text));

    public bool Equals(EntryPath other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is EntryPath other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The order of the bytes, which is the order of bucket files and of everything in a plan.</summary>
    public int CompareTo(EntryPath other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>The path for people: <c>./name</c>, <c>.</c> for the root, with what is not text escaped by <see cref="ByteText"/>.</summary>
    public override string ToString() => IsRoot ? "." : "./" + ByteText.Write(Bytes);

    public static bool operator ==(EntryPath left, EntryPath right) => left.Equals(right);

    public static bool operator !=(EntryPath left, EntryPath right) => !left.Equals(right);

    public static bool operator <(EntryPath left, EntryPath right) => left.CompareTo(right) < 0;

    public static bool operator <=(EntryPath left, EntryPath right) => left.CompareTo(right) <= 0;

    public static bool operator >(EntryPath left, EntryPath right) => left.CompareTo(right) > 0;

    public static bool operator >=(EntryPath left, EntryPath right) => left.CompareTo(right) >= 0;
}
