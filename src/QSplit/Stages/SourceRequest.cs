namespace QSplit.Stages;

/// <summary>A source that the command line names, in place of a migration of the manifest.</summary>
/// <param name="Text">A directory, or <c>qumulo://[user@]host[:port]/path</c>; nothing in it is decoded.</param>
/// <param name="User">Who signs in.</param>
/// <param name="Certificate">A PEM file with the authority to trust.</param>
/// <param name="Fingerprint">The one certificate to trust: <c>sha256:</c> and 64 hexadecimal digits.</param>
/// <param name="Insecure">Whether the certificate goes unchecked.</param>
public sealed record SourceRequest(string Text, string? User, string? Certificate, string? Fingerprint, bool Insecure);
