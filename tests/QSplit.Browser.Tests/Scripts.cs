namespace QSplit.Browser.Tests;

/// <summary>What is asked of a page by looking at all of it.</summary>
internal static class Scripts
{
    /// <summary>Pairs of labels in one drawing, or in one line of marks, of which one lies over the other; and labels that reach out of the piece of a map they name.</summary>
    public const string LabelsThatOverlap = """
        () => {
          const found = [];
          for (const drawing of document.querySelectorAll('svg.map, svg.times, svg.values, svg.lanes g')) {
            const labels = [...drawing.querySelectorAll('text')].map(e => ({ e, box: e.getBoundingClientRect() })).filter(label => label.box.width > 0);
            for (const { e, box } of labels) {
              const piece = drawing.matches('.map') && e.parentNode.querySelector('rect').getBoundingClientRect();
              if (piece && (box.right > piece.right + 1 || box.bottom > piece.bottom + 2)) found.push(`${e.textContent} reaches out of its piece`);
            }
            labels.forEach((one, i) => labels.slice(i + 1).forEach(other => {
              const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
              const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
              if (wide > 0.5 && high > 3) found.push(`${one.e.textContent} and ${other.e.textContent}`);
            }));
          }
          return found;
        }
        """;

    /// <summary>Texts, of elements and in maps, whose colour stands out from what they lie on by less than the ratio given; as WCAG reckons it.</summary>
    public const string TextOfContrastBelow = """
        least => {
          const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          const parts = color => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
          const light = color => { const [r, g, b] = [...parts(color)].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const ratio = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
          const ground = e => { for (; e; e = e.parentElement) { const color = getComputedStyle(e).backgroundColor; if (parts(color)[3] === 255) return color; } return 'white'; };
          const found = [];
          const look = (text, color, below) => { const r = ratio(color, below); if (r < least) found.push(`${text.trim().slice(0, 40)}: ${r.toFixed(2)} (${color} on ${below})`); };
          for (const e of document.querySelectorAll('body *')) {
            if (!(e instanceof HTMLElement) || !e.checkVisibility()) continue;
            if ([...e.childNodes].some(node => node.nodeType === 3 && node.data.trim())) look(e.textContent, getComputedStyle(e).color, ground(e));
          }
          for (const e of document.querySelectorAll('.map text')) {
            const below = getComputedStyle(e.parentNode.querySelector('rect')).fill;
            if (e.checkVisibility() && !below.startsWith('url')) look(e.textContent, getComputedStyle(e).fill, below);
          }
          for (const e of document.querySelectorAll('.times text, .values text')) look(e.textContent, getComputedStyle(e).fill, ground(e.closest('div')));
          return found;
        }
        """;
}
