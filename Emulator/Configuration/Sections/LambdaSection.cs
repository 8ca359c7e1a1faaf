namespace Emulator.Configuration.Sections;

/// <summary><c>lambda: { functions: { notes: { project: Functions, handler: "Notes::Notes.Api::HandleAsync" } } }</c></summary>
internal static class LambdaSection
{
    private static readonly FunctionConfig DefaultFunction = new();

    public static IReadOnlyDictionary<string, FunctionConfig> Functions(ConfigSection section) =>
        section["functions"]?.Map(AwsNames.Function, static value => value.Section(Function)) ?? EmulatorConfig.Default.Functions;

    /// <summary>The bounds: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html</summary>
    private static FunctionConfig Function(ConfigSection function)
    {
        var (project, assembly, handler) = (function["project"], function["assembly"], function["handler"]);
        if (project is not null && assembly is not null) assembly.Problem("a function has 'project' or 'assembly', not both");
        if ((project ?? assembly) is not null && handler is null) function.Missing("'handler'");
        if (project is null && assembly is null) handler?.Problem("'handler' needs 'project' or 'assembly'; a function that code registers under this name needs neither");
        return new()
        {
            Project = project?.Folder(),
            Assembly = assembly?.Text(),
            Handler = handler?.Text(Handler),
            Timeout = function["timeout"]?.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15)) ?? DefaultFunction.Timeout,
            MemorySizeMb = function["memory"]?.Number(128, 10240) ?? DefaultFunction.MemorySizeMb,
            Environment = function["environment"]?.TextMap(AwsNames.EnvironmentVariable) ?? DefaultFunction.Environment,
            Role = function["role"]?.RoleName(),
            Description = function["description"]?.Text(),
        };
    }

    /// <summary>The function that a value names.</summary>
    public static string? FunctionName(this ConfigValue value)
    {
        var name = value.Text();
        if (name is not null) value.Refers("function", name, config => config.Functions.Keys);
        return name;
    }

    private static string? Handler(string text)
    {
        var parts = text.Split("::");
        return parts.Length == 3 && !parts.Contains("") ? null : "a handler is written Assembly::Namespace.Type::Method";
    }
}
