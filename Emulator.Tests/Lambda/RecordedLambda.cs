using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Lambda;

/// <summary>What AWS answered, recorded in <c>shared/aws-recorded/lambda</c> beside the checkout.</summary>
internal static class RecordedLambda
{
    private static readonly string? Folder = FindFolder();

    /// <summary>The recorded answers of the tests whose name contains a text, by name.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Find(string file, string text)
    {
        if (Folder is null) return new Dictionary<string, JsonElement>();
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file)));
        return document.RootElement.EnumerateObject().Where(test => test.Name.Contains(text, StringComparison.Ordinal))
            .ToDictionary(test => test.Name, test => test.Value.GetProperty("recorded-content").Clone());
    }

    /// <summary>A recorded value with this emulator's own in place of the placeholders.</summary>
    public static string Fill(string recorded, AwsEmulator aws) => recorded
        .Replace("<partition>", "aws", StringComparison.Ordinal)
        .Replace("<region>", aws.Region, StringComparison.Ordinal)
        .Replace("111111111111", aws.Account, StringComparison.Ordinal);

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "aws-recorded", "lambda");
            if (Directory.Exists(candidate)) return candidate;
        }
        return null;
    }
}
