namespace Build;

/// <summary>Where this repository is: the folder above the host that has the solution.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string Solution => Path.Combine(Root, "QSplit.slnx");

    private static string Above(string? directory) => directory switch
    {
        null => throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has QSplit.slnx: run the host from its repository."),
        _ when File.Exists(Path.Combine(directory, "QSplit.slnx")) => directory,
        _ => Above(Path.GetDirectoryName(directory)),
    };
}
