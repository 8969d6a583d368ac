using System.Collections.Immutable;

namespace QSplit.Manifests;

/// <summary>Somebody who is to hear how runs fare.</summary>
/// <param name="To">Who.</param>
/// <param name="On">Of what: one or more, each once.</param>
/// <param name="Migrations">Names of the migrations that it is about; empty means all.</param>
public sealed record Notification(Recipient To, ImmutableArray<NotifyOn> On, ImmutableArray<string> Migrations);

/// <summary>What of a run is worth telling.</summary>
public enum NotifyOn
{
    /// <summary>It begins or goes on.</summary>
    Start,

    /// <summary>It ended with something left, found a difference, could not begin, or was interrupted.</summary>
    Failure,

    /// <summary>All is done.</summary>
    End,

    /// <summary>Something is left and nothing moves.</summary>
    Stalled,
}

/// <summary>Who is told.</summary>
public abstract record Recipient
{
    private Recipient()
    {
    }

    /// <summary>A program, which reads from standard input what there is to tell.</summary>
    /// <param name="Line">The program and its arguments: one or more.</param>
    public sealed record Program(ImmutableArray<string> Line) : Recipient;

    /// <summary>An address that is posted to, by http or https; who knows it can post there, too.</summary>
    public sealed record Webhook(Secret Url) : Recipient
    {
        /// <summary>All of the address that may be said.</summary>
        public string Host => new Uri(Url.Reveal()).Host;
    }
}
