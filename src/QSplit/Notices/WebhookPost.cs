using QSplit.Manifests;

namespace QSplit.Notices;

/// <summary>Sends JSON to a webhook, again when that may help, each time for some seconds at most.</summary>
/// <returns>Why it was not taken, without the address, as the rest of a sentence about the webhook: <c>answered 404</c>; null when it was.</returns>
public delegate Task<string?> WebhookPost(Secret url, ReadOnlyMemory<byte> json, CancellationToken cancellationToken);
