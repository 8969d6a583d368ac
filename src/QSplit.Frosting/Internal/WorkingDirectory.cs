using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>Where to run when the command line does not say.</summary>
internal sealed record WorkingDirectory(DirectoryPath Path);
