using QSplit.Tasks.Tests.Host;

var journal = new Journal();
var exitCode = SampleHost.Create(journal).Run(args);
foreach (var line in journal.Lines)
{
    Console.WriteLine($"journal: {line}");
}

return exitCode;
