namespace QSplit.Telemetry;

/// <summary>What spans and measurements are told apart by. Numbers of buckets and paths are for spans alone: each value makes a series of a measurement.</summary>
internal static class AttributeNames
{
    public const string Migration = "qsplit.migration";
    public const string Run = "qsplit.run";
    public const string Host = "qsplit.host";
    public const string Pass = "qsplit.pass";
    public const string Outcome = "qsplit.outcome";
    public const string StateOfBucket = "qsplit.bucket.state";
    public const string StateOfHost = "qsplit.host.state";

    public const string Bucket = "qsplit.bucket";
    public const string BucketBytes = "qsplit.bucket.bytes";
    public const string BucketEntries = "qsplit.bucket.entries";
    public const string Attempt = "qsplit.attempt";
    public const string Slot = "qsplit.slot";
    public const string Named = "qsplit.named";
    public const string Bytes = "qsplit.bytes";
    public const string Files = "qsplit.files";
    public const string Created = "qsplit.entries.created";
    public const string Reason = "qsplit.reason";
}
