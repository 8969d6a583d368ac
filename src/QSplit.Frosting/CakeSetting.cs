namespace Cake.Frosting;

/// <summary>A setting given in code.</summary>
internal sealed record CakeSetting(string Key, string Value);
