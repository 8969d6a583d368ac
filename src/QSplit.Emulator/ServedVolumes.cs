using QSplit.Emulator.Directories;
using QSplit.Emulator.Served;
using QSplit.Emulator.Synthetic;
using QSplit.Manifests;

namespace QSplit.Emulator;

/// <summary>Opens what is to be served, by its text.</summary>
internal static class ServedVolumes
{
    /// <exception cref="ManifestException">The text is a synthetic tree, and not of its form.</exception>
    /// <exception cref="StorageException">The text is a directory, and it cannot be served.</exception>
    public static IServedVolume Open(string tree, TimeProvider time) => SyntheticSpec.IsMeantBy(tree)
        ? new SyntheticVolume(SyntheticSpec.Parse(tree))
        : DirectoryVolume.Open(tree, time);
}
