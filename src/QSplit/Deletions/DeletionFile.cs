using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using QSplit.Lasting;
using QSplit.Trees;

namespace QSplit.Deletions;

/// <summary><c>deletes.json</c> in the folder of a run: what was found to be only on the target.</summary>
internal static class DeletionFile
{
    public const string Name = "deletes.json";

    /// <summary>The list that a run carries out, in its own folder.</summary>
    public const string Reviewed = "deleting.json";

    /// <summary>What a run knew from its beginning, before it is told.</summary>
    public const string Foreseen = "foreseen.json";

    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static void Write(string folder, DeletionList list, string name = Name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            LastingFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(DeletionDocument.Of(list), DeletionJson.Readable.DeletionDocument));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be written: {e.Message} Free some room or mend the permissions there, then try again.", e);
        }
    }

    /// <summary>The list in a folder.</summary>
    /// <exception cref="StorageException">There is none, or it is damaged.</exception>
    public static DeletionList Read(string folder, string name = Name) => ReadFile(Path.Combine(folder, name));

    /// <summary>Counts the source entries that cannot be copied before listed entries are deleted; 0 without a list.</summary>
    public static int CountWaiting(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Name))) return 0;
        try
        {
            return Read(folder).Items.Select(item => item.GivesWayTo).OfType<EntryPath>().Distinct().Count();
        }
        catch (StorageException)
        {
            // A command that deletes by a damaged list reports the damage.
            return 0;
        }
    }

    /// <summary>The same of one that goes by another name.</summary>
    /// <exception cref="StorageException">As <see cref="Read"/>.</exception>
    public static DeletionList ReadFile(string path)
    {
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(path), DeletionJson.Readable.DeletionDocument);
            if (document is not { Version: DeletionDocument.CurrentVersion }) throw new StorageException($"{path} is of another version than this program reads.");
            var list = document.ToList();
            return list.Entries == document.Entries ? list : throw new StorageException($"{path} was changed: its entries are not as many as it says.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            throw new StorageException($"{path} cannot be read: {e.Message}", e);
        }
    }
}

/// <param name="Entries">With all below the directories among them.</param>
internal sealed record DeletionDocument(
    int Version, string Migration, string Run, long Entries, ImmutableArray<DeletionItem> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Withheld = null)
{
    public const int CurrentVersion = 1;

    /// <summary>Logical bytes of all of them; null where some were not measured.</summary>
    public long? Bytes { get; init; }

    public static DeletionDocument Of(DeletionList list) => new(CurrentVersion, list.Migration, list.Run, list.Entries, [.. list.Items.Select(item => new DeletionItem(item.Path.ToString(), item.IsDirectory, item.Entries, item.GivesWayTo?.ToString()) { Bytes = item.Bytes })], list.Withheld) { Bytes = list.Bytes };

    public DeletionList ToList() => new([.. Items.Select(item => new Deletion(EntryPath.Parse(item.Path), item.Directory, item.Entries, item.GivesWayTo is { } other ? EntryPath.Parse(other) : null) { Bytes = item.Bytes })]) { Migration = Migration, Run = Run, Withheld = Withheld };
}

/// <param name="Path">As <see cref="EntryPath.ToString"/> writes it.</param>
internal sealed record DeletionItem(string Path, bool Directory, long Entries, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? GivesWayTo = null)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Bytes { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, IndentSize = 2, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DeletionDocument))]
internal sealed partial class DeletionJson : JsonSerializerContext
{
    public static DeletionJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });
}
