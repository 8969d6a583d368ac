using System.Text.RegularExpressions;

namespace QSplit.Tasks.Tests.Workflows;

/// <summary>The little of GitHub's expressions that the workflow uses; a test with any other fails.</summary>
/// <remarks>https://docs.github.com/actions/reference/workflows-and-actions/expressions.</remarks>
/// <param name="look">The value of a context's property, such as <c>inputs.migration</c>; throws when there is none of that name.</param>
/// <param name="succeeded">Whether all steps so far did.</param>
internal sealed partial class Expression(Func<string, string> look, bool succeeded)
{
    private readonly Queue<string> _tokens = [];

    /// <summary>A text with all <c>${{ }}</c> in it replaced by their values.</summary>
    public string Fill(string text) => Braces().Replace(text, match => $"{Value(match.Groups["inner"].Value)}");

    /// <summary>Whether an <c>if:</c> holds; one that does not speak of the steps before it wants them to have succeeded.</summary>
    public bool Holds(string condition) => (succeeded || condition.Contains("always()", StringComparison.Ordinal)) && (condition.Length == 0 || IsTrue(Value(condition)));

    private object Value(string expression)
    {
        _tokens.Clear();
        var rest = Token().Replace(expression, match =>
        {
            _tokens.Enqueue(match.Value);
            return "";
        });
        if (rest.Trim().Length > 0) throw new NotSupportedException($"'{rest.Trim()}' of the expression '{expression}' is not known here.");
        var value = Or();
        return _tokens.Count == 0 ? value : throw new NotSupportedException($"'{_tokens.Peek()}' of the expression '{expression}' comes unexpected.");
    }

    // Like JavaScript's: the value of one side.
    private object Or()
    {
        var left = And();
        while (Takes("||"))
        {
            var right = And();
            left = IsTrue(left) ? left : right;
        }
        return left;
    }

    private object And()
    {
        var left = Equality();
        while (Takes("&&"))
        {
            var right = Equality();
            left = IsTrue(left) ? right : left;
        }
        return left;
    }

    private object Equality()
    {
        var left = Operand();
        return Takes("==") ? string.Equals($"{left}", $"{Operand()}", StringComparison.OrdinalIgnoreCase) : left;
    }

    private object Operand()
    {
        var token = _tokens.Dequeue();
        if (token == "always") return Takes("(") && Takes(")") ? true : throw new NotSupportedException("always without ().");
        if (token.StartsWith('\'')) return token[1..^1].Replace("''", "'", StringComparison.Ordinal);
        if (token != "(") return look(token);
        var inner = Or();
        return Takes(")") ? inner : throw new NotSupportedException("A ( without its ).");
    }

    private bool Takes(string token) => _tokens.TryPeek(out var next) && next == token && _tokens.Dequeue() == token;

    private static bool IsTrue(object value) => value is true or string { Length: > 0 };

    [GeneratedRegex(@"\$\{\{(?<inner>.*?)\}\}", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Braces();

    [GeneratedRegex(@"'(?:[^']|'')*'|\|\||&&|==|[()]|[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Token();
}
