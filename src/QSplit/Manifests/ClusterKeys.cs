namespace QSplit.Manifests;

/// <summary>What can be said of a cluster.</summary>
internal static class ClusterKeys
{
    private static readonly Key<string> Address = Keys.Optional("address", Values.Address, "Host name or IP address of the cluster.");
    private static readonly Key<int> Port = Keys.Optional("port", Values.Number(1, 65535), "Port of its REST API.", 8000, 8000);
    private static readonly Key<string> User = Keys.Optional("user", Values.User, "Account to sign in with; goes with 'password'.");
    private static readonly Key<Secret> Password = Keys.Optional(
        "password", Values.Secret, "Its password: ${env:NAME} or ${file:path}, never the password itself in git.");
    private static readonly Key<Secret> Token = Keys.Optional(
        "token", Values.Secret, "An access token in place of user and password: ${env:NAME} or ${file:path}.");
    private static readonly Key<string> Credentials = Keys.Optional(
        "credentials", Values.Path, "A file with a session token in place of user and password, such as ~/.qfsd_cred.");
    private static readonly Key<string> Certificate = Keys.Optional(
        "certificate", Values.Path, "A PEM file with the authority that signed the cluster's certificate.");
    private static readonly Key<string> Fingerprint = Keys.Optional(
        "fingerprint", Values.Fingerprint, "The cluster's own certificate, as 'sha256:' and 64 hexadecimal digits.");
    private static readonly Key<bool> Insecure = Keys.Optional(
        "insecure", Values.Flag, "Whether the certificate goes unchecked; anyone between here and there can then read along.", false, false);
    private static readonly Key<string> Emulate = Keys.Optional(
        "emulate", Values.Path, "A directory that the built-in emulator serves on loopback in place of a cluster.");

    private static readonly Key[] ForAddress = [Port, User, Password, Token, Credentials, Certificate, Fingerprint, Insecure];

    public static Shape<Cluster> Shape { get; } = new(
        [Address, Port, User, Password, Token, Credentials, Certificate, Fingerprint, Insecure, Emulate],
        OneOf: [Address, Emulate],
        Check,
        fields => new(
            fields.Name,
            fields.Find(Address),
            fields.Get(Port),
            fields.Find(User),
            fields.Find(Password),
            fields.Find(Token),
            fields.Find(Credentials),
            fields.Find(Certificate),
            fields.Find(Fingerprint),
            fields.Get(Insecure),
            fields.Find(Emulate)));

    private static void Check(Fields fields)
    {
        if (fields.Has(Emulate))
        {
            foreach (var key in ForAddress.Where(fields.Has)) fields.At(key).ReportAtKey("means nothing beside 'emulate': nothing is signed in to");
            return;
        }
        if (fields.Has(User) != fields.Has(Password))
            fields.At(fields.Has(User) ? User : Password).ReportAtKey($"needs '{(fields.Has(User) ? "password" : "user")}' beside it");
        OnlyOne(fields, "one way to sign in is enough", Password, Token, Credentials);
        OnlyOne(fields, "one way to check the certificate is enough", Certificate, Fingerprint, Insecure);
    }

    private static void OnlyOne(Fields fields, string why, params Key[] keys)
    {
        var given = keys.Where(fields.Has).ToArray();
        foreach (var key in given.Skip(1)) fields.At(key).ReportAtKey($"contradicts '{given[0].Name}': {why}");
    }
}
