namespace QSplit.Pipes;

/// <summary><c>first >> second</c>: an operator with a type of its own can only be written as an extension.</summary>
public static class StageOperators
{
    extension<TIn, TMid, TOut>(Stage<TIn, TMid>)
    {
        public static Stage<TIn, TOut> operator >>(Stage<TIn, TMid> first, Stage<TMid, TOut> second) => first.Then(second);
    }
}
