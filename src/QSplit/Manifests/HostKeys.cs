using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace QSplit.Manifests;

/// <summary>What can be said of a host.</summary>
internal static class HostKeys
{
    private static readonly ManifestKey<bool> Local = Keys.Optional(
        "local", Scalars.Flag, "Whether it is the machine that runs this program.", false, false);
    private static readonly ManifestKey<int> Slots = Keys.Optional("slots", Scalars.Number(1, 1024), "How many rsyncs run on it at once.", 1, 1);
    private static readonly ManifestKey<string> Address = Keys.Optional("address", Scalars.Address, "Where ssh finds it: host name or IP address.");
    private static readonly ManifestKey<string> User = Keys.Optional("user", Scalars.User, "Whom ssh signs in as; ssh decides when it is left out.");
    private static readonly ManifestKey<int> Port = Keys.Optional(
        "port", Scalars.Number(1, 65535), "Port of its sshd; ssh decides when it is left out.");
    private static readonly ManifestKey<ByteRate> Bandwidth = Keys.Optional(
        "bandwidth", Scalars.Rate, "What all its slots together may move, such as 400MB/s; no limit when it is left out.");
    private static readonly ManifestKey<string> SshConfig = Keys.Optional(
        "ssh_config", Scalars.Path, "An ssh configuration file in place of ~/.ssh/config.");
    private static readonly ManifestKey<ImmutableArray<string>> SshOptions = Keys.Optional(
        "options", Lists.ListOf(SshOption()), "Further options for ssh, each one item, such as ProxyJump=bastion.", new JsonArray(), []);
    private static readonly ManifestKey<bool> Drain = Keys.Optional(
        "drain", Scalars.Flag, "Whether it gets no new buckets; what runs on it finishes.", false, false);

    private static readonly ManifestKey<HostShell> Shell = Keys.Optional(
        "shell", Scalars.Word<HostShell>(), "What reads the commands that it is given: 'cmd' on Windows, by its own OpenSSH server, for migrations with 'mover: robocopy'.", "sh", HostShell.Sh);

    public static Shape<Host> Shape { get; } = new(
        [Local, Slots, Address, User, Port, Bandwidth, SshConfig, SshOptions, Drain, Shell],
        OneOf: [],
        Check,
        fields => new(
            fields.Name,
            fields.Get(Local),
            fields.Get(Slots),
            fields.Find(Address),
            fields.Find(User),
            fields.FindValue(Port),
            fields.FindValue(Bandwidth),
            fields.Find(SshConfig),
            fields.Get(SshOptions),
            fields.Get(Drain))
        { Shell = fields.Get(Shell) });

    /// <summary>The shell of a host that is somewhere else in the manifest; null where that does not say it rightly.</summary>
    public static HostShell? ShellOf(Place host) => host.Sub(Shell.Name) is { } shell ? Shell.Value.Read(shell) is { Ok: true, Value: var value } ? value : null : HostShell.Sh;

    private static void Check(Fields fields)
    {
        if (fields.Get(Shell) == HostShell.Cmd && fields.Get(Local)) fields.At(Shell).ReportAtKey("means nothing beside 'local: true': this program asks the machine that it runs on by sh");
        if (fields.Get(Shell) == HostShell.Cmd && fields.Has(Bandwidth)) fields.At(Bandwidth).ReportAtKey(MoverKeys.NoRate);
        if (fields.Get(Local))
        {
            foreach (var key in new ManifestKey[] { Address, User, Port, SshConfig, SshOptions }.Where(fields.Has))
                fields.At(key).ReportAtKey("means nothing beside 'local: true': ssh is not used");
        }
        else if (!fields.Has(Address) && (!fields.Has(Local) || fields.FindValue(Local) is false))
        {
            fields.Place.ReportAtKey("needs 'address' or 'local: true'");
        }
    }

    private static ValueReader<string> SshOption() => Scalars.Text.Then((place, text) =>
        RefusedSshOptions.WhyNot(text) is { } why ? new Wrong($"cannot be {place.Node.Kind}: {why}") : (Parsed<string>)text);
}
