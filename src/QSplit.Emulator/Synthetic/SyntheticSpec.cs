using System.Globalization;
using QSplit.Manifests;

namespace QSplit.Emulator.Synthetic;

/// <summary>How directories lie in a synthetic tree.</summary>
internal enum SyntheticShape
{
    /// <summary>As on file servers: some five to seven levels, a few directories hold most, files lie beside directories; at most 3,000 files and 400 directories in one.</summary>
    Projects,

    /// <summary>All directories of a level alike.</summary>
    Even,

    /// <summary>In each directory one holds most of what is below.</summary>
    Skewed,

    /// <summary>Thirty levels with one or two directories each before the tree widens.</summary>
    Deep,

    /// <summary>All files in the root.</summary>
    Flat,
}

/// <summary>A tree that exists only as arithmetic: the same text is the same tree on every machine.</summary>
/// <param name="Files">How many regular files, exactly: 1,000 to 10^12.</param>
/// <param name="Seed">Another seed is another tree.</param>
/// <param name="Bytes">What all entries have allocated together, in whole blocks of 4,096 bytes.</param>
/// <param name="Changes">How many entries differ between two snapshots, one taken right after the other; see <see cref="SyntheticVolume"/>.</param>
internal sealed record SyntheticSpec(long Files, ulong Seed, SyntheticShape Shape, long Bytes, int Changes)
{
    public const string Prefix = "synthetic:";
    public const int Block = 4096;

    private const long MostFlatFiles = 10_000_000;
    private const long UsualBytesPerFile = 256 * 1024;
    private const int LeastBytesPerFile = 2 * Block;
    private const long MostBytes = 1L << 61;

    private static readonly string[] Keys = ["files", "seed", "shape", "bytes", "changes"];

    /// <summary>Directories beside the root, without the one of <see cref="Arrivals"/>: one for 25 files.</summary>
    public long Directories => Shape == SyntheticShape.Flat ? 0 : Files / 25;

    /// <summary>One for 100 files.</summary>
    public long Symlinks => Files / 100;

    /// <summary>Whether a text means a synthetic tree at all; it may still have mistakes.</summary>
    public static bool IsMeantBy(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads <c>synthetic:files=1e9,seed=7</c> with, where wanted, <c>shape=</c> (<c>projects</c> unless said), <c>bytes=</c> (256 KiB a file) and <c>changes=</c> (none).</summary>
    /// <exception cref="ManifestException">A key is not known, twice there or missing, or a value cannot be.</exception>
    public static SyntheticSpec Parse(string text)
    {
        try
        {
            return Read(text);
        }
        catch (FormatException mistake)
        {
            throw new ManifestException($"The tree '{text}' cannot be made: {mistake.Message} One that can: {Prefix}files=1e9,seed=7", mistake);
        }
    }

    /// <summary>The text that reads back as this tree.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Prefix}files={Files},seed={Seed},shape={NameOf(Shape)},bytes={Bytes},changes={Changes}");

    private static SyntheticSpec Read(string text)
    {
        if (!IsMeantBy(text)) throw new FormatException($"it does not start with '{Prefix}'.");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text[Prefix.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = part.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (part[..at].TrimEnd(), part[(at + 1)..].TrimStart()) : (part, "");
            if (!Keys.Contains(key)) throw new FormatException($"'{key}' is not known{Nearest.Suggest(key, Keys, "")}");
            if (!values.TryAdd(key, value)) throw new FormatException($"'{key}' is there twice.");
        }

        var shape = values.TryGetValue("shape", out var name) ? ShapeOf(name) : SyntheticShape.Projects;
        if (!values.ContainsKey("files")) throw new FormatException("it does not say how many files.");
        var files = Number(values, "files", 0, 1000, shape == SyntheticShape.Flat ? MostFlatFiles : 1_000_000_000_000);
        var seed = Number(values, "seed", 1, 0, long.MaxValue);
        var bytes = Size(values, files);
        return new(files, (ulong)seed, shape, bytes, (int)Number(values, "changes", 0, 0, Math.Min(files / 10, 1_000_000)));
    }

    private static long Number(Dictionary<string, string> values, string key, long unsaid, long least, long most)
    {
        if (!values.TryGetValue(key, out var text)) return unsaid;
        if (Whole(text) is not { } number) throw new FormatException($"{key} is '{text}', which is no whole number such as 1000000 or 1e6.");
        if (number < least || number > most) throw new FormatException(FormattableString.Invariant($"{key} is {number}; it must be from {least} to {most} here."));
        return number;
    }

    private static long Size(Dictionary<string, string> values, long files)
    {
        if (!values.TryGetValue("bytes", out var text)) return files * UsualBytesPerFile;
        var bytes = Whole(text) ?? (ByteSize.Read(text) is { Why: null } size ? size.Value.Bytes : throw new FormatException($"bytes is '{text}', which is no size such as 250TB or 1e15."));
        if (bytes < files * LeastBytesPerFile || bytes > MostBytes)
            throw new FormatException(FormattableString.Invariant($"bytes is {bytes}; for {files} files it must be from {files * LeastBytesPerFile} (two blocks a file) to {MostBytes}."));
        return bytes / Block * Block;
    }

    private static long? Whole(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Floor(number) && number <= long.MaxValue ? (long)number : null;

    private static SyntheticShape ShapeOf(string name) => Enum.GetValues<SyntheticShape>().Cast<SyntheticShape?>().FirstOrDefault(shape => NameOf(shape!.Value) == name)
        ?? throw new FormatException($"shape is '{name}', which is not known{Nearest.Suggest(name, [.. Enum.GetValues<SyntheticShape>().Select(NameOf)], "")}");

    private static string NameOf(SyntheticShape shape) => shape.ToString().ToLowerInvariant();
}
