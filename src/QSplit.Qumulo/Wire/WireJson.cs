using System.Text.Json.Serialization;

namespace QSplit.Qumulo.Wire;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(AmountConverter), typeof(EntryNameConverter), typeof(EntryKindConverter)])]
[JsonSerializable(typeof(AggregatesAnswer))]
[JsonSerializable(typeof(ListingAnswer))]
[JsonSerializable(typeof(TimedListingAnswer))]
[JsonSerializable(typeof(AttributesAnswer))]
[JsonSerializable(typeof(LinkListingAnswer))]
[JsonSerializable(typeof(SnapshotStatusAnswer))]
[JsonSerializable(typeof(DifferenceAnswer))]
[JsonSerializable(typeof(FileSystemAnswer))]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(SettingsAnswer))]
[JsonSerializable(typeof(WhoAmIAnswer))]
[JsonSerializable(typeof(SnapshotAnswer))]
[JsonSerializable(typeof(SnapshotListAnswer))]
[JsonSerializable(typeof(SnapshotRequest))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(CredentialsDocument))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginAnswer))]
internal sealed partial class WireJson : JsonSerializerContext;
