using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace QSplit.Transfers;

/// <summary>What would happen to an entry of the target.</summary>
public enum ChangeKind
{
    /// <summary>It is not there yet.</summary>
    [JsonStringEnumMemberName("create")]
    Create,

    /// <summary>Its content would be replaced.</summary>
    [JsonStringEnumMemberName("update")]
    Update,

    /// <summary>Its content stays; mode, owner, times or other attributes would change.</summary>
    [JsonStringEnumMemberName("attributes")]
    Attributes,

    /// <summary>It is not on the source (any more), and would go: only where deletes were asked for.</summary>
    [JsonStringEnumMemberName("delete")]
    Delete,
}

/// <summary>What an rsync that only pretends says it would do, summed up.</summary>
/// <param name="Parts">One for each kind of change in each top directory, by directory and kind; what there is nothing of is left out.</param>
public sealed record Preview(ImmutableArray<PreviewPart> Parts)
{
    public static readonly Preview Nothing = new([]);

    /// <summary>Whether anything would happen at all.</summary>
    [JsonIgnore]
    public bool IsNothing => Parts.IsEmpty;
}

/// <summary>Changes of one kind below one top directory.</summary>
/// <param name="Top">The directory right below the source, as <see cref="Trees.EntryPath.ToString"/> writes it; <c>.</c> for what lies in the source itself.</param>
/// <param name="Entries">Entries of all kinds, directories among them.</param>
/// <param name="Files">Regular files whose content would be copied; 0 but for creations and updates.</param>
/// <param name="Bytes">Their logical bytes.</param>
/// <param name="First">The first names, as rsync came by them.</param>
public sealed record PreviewPart(string Top, ChangeKind Kind, long Entries, long Files, long Bytes, ImmutableArray<string> First);
