using Cake.Core;
using Cake.Frosting;

namespace QSplit.Tasks.Tests.Host;

public sealed class SampleContext(ICakeContext context, Journal journal) : FrostingContext(context)
{
    public void Note(string line) => journal.Add(line);
}

public sealed class OtherContext(ICakeContext context) : FrostingContext(context)
{
}
