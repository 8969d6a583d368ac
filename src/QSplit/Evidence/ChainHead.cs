using System.Text;
using System.Text.RegularExpressions;

namespace QSplit.Evidence;

/// <summary>The head of <c>chain.txt</c>: what it is evidence of, by what rule it was made, and how to check it with nothing but a shell.</summary>
internal static partial class ChainHead
{
    private const string Rest =
        """
        #
        # A line for each file of this folder but chain.txt, digest.txt and digest.txt.sig, in the order of the bytes of its name:
        # LINK SHA-256 SIZE PATH. A LINK is the SHA-256 of the link before it, the file's SHA-256, its size in bytes and its path, with a blank
        # between them and a line feed behind. Before the first link is the SHA-256 of these lines, those that begin with #. The last link is
        # the digest in digest.txt, and digest.txt is what is signed.
        #
        # To check it without QSplit, here, with a POSIX shell and sha256sum. Every file is as it was, and there are no others:
        #
        #     grep -v '^#' chain.txt | cut -d' ' -f2,4- | sed 's/ /  /' | sha256sum --check --strict --quiet
        #     { grep -v '^#' chain.txt | cut -d' ' -f4-; find . ! -type d ! -path ./chain.txt ! -path ./digest.txt ! -path ./digest.txt.sig | cut -c3-; } | sort | uniq -u | { ! grep .; }
        #
        # No line of this list was changed, and the digest is its own:
        #
        #     link=$(grep '^#' chain.txt | sha256sum | cut -c1-64)
        #     grep -v '^#' chain.txt | while read -r said sum size path; do link=$(echo "$link $sum $size $path" | sha256sum | cut -c1-64); [ "$link" = "$said" ] || { echo "not in the chain: $path"; exit 1; }; done
        #     echo "qsplit evidence 1 sha256:$(tail -n 1 chain.txt | cut -c1-64) $(head -n 1 chain.txt | cut -d' ' -f5-)" | cmp - digest.txt
        #
        # The digest is signed; and by whom, where SIGNERS is a file as ssh-keygen(1) has it under ALLOWED SIGNERS, and WHO is in it:
        #
        #     ssh-keygen -Y check-novalidate -n qsplit -s digest.txt.sig <digest.txt
        #     ssh-keygen -Y verify -f SIGNERS -I WHO -n qsplit -s digest.txt.sig <digest.txt

        """;

    /// <param name="subject">One line without blanks at its ends.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static byte[] Write(string subject)
    {
        var head = Encoding.UTF8.GetBytes($"# qsplit evidence 1 {subject}\n{Rest.ReplaceLineEndings("\n")}");
        return SubjectOf(head) == subject ? head : throw new ArgumentException($"'{subject}' cannot be what is proven: it has to be a line without blanks at its ends.", nameof(subject));
    }

    /// <summary>What it is evidence of; null where it is no head of this version.</summary>
    public static string? SubjectOf(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        return end > 0 && FirstLine().Match(Encoding.UTF8.GetString(head[..end])) is { Success: true } match ? match.Groups["subject"].Value : null;
    }

    [GeneratedRegex(@"^# qsplit evidence 1 (?<subject>[^\s\p{C}]([^\p{C}]*[^\s\p{C}])?)\z", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex FirstLine();
}
