using System.Collections.Immutable;

namespace QSplit.Manifests;

/// <summary>What can be said of a cluster.</summary>
internal static class ClusterKeys
{
    /// <summary>The usual port of the REST API.</summary>
    public const int UsualPort = 8000;

    private static readonly ManifestKey<string> Address = Keys.Optional("address", Scalars.Address, "Host name or IP address of the cluster.");
    private static readonly ManifestKey<ImmutableArray<string>> Addresses = Keys.Optional(
        "addresses", Lists.ListOf(Scalars.Address), "Several of its nodes in place of one address: calls are spread over them, and go on without one that fails.");
    private static readonly ManifestKey<int> Port = Keys.Optional("port", Scalars.Number(1, 65535), "Port of its REST API.", UsualPort, UsualPort);
    private static readonly ManifestKey<string> User = Keys.Optional("user", Scalars.User, "Account to sign in with; goes with 'password'.");
    private static readonly ManifestKey<Secret> Password = Keys.Optional(
        "password", Scalars.Secret, "Its password: ${env:NAME} or ${file:path}, never the password itself in git.");
    private static readonly ManifestKey<Secret> Token = Keys.Optional(
        "token", Scalars.Secret, "An access token in place of user and password: ${env:NAME} or ${file:path}.");
    private static readonly ManifestKey<string> Credentials = Keys.Optional(
        "credentials", Scalars.Path, "A file with a session token in place of user and password, such as ~/.qfsd_cred.");
    private static readonly ManifestKey<string> Certificate = Keys.Optional(
        "certificate", Scalars.Path, "A PEM file with the authority that signed the cluster's certificate.");
    private static readonly ManifestKey<string> Fingerprint = Keys.Optional(
        "fingerprint", Scalars.Fingerprint, "The cluster's own certificate, as 'sha256:' and 64 hexadecimal digits.");
    private static readonly ManifestKey<bool> Insecure = Keys.Optional(
        "insecure", Scalars.Flag, "Whether the certificate goes unchecked; anyone between here and there can then read along.", false, false);
    private static readonly ManifestKey<string> Emulate = Keys.Optional(
        "emulate", Scalars.Path, "A directory that the built-in emulator serves on loopback in place of a cluster.");

    private static readonly ManifestKey<TimeSpan> DifferenceTimeout = Keys.Optional(
        "differenceTimeout",
        MigrationValues.Span(TimeSpan.FromSeconds(1)),
        "How long the cluster may take to find the difference of two snapshots, for a sync.",
        "30min",
        TimeSpan.FromMinutes(30));

    private static readonly ManifestKey[] ForAddress = [Port, User, Password, Token, Credentials, Certificate, Fingerprint, Insecure];

    public static Shape<Cluster> Shape { get; } = new(
        [Address, Addresses, Port, User, Password, Token, Credentials, Certificate, Fingerprint, Insecure, Emulate, DifferenceTimeout],
        OneOf: [Address, Addresses, Emulate],
        Check,
        fields => new(
            fields.Name,
            fields.Find(Address) is { } address ? [address] : fields.FindValue(Addresses) ?? [],
            fields.Get(Port),
            fields.Find(User),
            fields.Find(Password),
            fields.Find(Token),
            fields.Find(Credentials),
            fields.Find(Certificate),
            fields.Find(Fingerprint),
            fields.Get(Insecure),
            fields.Find(Emulate))
        {
            DifferenceTimeout = fields.Get(DifferenceTimeout),
        });

    private static void Check(Fields fields)
    {
        if (fields.Has(Emulate))
        {
            foreach (var key in ForAddress.Where(fields.Has)) fields.At(key).ReportAtKey("means nothing beside 'emulate': nothing is signed in to");
            return;
        }
        if (fields.FindValue(Addresses) is { IsEmpty: true }) fields.At(Addresses).Report("must have one address or more");
        if (fields.Has(User) != fields.Has(Password))
            fields.At(fields.Has(User) ? User : Password).ReportAtKey($"needs '{(fields.Has(User) ? "password" : "user")}' beside it");
        OnlyOne(fields, "one way to sign in is enough", Password, Token, Credentials);
        OnlyOne(fields, "one way to check the certificate is enough", Certificate, Fingerprint, Insecure);
    }

    private static void OnlyOne(Fields fields, string why, params ManifestKey[] keys)
    {
        var given = keys.Where(fields.Has).ToArray();
        foreach (var key in given.Skip(1)) fields.At(key).ReportAtKey($"contradicts '{given[0].Name}': {why}");
    }
}
