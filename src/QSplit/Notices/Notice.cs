using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using QSplit.Manifests;
using QSplit.Runs;

namespace QSplit.Notices;

/// <summary>
/// Something to tell of a run. Programs and webhooks get it as one JSON object, each property under its name in camel case, sizes in bytes, times in UTC
/// as ISO 8601; null is what is not known or does not apply. Properties may be added, none is renamed or taken away.
/// </summary>
/// <param name="Event">What happened: <c>start</c>, <c>failure</c>, <c>end</c> or <c>stalled</c>.</param>
/// <param name="Migration">Its name in the manifest.</param>
/// <param name="Run">The run's id, such as <c>music/202611221730</c>; null where none was begun.</param>
/// <param name="Mode">What the run does with its plan.</param>
/// <param name="Text">All of it in a sentence or two, for people: at most 2,000 characters on one line. Chats that take <c>{"text": ...}</c> show it.</param>
internal sealed partial record Notice(NotifyOn Event, string Migration, string? Run, RunMode? Mode, DateTimeOffset When, string Text)
{
    /// <summary>Logical bytes that the run has moved so far; of a verification, those that were read on both sides.</summary>
    public long? Bytes { get; init; }

    /// <summary>The files of those bytes.</summary>
    public long? Files { get; init; }

    public int? BucketsDone { get; init; }

    public int? BucketsLeft { get; init; }

    /// <summary>The command to go on with; null where there is nothing to do.</summary>
    public string? Next { get; init; }

    /// <summary>The page to look at; null where none was written yet.</summary>
    public string? Report { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, NoticeJson.Readable.Notice);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(EventConverter), typeof(JsonStringEnumConverter<RunMode>)])]
    [JsonSerializable(typeof(Notice))]
    private sealed partial class NoticeJson : JsonSerializerContext
    {
        /// <summary>Names of any script stay readable: the text is never part of a web page.</summary>
        public static NoticeJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private sealed class EventConverter() : JsonStringEnumConverter<NotifyOn>(JsonNamingPolicy.CamelCase);
}
