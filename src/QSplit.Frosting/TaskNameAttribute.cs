namespace Cake.Frosting;

/// <summary>The name of a task, compared without case; the name of its class when there is none.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
