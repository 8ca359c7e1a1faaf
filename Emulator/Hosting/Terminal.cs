using Spectre.Console;

namespace Emulator.Hosting;

/// <summary>What the program prints.</summary>
internal static class Terminal
{
    public static void Log(string line) => Console.Out.WriteLine(line);

    public static void Error(string line) => Console.Error.WriteLine(line);

    /// <summary>What is there, how to reach it, what is enforced, where state lives.</summary>
    public static void Welcome(EmulatorHost host, int port)
    {
        var endpoint = $"http://localhost:{port}";
        var resources = host.Slices.SelectMany(slice => slice.Resources()).ToList();
        if (resources.Count > 0)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("Service", "Kind", "Name", "URL, ARN or id");
            foreach (var resource in resources)
            {
                table.AddRow(Markup.Escape(resource.Service), Markup.Escape(resource.Kind), Markup.Escape(resource.Name), Markup.Escape(resource.AbsoluteUrl(endpoint) ?? resource.Arn ?? resource.Id));
            }
            // A log file has no width: what is to be copied from it must not be broken into lines.
            if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 240;
            AnsiConsole.Write(table);
        }
        Log("");
        // An address, not a name: before a name SDKs put the bucket, and not every system knows bucket.localhost.
        Log($"  export AWS_ENDPOINT_URL=http://127.0.0.1:{port}");
        Log($"  export AWS_REGION={host.Config.Region} AWS_DEFAULT_REGION={host.Config.Region}");
        Log("  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test");
        Log("");
        Log($"Enforced     iam: {Lower(host.Config.Iam)}, credentials: {Lower(host.Config.Credentials)}");
        Log($"State        {(host.DataPath is { } folder ? $"{Path.GetFullPath(folder)} (durability: {Lower(host.Config.Durability)})" : "in memory, gone when this stops")}");
        Log($"Inbox        {endpoint}/_emulator/inbox");
        foreach (var (name, bucket) in host.Config.Buckets)
        {
            if (bucket.Website is not null) Log($"Website      http://{name}.s3-website.localhost:{port}/");
        }
        Log($"Listening on {endpoint}. Ctrl+C stops.");
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
