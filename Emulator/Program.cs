using Emulator.Hosting;

namespace Emulator;

/// <summary>The entry of <c>dotnet run</c> and of the dotnet tool.</summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) =>
        // Without arguments nothing is to be parsed: the command line library is not even loaded.
        arguments.Length == 0 ? RunCommand.RunAsync(new RunSettings()) : CommandLine.InvokeAsync(arguments);
}
