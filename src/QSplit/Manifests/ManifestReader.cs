using System.Security.Cryptography;

namespace QSplit.Manifests;

/// <summary>Reads <c>migrations.yml</c>.</summary>
public static class ManifestReader
{
    /// <summary>Reads and checks a manifest; nothing of it is used before all of it is right.</summary>
    /// <param name="path">The file, as the user names it, which is how problems name it too.</param>
    /// <param name="baseDirectory">Where a relative <paramref name="path"/> starts, in full.</param>
    /// <param name="environment">The value of an environment variable, or null: for <c>${env:NAME}</c> and <c>~</c>.</param>
    /// <exception cref="ManifestException">The file cannot be read, or something in it is wrong: all problems at once, one a line.</exception>
    public static Manifest Read(string path, string baseDirectory, Func<string, string?> environment)
    {
        var full = Path.GetFullPath(path, baseDirectory);
        var directory = Path.GetDirectoryName(full) ?? full;
        var reading = new Reading(path, directory, environment);
        var bytes = Load(path, full);
        var manifest = ReadText(bytes, reading, full, directory);
        var problems = reading.Problems;
        return problems.IsEmpty && manifest is not null ? manifest with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) } : throw new ManifestException(problems);
    }

    private static Manifest? ReadText(byte[] bytes, Reading reading, string full, string directory)
    {
        if (ManifestText.Read(bytes, reading.Report) is not { } text) return null;
        if (YamlText.Read(text, reading.Report) is not { } root) return null;
        reading.Root = root;
        var place = new Place(root, "", "", root.Position, reading);
        return ManifestKeys.Shape(full, directory).Value.ReadOrReport(place) is { Ok: true } read ? read.Value : null;
    }

    private static byte[] Load(string path, string full)
    {
        try
        {
            using var file = File.OpenRead(full);
            var bytes = new byte[ManifestText.MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > ManifestText.MaxBytes)
                throw new ManifestException($"{path} is no manifest: it has more than {ManifestText.MaxBytes:N0} bytes. Name another with --manifest=F.");
            return bytes[..length];
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ManifestException($"There is no manifest '{path}' ({full}). Write one, or name another with --manifest=F.", missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ManifestException($"The manifest '{path}' cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
