namespace QSplit.Manifests;

/// <summary>A machine that has the source and the target mounted and runs rsync between them.</summary>
/// <param name="Name">Its key under <c>hosts</c>; letters, digits and <c>. _ -</c>.</param>
/// <param name="Local">Whether it is the machine that this program runs on; then nothing is said of how to reach it.</param>
/// <param name="Slots">How many rsyncs run on it at once, 1 or more.</param>
/// <param name="Address">Where ssh finds it; null only when local.</param>
/// <param name="User">Whom ssh signs in as; null leaves it to ssh.</param>
/// <param name="Port">The port of its sshd; null leaves it to ssh.</param>
/// <param name="Bandwidth">What all its slots together may move; null is no limit.</param>
public sealed record Host(string Name, bool Local, int Slots, string? Address, string? User, int? Port, ByteRate? Bandwidth);
