using System.Text.Json;
using QSplit.Qumulo.Wire;

namespace QSplit.Qumulo.Calls;

/// <summary>The file in which Qumulo's command line keeps a session token: <c>{"bearer_token": "...", "version": 1}</c>.</summary>
internal static class CredentialsFile
{
    /// <exception cref="StorageException">There is no token to be had from it.</exception>
    public static async Task<string> ReadAsync(string cluster, string path, CancellationToken cancellationToken)
    {
        CredentialsDocument? document;
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            if (bytes.AsSpan().Trim(" \t\r\n"u8).IsEmpty) throw Unusable("it is empty");
            document = JsonSerializer.Deserialize(bytes, WireJson.Default.CredentialsDocument);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unusable("it is not there");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unusable(error.Message.TrimEnd('.'));
        }
        catch (JsonException)
        {
            throw Unusable("it is not JSON as Qumulo's command line writes it");
        }
        if (document is not { Version: 1 }) throw Unusable($"its version is {document?.Version?.ToString() ?? "missing"}, and only 1 is known");
        return string.IsNullOrWhiteSpace(document.BearerToken) ? throw Unusable("there is no bearer_token in it") : document.BearerToken.Trim();

        StorageException Unusable(string why) => new(
            $"Cluster {cluster}: credentials file {path} cannot be used: {why}. To make one: 'qq --host <cluster> login -u <user>' writes ~/.qfsd_cred, good for 10 hours; " +
            "'qq --host <cluster> auth_create_access_token <user> --file <path>' writes one that lasts. Or give user and password in the manifest.");
    }
}
