using Emulator.Protocols;

namespace Emulator.S3.Website;

/// <summary>The objects that are a website's pages, kept here or by another server.</summary>
internal interface ISitePages
{
    /// <summary>The site's rules, or the error of their absence.</summary>
    ValueTask<WebsiteConfiguration> RequireWebsiteAsync();

    /// <summary>The page, or the redirect that its object is; null where there is no such object.</summary>
    /// <param name="error">The error that the page is to show: it has its status, and no conditions and ranges; null for a page that was asked for.</param>
    ValueTask<Reply?> ReadAsync(string key, AwsException? error);

    ValueTask<bool> HasAsync(string key);
}
