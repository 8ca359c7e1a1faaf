using Emulator.Configuration;
using Emulator.Lambda;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.DotNet;

/// <summary>Projects that the emulator builds.</summary>
internal sealed class ProjectFunctionTests : AssemblyFixture
{
    private const string Changed = """
        namespace Greeter;

        public class Function
        {
            public string Greet(string name) => $"Goodbye {name}";
        }
        """;

    private string Folder => Path.Combine(Temporary, "Greeter");

    private FunctionConfig Greeter => new() { Project = Folder, Handler = "Greeter::Greeter.Function::Greet" };

    [SetUp]
    public void Copy()
    {
        Directory.CreateDirectory(Folder);
        File.Copy(Path.Combine(Assets, "Directory.Build.props"), Path.Combine(Temporary, "Directory.Build.props"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Assets, "Greeter"))) File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
    }

    [Test]
    public async Task A_project_is_built_when_it_is_called_and_built_again_only_when_it_changed()
    {
        var first = Serve(Greeter);
        Assert.That(await Task.WhenAll(TextAsync(first, "\"Ada\""), TextAsync(first, "\"Bob\"")), Is.EqualTo(new[] { "\"Hello Ada\"", "\"Hello Bob\"" }), "calls that come early wait");
        Assert.That(Told, Is.EqualTo(new[] { $"Building {Folder}/Greeter.csproj".Replace('/', Path.DirectorySeparatorChar), $"Built {Folder}/Greeter.csproj".Replace('/', Path.DirectorySeparatorChar) }));
        Assert.That(Directory.Exists(Path.Combine(Folder, "bin")), Is.False, "the user's own output is not touched");

        Assert.That(await TextAsync(Serve(Greeter), "\"Cy\""), Is.EqualTo("\"Hello Cy\""));
        Assert.That(Told, Has.Length.EqualTo(2), "nothing has changed");

        await File.WriteAllTextAsync(Path.Combine(Folder, "Function.cs"), Changed);
        Assert.That(await TextAsync(Serve(Greeter), "\"Di\""), Is.EqualTo("\"Goodbye Di\""));
        Assert.That(Told, Has.Length.EqualTo(4));
    }

    [Test]
    public async Task A_change_is_built_and_loaded_and_an_error_is_answered_until_it_is_corrected()
    {
        var service = Serve(Greeter, watch: true);
        Assert.That(await TextAsync(service, "\"Ada\""), Is.EqualTo("\"Hello Ada\""));

        await File.WriteAllTextAsync(Path.Combine(Folder, "Function.cs"), Changed.Replace("name}\"", "nobody}\"", StringComparison.Ordinal));
        await UntilAsync(service, answer => answer.Contains("Emulator.BuildFailed", StringComparison.Ordinal));
        var (type, message) = await ErrorAsync(service, "\"Ada\"");
        Assert.That(type, Is.EqualTo("Emulator.BuildFailed"));
        Assert.That(message, Does.Contain("does not build:").And.Contain("Function.cs(5,").And.Contain("error CS0103: The name 'nobody' does not exist in the current context"));
        Assert.That(service.Functions(Aws.Account, Aws.Region).Single().Code.State.State, Is.EqualTo("Failed"));

        await File.WriteAllTextAsync(Path.Combine(Folder, "Function.cs"), Changed);
        await UntilAsync(service, answer => answer == "\"Goodbye Ada\"");
    }

    [Test]
    public async Task A_folder_without_a_project_is_told() =>
        Assert.That(await ErrorAsync(Serve(new FunctionConfig { Project = Temporary, Handler = "A::B::C" })), Is.EqualTo(("Emulator.ProjectNotFound", $"The folder {Temporary} holds no project file, or several.")));

    private async Task UntilAsync(LambdaService service, Predicate<string> expected)
    {
        var answer = "";
        for (var i = 0; i < 600; i++)
        {
            answer = System.Text.Encoding.UTF8.GetString((await InvokeAsync(service, "\"Ada\"")).Payload.Span);
            if (expected(answer)) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        Assert.Fail(answer);
    }
}
