using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace QSplit;

/// <summary>The public surface of an assembly as sorted text, and its comparison with the approved one in tests/approved.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Compares with tests/approved/[assembly].txt; on a difference the message says how to approve.</summary>
    public static void ShouldBeApproved(Assembly assembly)
    {
        var name = $"{assembly.GetName().Name}.txt";
        var approved = Path.Combine(Repository(), "tests", "approved", name);
        var received = Path.Combine(AppContext.BaseDirectory, name);
        File.WriteAllText(received, Of(assembly));
        var before = File.Exists(approved) ? File.ReadAllLines(approved) : [];
        var after = File.ReadAllLines(received);
        if (!before.SequenceEqual(after))
        {
            string[] changes = [.. before.Except(after).Select(line => $"- {line}"), .. after.Except(before).Select(line => $"+ {line}")];
            Assert.Fail($"""
                The public API of {assembly.GetName().Name} is not the approved one:
                {string.Join('\n', changes)}
                If it is meant to be so, approve it:
                  cp {received} {approved}
                """);
        }
    }

    /// <summary>One line a type and, indented, one a member: what others can call or override.</summary>
    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(IsWritten).OrderBy(type => TypeName(type, full: true), StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (var member in type.GetMembers(Declared).Where(IsWritten).Select(Line).OfType<string>().Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "QSplit.slnx")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException($"No QSplit.slnx above {AppContext.BaseDirectory}.");
    }

    // The members of a record, and the types behind extension blocks, are the compiler's.
    private static bool IsWritten(MemberInfo member)
        => !member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !member.Name.Contains('<', StringComparison.Ordinal);

    private static string Header(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            _ when type.IsAssignableTo(typeof(Delegate)) => "delegate",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (type.GetMethod("<Clone>$") is null ? "class" : "record"),
        };
        var implied = type.GetInterfaces().SelectMany(one => one.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []);
        var bases = (type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType && kind != "delegate" ? [parent] : Type.EmptyTypes)
            .Concat(type.IsEnum ? [] : type.GetInterfaces().Except(implied).OrderBy(one => TypeName(one), StringComparer.Ordinal))
            .Select(one => TypeName(one)).ToArray();
        return $"{kind} {TypeName(type, full: true)}{(bases.Length > 0 ? " : " + string.Join(", ", bases) : "")}{Where(type.GetGenericArguments())}";
    }

    private static string? Line(MemberInfo member) => member switch
    {
        FieldInfo { DeclaringType.IsEnum: true } field => field.IsSpecialName ? null : $"{field.Name} = {field.GetRawConstantValue()}",
        FieldInfo field when IsSeen(field) => Field(field),
        ConstructorInfo constructor when IsSeen(constructor) => $"{Modifiers(constructor)}.ctor{Parameters(constructor)}",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsSeen) => Property(property),
        EventInfo { AddMethod: { } add } one when IsSeen(add) => $"{Modifiers(add)}event {TypeName(one.EventHandlerType!)} {one.Name}",
        MethodInfo method when IsSeen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) => Method(method),
        _ => null,
    };

    private static string Field(FieldInfo field)
        => (field.IsLiteral ? "const " : field.IsStatic ? "static " : "")
            + (field.IsInitOnly ? "readonly " : "")
            + $"{TypeName(field.FieldType, Nullability.Create(field))} {field.Name}";

    private static string Method(MethodInfo method)
    {
        var generic = method.GetGenericArguments();
        return $"{Modifiers(method)}{TypeName(method.ReturnType, Nullability.Create(method.ReturnParameter))} {method.Name}"
            + (generic.Length > 0 ? $"<{string.Join(", ", generic.Select(one => one.Name))}>" : "")
            + Parameters(method) + Where(generic);
    }

    private static string Property(PropertyInfo property)
    {
        var seen = property.GetAccessors(nonPublic: true).Where(IsSeen).ToArray();
        var set = seen.FirstOrDefault(one => one.ReturnType == typeof(void));
        var init = set?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;
        return $"{Modifiers(seen[0])}{TypeName(property.PropertyType, Nullability.Create(property))} {property.Name}"
            + $" {{ {(seen.Any(one => one != set) ? "get; " : "")}{(set is null ? "" : init ? "init; " : "set; ")}}}";
    }

    private static bool IsSeen(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Modifiers(MethodBase method)
        => (method.IsPublic ? "" : "protected ")
            + (method.IsStatic ? "static " : "")
            + (method switch
            {
                MethodInfo one when one.GetBaseDefinition() != one => "override ",
                { IsAbstract: true, DeclaringType.IsInterface: false } => "abstract ",
                { IsVirtual: true, IsFinal: false, IsAbstract: false } => "virtual ",
                _ => "",
            });

    private static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"({extension}{string.Join(", ", method.GetParameters().Select(Parameter))})";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var passed = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        var many = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        var value = parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "default"}" : "";
        return $"{passed}{many}{TypeName(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Where(Type[] arguments) => string.Concat(arguments.Where(one => one.IsGenericParameter).Select(one =>
    {
        var flags = one.GenericParameterAttributes;
        var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        string[] constraints =
        [
            .. flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : Array.Empty<string>(),
            .. isStruct ? ["struct"] : one.GetGenericParameterConstraints().Select(type => TypeName(type)),
            .. flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct ? ["new()"] : Array.Empty<string>(),
        ];
        return constraints.Length > 0 ? $" where {one.Name} : {string.Join(", ", constraints)}" : "";
    }));

    private static string TypeName(Type type, NullabilityInfo? info = null, bool full = false)
    {
        var mark = info is { ReadState: NullabilityState.Nullable } && !type.IsValueType ? "?" : "";
        if (type.HasElementType)
        {
            return TypeName(type.GetElementType()!, type.IsArray ? info?.ElementType : info) + (type.IsArray ? "[]" + mark : "");
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return TypeName(underlying) + "?";
        }

        var name = Keyword(type) ?? type.Name.Split('`')[0];
        var declaring = type.IsGenericParameter ? null : type.DeclaringType;
        var outer = declaring is not null ? TypeName(declaring, full: full) + "." : full ? type.Namespace + "." : "";
        var arguments = type.GetGenericArguments().Skip(declaring?.GetGenericArguments().Length ?? 0)
            .Select((one, index) => TypeName(one, info?.GenericTypeArguments.ElementAtOrDefault(index))).ToArray();
        return outer + name + (arguments.Length > 0 ? $"<{string.Join(", ", arguments)}>" : "") + mark;
    }

    private static string? Keyword(Type type) => type.FullName switch
    {
        "System.Void" => "void",
        "System.Boolean" => "bool",
        "System.Byte" => "byte",
        "System.Int32" => "int",
        "System.Int64" => "long",
        "System.Double" => "double",
        "System.Char" => "char",
        "System.String" => "string",
        "System.Object" => "object",
        _ => null,
    };
}
