using Amazon;
using Amazon.Runtime;
using Emulator.Integration;
using Emulator.Lambda.Functions;

namespace Emulator.Lambda.DotNet;

/// <summary>Gives the AWS SDK that a function has brought along the function's region, its role's credentials, and the way into the emulator.</summary>
/// <remarks>
/// The SDK reads these from environment variables, and those are the whole process's, while each function has its own role.
/// But the SDK also has static settings, and each function has its own copy of the SDK, statics included. To set them there,
/// the emulator's assembly is loaded a second time, beside the function's SDK; only types of .NET itself cross between the two.
/// </remarks>
internal static class FunctionSdk
{
    /// <summary>False where the function has no AWS SDK, or one that cannot be set up so (version 3): it then has the environment variables only.</summary>
    public static bool Install(FunctionLoadContext context, Function function)
    {
        var here = typeof(FunctionSdk);
        // A program published as one file has no file to load a second time.
        if (!context.Brings("AWSSDK.Core") || here.Assembly.Location.Length == 0) return false;
        try
        {
            var there = context.LoadFromAssemblyPath(here.Assembly.Location).GetType(here.FullName!)!;
            var set = there.GetMethod(nameof(Set))!.CreateDelegate<Action<string, Func<string[]>, Func<HttpMessageHandler>?>>();
            set(function.Region, () => Keys(function.Role.Session()), function.Host.Transport);
            return true;
        }
        catch (Exception unfit) when (unfit is FileLoadException or FileNotFoundException or BadImageFormatException or TypeLoadException or MissingMemberException)
        {
            return false;
        }
    }

    /// <summary>Runs in the assembly's second copy, where <see cref="AWSConfigs"/> is the function's.</summary>
    public static void Set(string region, Func<string[]> credentials, Func<HttpMessageHandler>? transport)
    {
        AWSConfigs.AWSRegion = region;
        AWSConfigs.AWSCredentialsGenerators = [() => new RoleCredentials(credentials)];
        if (transport is not null) AWSConfigs.HttpClientFactory = new EmulatorClientFactory(transport);
    }

    private static string[] Keys(SessionCredentials session) => [session.AccessKeyId, session.SecretAccessKey, session.SessionToken];

    private sealed class RoleCredentials(Func<string[]> session) : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => session() is [var id, var secret, var token] ? new(id, secret, token) : throw new InvalidOperationException();
    }

    private sealed class EmulatorClientFactory(Func<HttpMessageHandler> transport) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(transport(), disposeHandler: false);

        public override string GetConfigUniqueString(IClientConfig clientConfig) => nameof(EmulatorClientFactory);
    }
}
