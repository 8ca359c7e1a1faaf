using Emulator.Lambda.DotNet;
using Emulator.Lambda.Invocations;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.DotNet;

internal sealed class ConsoleCaptureTests
{
    [Test]
    public async Task Who_hears_of_a_line_may_write_it_to_the_console_himself()
    {
        var heard = new List<string>();
        var log = new InvocationLog(new FunctionLog("notes", new EmulatorClock(), (_, line) =>
        {
            heard.Add(line.Text);
            if (heard.Count < 10) Console.WriteLine($"notes: {line.Text}");
        }), "id", keepTail: false);
        ConsoleCapture.Shared.Acquire();
        try
        {
            await ConsoleCapture.Shared.RunAsync(log, () =>
            {
                Console.WriteLine("one");
                Console.Write("two");
                return Task.FromResult(0);
            });
        }
        finally
        {
            ConsoleCapture.Shared.Release();
        }
        Assert.That(heard, Has.Count.EqualTo(2).And.ItemAt(0).EndsWith("\tone").And.ItemAt(1).EndsWith("\ttwo"));
    }
}
