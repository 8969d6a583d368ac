using System.Security.Cryptography;
using System.Text;

namespace QSplit.Manifests;

/// <summary>A manifest that may be shown: what is not for git may stand in it all the same, and is <c>***</c> here, however it is written there.</summary>
internal static class RedactedManifest
{
    /// <returns>The text of its file.</returns>
    /// <exception cref="StorageException">That is another by now: what would be secret in it is not known.</exception>
    public static string Of(Manifest manifest)
    {
        var bytes = File.ReadAllBytes(manifest.Path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != manifest.Sha256)
            throw new StorageException($"{manifest.Path} was changed meanwhile. What was done went by what it said before: put that back, or let the same command go on by what it says now.");
        return Of(Encoding.UTF8.GetString(bytes), [.. SecretsOf(manifest).Where(secret => secret.Length > 0)]);
    }

    private static string Of(string text, IReadOnlyList<string> secrets)
    {
        // Quoted, a value may be written in other letters than it has.
        foreach (var (written, value) in YamlText.ValuesIn(text).Reverse())
            if (secrets.Any(secret => value.Contains(secret, StringComparison.Ordinal) && !text[written].Contains(secret, StringComparison.Ordinal))) text = $"{text[..written.Start]}***{text[written.End..]}";
        return secrets.Aggregate(text, (shown, secret) => shown.Replace(secret, "***", StringComparison.Ordinal));
    }

    private static IEnumerable<string> SecretsOf(Manifest manifest) => manifest.Clusters
        .SelectMany(cluster => new[] { cluster.Password, cluster.Token })
        .Concat(manifest.Notifications.Select(told => (told.To as Recipient.Webhook)?.Url))
        .OfType<Secret>()
        .Select(secret => secret.Reveal());
}
