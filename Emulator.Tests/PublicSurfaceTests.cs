using System.Xml.Linq;
using NUnit.Framework;

namespace Emulator.Tests;

/// <summary>What the library exports: a type that is added here is a promise.</summary>
internal sealed class PublicSurfaceTests
{
    [Test]
    public void The_exported_types_are_these() =>
        Assert.That(typeof(AwsEmulator).Assembly.GetExportedTypes().Select(type => type.FullName).Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "Emulator.AwsEmulator",
            "Emulator.AwsEmulatorOptions",
            "Emulator.AwsEmulatorServiceCollectionExtensions",
            "Emulator.EmulatorClock",
            "Emulator.EmulatorConfigurationException",
            "Emulator.EmulatorOutputs",
            "Emulator.FunctionLogLine",
            "Emulator.FunctionOptions",
            "Emulator.FunctionRegistry",
            "Emulator.IamEnforcement",
            "Emulator.Inbox",
            "Emulator.InboxMessage",
            "Emulator.Journal",
            "Emulator.JournalEntry",
            "Emulator.LambdaClientApplication",
            "Emulator.LambdaClientContext",
            "Emulator.LambdaCognitoIdentity",
            "Emulator.LambdaContext",
            "Emulator.LambdaLogger",
            "Emulator.S3Upstream",
        }));

    [Test]
    public void Every_exported_member_is_documented()
    {
        var documented = XDocument.Load(Path.ChangeExtension(typeof(AwsEmulator).Assembly.Location, ".xml"))
            .Descendants("member").Select(member => member.Attribute("name")!.Value.Split('(')[0]).ToHashSet();
        var missing =
            from type in typeof(AwsEmulator).Assembly.GetExportedTypes()
            from member in type.GetMembers(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.DeclaredOnly)
            let name = member switch
            {
                System.Reflection.MethodInfo { IsSpecialName: false } method when !IsOfRecord(method) => $"M:{type.FullName}.{method.Name}{(method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "")}",
                System.Reflection.PropertyInfo property when !IsPositional(type, property) => $"P:{type.FullName}.{property.Name}",
                System.Reflection.FieldInfo { IsSpecialName: false } field => $"F:{type.FullName}.{field.Name}",
                _ => null,
            }
            where name is not null && !documented.Contains(name.Replace('+', '.'))
            select name;
        Assert.That(missing, Is.Empty);
    }

    // Members that the compiler makes for a record.
    private static bool IsOfRecord(System.Reflection.MethodInfo method) =>
        method.DeclaringType!.GetMethod("<Clone>$") is not null && method.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$" or "op_Equality" or "op_Inequality";

    // Documented as a parameter of the record.
    private static bool IsPositional(Type type, System.Reflection.PropertyInfo property) =>
        type.GetMethod("<Clone>$") is not null && type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.Name == property.Name));
}
