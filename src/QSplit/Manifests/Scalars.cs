using System.Globalization;
using System.Text.Json.Nodes;

namespace QSplit.Manifests;

/// <summary>The kinds of values that keys have.</summary>
internal static class Scalars
{
    /// <summary>What names a folder, an argument and a line of a report: so it needs no quoting anywhere.</summary>
    public const string NamePattern = "[A-Za-z0-9_][A-Za-z0-9._-]{0,99}";

    /// <summary>Text that is not empty, with references resolved.</summary>
    public static ValueReader<string> Text { get; } = new(ReadText, () => new() { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1 });

    public static ValueReader<Secret> Secret { get; } = Text.Then((_, text) => (Parsed<Secret>)new Secret(text));

    /// <summary>A path, made full.</summary>
    public static ValueReader<string> Path { get; } =
        Text.Then((place, text) => Paths.Full(text, place.Reading.Directory, place.Reading.Environment), () => new() { ["type"] = "string", ["minLength"] = 1 });

    /// <summary>A host name or an IP address; never something that ssh would take for an option.</summary>
    public static ValueReader<string> Address { get; } = Text.Then(
        (place, text) => Uri.CheckHostName(text) == UriHostNameType.Unknown || text[0] == '-'
            ? place.But("must be a host name or an IP address, without scheme, user or port")
            : (Parsed<string>)text,
        () => new() { ["type"] = "string", ["minLength"] = 1 });

    /// <summary>The name of an account; never something that ssh would take for an option.</summary>
    public static ValueReader<string> User { get; } = Text.Then(
        (place, text) => text[0] == '-' || text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))
            ? place.But("must be a user name: no blanks, and not starting with '-'")
            : (Parsed<string>)text);

    public static ValueReader<string> Fingerprint { get; } = Text.Then(
        (place, text) => CertificateFingerprint.Read(text) is { Why: { } why } ? place.But(why) : CertificateFingerprint.Read(text),
        () => new() { ["type"] = "string" });

    public static ValueReader<ByteSize> Size { get; } = Measure(ByteSize.Read, "^" + ByteUnits.Pattern + "$", "integer", "string");

    public static ValueReader<ByteRate> Rate { get; } = Measure(ByteRate.Read, "^" + ByteUnits.Pattern + "/s$", "string");

    public static ValueReader<bool> Flag { get; } = new(
        place => ReadText(place).Then(text => text switch
        {
            "true" => true,
            "false" => false,
            _ => (Parsed<bool>)place.But("must be true or false"),
        }),
        () => OrReference(new() { ["type"] = "boolean" }));

    /// <summary>A whole number.</summary>
    public static ValueReader<int> Number(int least, int most = int.MaxValue) => new(
        place => ReadText(place).Then(text =>
            !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? place.But("must be a whole number")
            : number < least ? place.But($"must be {least} or more")
            : number > most ? place.But($"must be {most} or less")
            : (Parsed<int>)number),
        () =>
        {
            var number = new JsonObject { ["type"] = "integer", ["minimum"] = least };
            if (most != int.MaxValue) number["maximum"] = most;
            return OrReference(number);
        });

    /// <summary>One word of a few, which are those of an enumeration in lower case.</summary>
    public static ValueReader<T> Word<T>() where T : struct, Enum
    {
        var words = Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant(), value => value);
        return new(
            place => ReadText(place).Then(text => words.TryGetValue(text, out var value)
                ? value
                : (Parsed<T>)place.But($"must be {string.Join(", ", words.Keys.SkipLast(1))} or {words.Keys.Last()}")),
            () => OrReference(new() { ["enum"] = new JsonArray([.. words.Keys.Select(word => (JsonNode)word)]) }));
    }

    /// <summary>The name of something under another key of the manifest.</summary>
    public static ValueReader<string> NameUnder(string section) => Text.Then(
        (place, name) => WhyNotUnder(section, name, place) is { } whyNot ? new Wrong(whyNot) : (Parsed<string>)name,
        () => new() { ["type"] = "string" });

    /// <summary>Why a name is not that of something under <paramref name="section"/>, as the rest of a sentence; null when it is.</summary>
    public static string? WhyNotUnder(string section, string name, Place place) =>
        place.Reading.NamesUnder(section) is var known && known.Contains(name)
            ? null
            : $"names '{name}', which is not under '{section}'{Nearest.Suggest(name, known, $"there is nothing under '{section}'")}";

    private static ValueReader<T> Measure<T>(Func<string, Parsed<T>> read, string pattern, params string[] types) => new(
        place => ReadText(place).Then(text => read(text).Why is { } why ? place.But(why) : read(text)),
        () => OrReference(new() { ["type"] = types.Length == 1 ? types[0] : new JsonArray([.. types.Select(type => (JsonNode)type)]), ["pattern"] = pattern }));

    private static Parsed<string> ReadText(Place place)
    {
        if (place.Node is not Node.Scalar { IsNull: false } scalar) return place.But("must have a value");
        return References.Resolve(scalar.Text, place.Reading.Directory, place.Reading.Environment).Then(text =>
            text.Length == 0 ? new Wrong("must not be empty")
            : text.Contains('\0', StringComparison.Ordinal) ? new Wrong("must not have a NUL in it")
            : (Parsed<string>)text);
    }

    /// <summary>A schema for what is no text by itself but may be put in by a reference.</summary>
    private static JsonObject OrReference(JsonObject schema) => new()
    {
        ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "string", ["pattern"] = @"\$\{(env|file):[^}]+\}" }),
    };
}
