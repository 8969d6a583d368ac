using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace QSplit.Manifests;

/// <summary>What can be said of somebody who is to hear how runs fare. Addresses are secrets, also where they stand in the wrong place: what is written here is not repeated.</summary>
internal static class NotifyKeys
{
    private static readonly ManifestKey<ImmutableArray<string>> Command = Keys.Optional(
        "command", Line(), "A program and its arguments, which gets what there is to tell as JSON on standard input.");
    private static readonly ManifestKey<Secret> Webhook = Keys.Optional(
        "webhook", Url(), "A URL that what there is to tell is posted to, as JSON: ${env:NAME} or ${file:path}, never the URL itself in git.");
    private static readonly ManifestKey<ImmutableArray<NotifyOn>> On = Keys.Optional(
        "on", OneOrMore(Scalars.Word<NotifyOn>()), "Of what: start, failure, end, stalled.", new JsonArray("start", "failure", "end", "stalled"), [.. Enum.GetValues<NotifyOn>()]);
    private static readonly ManifestKey<ImmutableArray<string>> Migrations = Keys.Optional(
        "migrations", OneOrMore(Scalars.NameUnder("migrations")), "Names of the migrations that it is about; all when it is left out.");

    private static readonly Shape<Notification> Shape = new(
        [Command, Webhook, On, Migrations],
        OneOf: [Command, Webhook],
        _ => { },
        fields => RecipientOf(fields) is { } to ? new(to, fields.Get(On), fields.FindValue(Migrations) ?? []) : null);

    /// <summary>One, or a list of them.</summary>
    public static ValueReader<ImmutableArray<Notification>> Value { get; } = Lists.OneOrListOf(new ValueReader<Notification>(
        place => place.Node is Node.Mapping ? Shape.Value.Read(place) : new Wrong("must be { command: [PROGRAM, ARGUMENT] } or { webhook: URL }, or a list of those"),
        Shape.Value.Schema));

    private static Recipient? RecipientOf(Fields fields) =>
        fields.FindValue(Command) is { } line ? new Recipient.Program(line)
        : fields.Find(Webhook) is { } url ? new Recipient.Webhook(url)
        : null;

    private static ValueReader<ImmutableArray<string>> Line()
    {
        var words = Lists.ListOf(Scalars.Text, once: false);
        return new(
            place => place.Node is not Node.Sequence { Items.IsEmpty: false } ? new Wrong("must be a list: a program and its arguments, such as [mail, -s, QSplit, me@example.com]") : words.Read(place).Then(line => InFull(place, line)),
            words.Schema);
    }

    // A word that was wrong is reported already.
    private static Parsed<ImmutableArray<string>> InFull(Place place, ImmutableArray<string> line) =>
        line.IsEmpty ? ValueReader<ImmutableArray<string>>.Said
        : line[0].AsSpan().IndexOfAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) < 0 ? line
        : Paths.Full(line[0], place.Reading.Directory, place.Reading.Environment).Then(program => (Parsed<ImmutableArray<string>>)line.SetItem(0, program));

    private static ValueReader<Secret> Url() => Scalars.Secret.Then(
        (_, secret) => WhyNot(secret.Reveal()) is { } why ? new Wrong(why) : (Parsed<Secret>)secret,
        () => new() { ["type"] = "string", ["pattern"] = @"^(https?://|\$\{)" });

    private static string? WhyNot(string text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) ? "must be a URL that begins with https:// or http://"
        : url.UserInfo.Length > 0 ? "must have no user and no password in it: they would not be sent"
        : null;

    private static ValueReader<ImmutableArray<T>> OneOrMore<T>(ValueReader<T> item) where T : notnull => Lists.ListOf(item).Then(
        (place, items) => place.Node is Node.Sequence { Items.IsEmpty: true } ? new Wrong("must have one or more in it") : (Parsed<ImmutableArray<T>>)items);
}
