using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace QSplit.Reports.Html;

/// <summary>A piece of a page that is well-formed as HTML and as XML. What is put into one as text is escaped; only other pieces are taken as they are.</summary>
internal readonly record struct Markup(string Text)
{
    public static readonly Markup Nothing = new("");

    /// <summary>What is written between the holes is markup, what comes through a hole is text or an attribute's value.</summary>
    public static Markup Of(ref Interpolated written) => written.ToMarkup();

    public static Markup Join(IEnumerable<Markup> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    public override string ToString() => Text;

    /// <summary>What the compiler makes of an interpolated string that becomes markup.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Interpolated(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _text = new(literalLength + (16 * formattedCount));

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(Markup piece) => _text.Append(piece.Text);

        public void AppendFormatted(Markup? piece) => _text.Append(piece?.Text);

        public void AppendFormatted(IEnumerable<Markup> pieces)
        {
            foreach (var piece in pieces) _text.Append(piece.Text);
        }

        public void AppendFormatted(ImmutableArray<Markup> pieces) => AppendFormatted(pieces.AsEnumerable());

        public void AppendFormatted(string? text) => Escaped.Append(_text, text);

        public void AppendFormatted(int number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>A length or a place: to a hundredth, which is finer than any screen.</summary>
        public void AppendFormatted(double length) => _text.Append(Math.Round(length, 2).ToString("0.##", CultureInfo.InvariantCulture));

        public Markup ToMarkup() => new(_text.ToString());
    }
}
