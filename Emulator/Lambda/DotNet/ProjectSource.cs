using System.Xml;
using System.Xml.Linq;
using Emulator.Lambda.Functions;

namespace Emulator.Lambda.DotNet;

/// <summary>A .NET project that the emulator builds, again only when its sources have changed.</summary>
/// <remarks>Everything is written below the project's <c>obj/emulator</c>: the user's own <c>bin</c> and <c>obj</c> stay as they are.</remarks>
internal sealed class ProjectSource(string path, CodeFolders folders, TimeProvider time, bool watch, Action<string>? progress) : CodeSource(folders, time, watch, progress)
{
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(100);

    public override string Folder { get; } = File.Exists(path) ? Path.GetDirectoryName(path)! : path;

    protected override string Fingerprint() => FolderContent.Hash(Inputs());

    protected override IEnumerable<string> Watched() => Projects().Select(project => Path.GetDirectoryName(project)!).Distinct();

    protected override async Task<CodeVersion> MakeAsync(string fingerprint, CancellationToken stopped)
    {
        var project = ProjectFile() ?? throw new FunctionUnavailableException("Emulator.ProjectNotFound", Directory.Exists(Folder) ? $"The folder {Folder} holds no project file, or several." : $"There is no folder {Folder}.");
        var work = Path.Combine(Folder, "obj", "emulator");
        Directory.CreateDirectory(work);
        await using var turn = await LockAsync(Path.Combine(work, "lock"), stopped);
        var stamp = Path.Combine(work, "stamp");
        var name = Path.GetFileNameWithoutExtension(project);
        if (Output(work, name) is not { } output || !File.Exists(stamp) || await File.ReadAllTextAsync(stamp, stopped) != fingerprint)
        {
            File.Delete(stamp);
            await BuildAsync(project, work, stopped);
            await File.WriteAllTextAsync(stamp, fingerprint, stopped);
            output = Output(work, name) ?? throw new FunctionUnavailableException("Emulator.BuildFailed", $"The build of {project} gave no assembly with a .deps.json file.");
        }
        return Folders.Copy(Path.GetDirectoryName(output)!, output);
    }

    private async Task BuildAsync(string project, string work, CancellationToken stopped)
    {
        Progress?.Invoke($"Building {project}");
        var build = await ProjectBuild.RunAsync(project, Path.Combine(work, "artifacts"), LambdaLimits.Build, stopped);
        if (build.Errors is { } errors)
        {
            Progress?.Invoke($"{project} does not build:\n{errors}");
            throw new FunctionUnavailableException("Emulator.BuildFailed", $"The project {project} does not build:\n{errors}");
        }
        Progress?.Invoke($"Built {project}");
    }

    /// <summary>The newest assembly that a build of the project has put out: it stands beside a list of what it depends on, which bears the same name.</summary>
    private static string? Output(string work, string project)
    {
        var bin = Path.Combine(work, "artifacts", "bin", project);
        if (!Directory.Exists(bin)) return null;
        return Directory.EnumerateFiles(bin, "*.deps.json", SearchOption.AllDirectories)
            .Select(list => list[..^".deps.json".Length] + ".dll")
            .Where(File.Exists)
            .MaxBy(File.GetLastWriteTimeUtc);
    }

    /// <summary>Whoever else builds the same project, in this process or another, has to finish first.</summary>
    private async Task<FileStream> LockAsync(string file, CancellationToken stopped)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Directory.Exists(Path.GetDirectoryName(file)))
            {
                await Task.Delay(LockRetry, Time, stopped);
            }
        }
    }

    private string? ProjectFile()
    {
        if (File.Exists(path)) return path;
        if (!Directory.Exists(path)) return null;
        var projects = Directory.GetFiles(path, "*.*proj").Where(IsProject).ToArray();
        return projects.Length == 1 ? projects[0] : null;
    }

    private static bool IsProject(string file) => Path.GetExtension(file) is ".csproj" or ".fsproj" or ".vbproj";

    /// <summary>All files on which the result of a build depends: sources of the project and of those it refers to, and what the SDK reads in the folders above.</summary>
    private IEnumerable<string> Inputs()
    {
        var projects = Projects();
        return projects.SelectMany(project => FolderContent.Sources(Path.GetDirectoryName(project)!))
            .Concat(projects.SelectMany(project => Above(Path.GetDirectoryName(project)!)))
            .Distinct();
    }

    private List<string> Projects()
    {
        var projects = new List<string>();
        var left = new Queue<string>();
        if (ProjectFile() is { } own) left.Enqueue(own);
        while (left.TryDequeue(out var project))
        {
            if (projects.Contains(project) || !File.Exists(project)) continue;
            projects.Add(project);
            foreach (var reference in References(project)) left.Enqueue(reference);
        }
        return projects;
    }

    private static IEnumerable<string> References(string project)
    {
        try
        {
            return [.. XDocument.Load(project).Descendants()
                .Where(element => element.Name.LocalName == "ProjectReference" && element.Attribute("Include") is not null)
                .Select(element => Path.GetFullPath(element.Attribute("Include")!.Value.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(project)!))];
        }
        catch (Exception unreadable) when (unreadable is XmlException or IOException)
        {
            return []; // the build will say so
        }
    }

    private static IEnumerable<string> Above(string folder)
    {
        string[] names = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config", "NuGet.Config", ".editorconfig"];
        for (var above = Directory.GetParent(folder); above is not null; above = above.Parent)
        {
            foreach (var name in names)
            {
                var file = Path.Combine(above.FullName, name);
                if (File.Exists(file)) yield return file;
            }
        }
    }
}
