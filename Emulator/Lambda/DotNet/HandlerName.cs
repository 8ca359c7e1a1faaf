using Emulator.Lambda.Functions;

namespace Emulator.Lambda.DotNet;

/// <summary><c>Assembly::Type::Method</c>.</summary>
internal readonly record struct HandlerName(string Assembly, string Type, string Method)
{
    /// <exception cref="FunctionUnavailableException">It is not of that form; the text is that of AWS's .NET runtime.</exception>
    public static HandlerName Parse(string? handler)
    {
        const string form = "The valid format is 'ASSEMBLY::TYPE::METHOD'.";
        if (string.IsNullOrWhiteSpace(handler)) throw FunctionUnavailableException.Invalid($"Empty lambda function handler. {form}");
        var parts = handler.Split("::", 3, StringSplitOptions.None);
        if (parts.Length != 3) throw FunctionUnavailableException.Invalid($"Invalid lambda function handler: '{handler}'. {form}");
        string[] names = ["assembly", "type", "method"];
        for (var i = 0; i < 3; i++)
        {
            if (parts[i].Trim().Length == 0) throw FunctionUnavailableException.Invalid($"Invalid lambda function handler: '{handler}', the {names[i]} is missing. {form}");
        }
        return new(parts[0].Trim(), parts[1].Trim(), parts[2].Trim());
    }
}
