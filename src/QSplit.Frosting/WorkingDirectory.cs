using Cake.Core.IO;

namespace Cake.Frosting;

/// <summary>Where to run when the command line does not say.</summary>
internal sealed record WorkingDirectory(DirectoryPath Path);
