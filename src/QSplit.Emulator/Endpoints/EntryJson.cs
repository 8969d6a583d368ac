using System.Globalization;
using System.Text.Json;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Endpoints;

/// <summary>Entries as the API writes them.</summary>
internal static class EntryJson
{
    private static readonly string[] Flags = ["read_only", "hidden", "system", "archive", "temporary", "compressed", "not_content_indexed", "sparse_file", "offline"];

    public static string TypeName(ServedType type) => "FS_FILE_TYPE_" + type switch
    {
        ServedType.File => "FILE",
        ServedType.Directory => "DIRECTORY",
        ServedType.Symlink => "SYMLINK",
        ServedType.Pipe => "UNIX_PIPE",
        ServedType.CharacterDevice => "UNIX_CHARACTER_DEVICE",
        ServedType.BlockDevice => "UNIX_BLOCK_DEVICE",
        _ => "UNIX_SOCKET",
    };

    /// <summary>The path of an entry in a list: a directory's ends in a slash.</summary>
    public static string ListedPath(ServedEntry entry) => entry.Type == ServedType.Directory && entry.Path != "/" ? entry.Path + "/" : entry.Path;

    /// <summary>RFC 3339 to the nanosecond, without zeros at the end. Moments beyond the year 9999 show as its last.</summary>
    public static string Time(UnixTime time)
    {
        var seconds = Math.Clamp(time.Seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        var text = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return time.Nanoseconds == 0 ? text + "Z" : $"{text}.{$"{time.Nanoseconds:D9}".TrimEnd('0')}Z";
    }

    public static string Time(DateTimeOffset time) =>
        Time(new UnixTime(time.ToUnixTimeSeconds(), (int)(time.UtcTicks % TimeSpan.TicksPerSecond * 100)));

    /// <summary>All attributes, into an object that has been started.</summary>
    /// <param name="logicalBlocks">Whether those are among them.</param>
    public static void WriteAttributes(Utf8JsonWriter json, ServedEntry entry, bool logicalBlocks)
    {
        json.WriteString("path", ListedPath(entry));
        json.WriteString("name", entry.Name);
        json.WriteNumber("num_links", entry.Links);
        json.WriteString("type", TypeName(entry.Type));
        json.WriteStartObject("major_minor_numbers");
        json.WriteNumber("major", 0);
        json.WriteNumber("minor", 0);
        json.WriteEndObject();
        json.WriteString("symlink_target_type", "FS_FILE_TYPE_UNKNOWN");
        json.WriteString("file_number", entry.Id);
        json.WriteString("id", entry.Id);
        json.WriteString("mode", Convert.ToString(entry.Mode, 8).PadLeft(4, '0'));
        WriteOwner(json, "owner", "NFS_UID", entry.Owner);
        WriteOwner(json, "group", "NFS_GID", entry.Group);
        json.WriteString("size", $"{entry.Size}");
        json.WriteString("blocks", $"{entry.DataBlocks + entry.MetaBlocks}");
        json.WriteString("datablocks", $"{entry.DataBlocks}");
        json.WriteString("metablocks", $"{entry.MetaBlocks}");
        if (logicalBlocks) json.WriteString("logical_datablocks", $"{entry.DataBlocks}");
        json.WriteString("access_time", Time(entry.Accessed));
        json.WriteString("modification_time", Time(entry.Modified));
        json.WriteString("change_time", Time(entry.Changed));
        json.WriteString("creation_time", Time(entry.Created));
        json.WriteNumber("child_count", entry.ChildCount);
        json.WriteStartObject("extended_attributes");
        foreach (var flag in Flags) json.WriteBoolean(flag, false);
        json.WriteEndObject();
        if (entry.Type == ServedType.Directory) json.WriteString("directory_entry_hash_policy", "FS_DIRECTORY_HASH_VERSION_FOLDED");
        else json.WriteNull("directory_entry_hash_policy");
        json.WriteNull("data_revision");
        json.WriteNull("user_metadata_revision");
    }

    private static void WriteOwner(Utf8JsonWriter json, string name, string kind, uint id)
    {
        json.WriteString(name, $"{id}");
        json.WriteStartObject($"{name}_details");
        json.WriteString("id_type", kind);
        json.WriteString("id_value", $"{id}");
        json.WriteEndObject();
    }
}
