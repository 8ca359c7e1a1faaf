namespace Emulator.Integration;

/// <summary>One resource for the table printed at start and for <c>/_emulator/resources</c>.</summary>
/// <param name="Service">As <c>s3</c>, <c>cognito-idp</c>.</param>
/// <param name="Kind">As <c>Bucket</c>, <c>UserPoolClient</c>.</param>
/// <param name="Name">Its name where it has one, else its id.</param>
/// <param name="Url">Where a browser or client reaches it: a path below the emulator's base URL, or <c>//host/path</c> for a host of its own; null where there is no such place.</param>
internal sealed record ResourceSummary(string Service, string Kind, string Name, string Id, string? Arn, string? Url = null)
{
    /// <summary>The URL by the emulator's base URL, whose port is that of the resource's own host too.</summary>
    public string? AbsoluteUrl(string baseUrl)
    {
        if (Url is null || !Url.StartsWith("//", StringComparison.Ordinal)) return Url is null ? null : baseUrl + Url;
        var path = Url.IndexOf('/', 2);
        var port = new Uri(baseUrl) is { IsDefaultPort: false } uri ? $":{uri.Port}" : "";
        return path < 0 ? $"http:{Url}{port}/" : $"http:{Url[..path]}{port}{Url[path..]}";
    }
}

/// <summary>What Hosting/ asks of each slice.</summary>
internal interface IServiceSlice
{
    /// <summary>Creates what the configuration declares and is missing. Applied twice, it changes nothing. Returns a sentence for each declared thing that differs from the stored one.</summary>
    ValueTask<IReadOnlyList<string>> ApplyAsync(CancellationToken cancelled);

    /// <summary>Goes on with the state of the host that this one was forked from: arms what falls due by the clock. Called at once, so it costs nothing where nothing does.</summary>
    void Resume() { }

    /// <summary>All resources that are there, in every account and region.</summary>
    IEnumerable<ResourceSummary> Resources();
}
