using QSplit.Tasks;

namespace Build;

/// <summary>What the tasks about this repository read of the command line.</summary>
internal static class RepositoryContext
{
    public static string Configuration(this QSplitContext context) => CommandLine.One(context.Arguments, "configuration") ?? "Release";
}
