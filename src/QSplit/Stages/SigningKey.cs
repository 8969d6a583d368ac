using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>The key that signs evidence, as the command line names it.</summary>
internal static class SigningKey
{
    /// <returns>The file, in full; null where nothing is to be signed. A shell leaves the ~ in <c>--key=~/...</c> as it is.</returns>
    /// <exception cref="ManifestException">It is not there.</exception>
    public static string? Of(MigrationRequest request, Surroundings around) => request.Key is not { } key ? null
        : Paths.Full(key, around.Directory, around.Environment.GetValueOrDefault) is { Ok: true, Value: var path } && File.Exists(path) ? path
        : throw new ManifestException($"--key={key}: there is no such file. It is the ssh key that signs the evidence, or the public one of a key that an agent holds.");
}
