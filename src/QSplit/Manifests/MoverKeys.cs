using System.Collections.Immutable;

namespace QSplit.Manifests;

/// <summary>What a migration is copied by, and what that means for its other keys.</summary>
internal static class MoverKeys
{
    /// <summary>Why there is no rate for robocopy: the rest of a sentence.</summary>
    public const string NoRate = "means nothing to robocopy, which keeps to no rate; pauses between blocks are an option of it: options: [/IPG:10]";

    public static readonly ManifestKey<MoverKind> Mover = Keys.Optional(
        "mover", Scalars.Word<MoverKind>(), "What copies: 'rsync', or 'robocopy' on Windows hosts.", "rsync", MoverKind.Rsync);

    private static readonly (string Key, string Why)[] MeaninglessToRobocopy =
    [
        ("bandwidth", NoRate),
        ("reserve", "means nothing beside 'mover: robocopy': Windows hosts are not asked how much room there is"),
        ("verify", "means nothing beside 'mover: robocopy': what it copied is not verified"),
        ("stall", "means nothing beside 'mover: robocopy': it says nothing while it copies a large file, so silence tells nothing of it"),
    ];

    /// <summary>The mover of the migration that a place is in.</summary>
    public static MoverKind Of(Place place)
    {
        // A migration or a host may be called 'mover': that is a mapping.
        for (var at = place.Around; at is not null; at = at.Around)
            if (at.Sub(Mover.Name) is { Node: Node.Scalar } mover) return Mover.Value.Read(mover) is { Ok: true, Value: var kind } ? kind : MoverKind.Rsync;
        return MoverKind.Rsync;
    }

    /// <summary>Why a host cannot do a migration's work, as the rest of a sentence about it; null when it can.</summary>
    public static string? WhyNot(MoverKind mover, HostShell shell) => (mover, shell) switch
    {
        (MoverKind.Robocopy, HostShell.Sh) => "has 'shell: sh', and robocopy runs where it is 'shell: cmd'",
        (MoverKind.Rsync, HostShell.Cmd) => "has 'shell: cmd', and rsync runs where it is 'shell: sh'; on Windows the migration needs 'mover: robocopy'",
        _ => null,
    };

    /// <summary>Reports what does not go together in a migration.</summary>
    public static void Check(Fields fields, ManifestKey<ImmutableArray<string>> hosts)
    {
        var mover = fields.Get(Mover);
        if (fields.Has(hosts)) CheckListed(fields.At(hosts), mover);
        if (mover != MoverKind.Robocopy) return;
        foreach (var (key, why) in MeaninglessToRobocopy) fields.Place.Sub(key)?.ReportAtKey(why);
    }

    private static void CheckListed(Place list, MoverKind mover)
    {
        if (list.Node is not Node.Sequence names) return;
        var all = Outermost(list).Sub("hosts");
        for (var i = 0; i < names.Items.Length; i++)
        {
            var item = list.Item(i, names.Items[i]);
            if (Scalars.Text.Read(item) is not { Ok: true, Value: var name } || all?.Sub(name) is not { } host) continue;
            if (HostKeys.ShellOf(host) is { } shell && WhyNot(mover, shell) is { } why) item.Report($"names '{name}', which {why}");
        }
    }

    private static Place Outermost(Place place)
    {
        while (place.Around is { } around) place = around;
        return place;
    }
}
