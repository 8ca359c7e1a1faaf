using System.Text;
using Emulator.Lambda.Invocations;

namespace Emulator.Lambda.DotNet;

/// <summary>Brings what functions write to the console to their logs, each line to the invocation that wrote it, and everything else to where it went before.</summary>
/// <remarks>The console is exchanged while functions of assemblies are loaded, and put back after the last.</remarks>
internal sealed class ConsoleCapture
{
    // One for the process, since there is one console.
    public static ConsoleCapture Shared { get; } = new();

    private readonly AsyncLocal<Target?> _target = new();
    private readonly Lock _lock = new();
    private (TextWriter Out, TextWriter Error) _before;
    private (TextWriter Out, TextWriter Error) _installed;
    private int _users;

    private ConsoleCapture() { }

    public void Acquire()
    {
        lock (_lock)
        {
            if (_users++ > 0) return;
            _before = (Console.Out, Console.Error);
            Console.SetOut(new Router(this, _before.Out, isError: false));
            Console.SetError(new Router(this, _before.Error, isError: true));
            _installed = (Console.Out, Console.Error);
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            if (--_users > 0) return;
            // Where somebody has put something of his own over it since, it stays below that and passes everything on.
            if (Console.Out == _installed.Out) Console.SetOut(_before.Out);
            if (Console.Error == _installed.Error) Console.SetError(_before.Error);
        }
    }

    /// <summary>Runs something whose console is a log.</summary>
    public async Task<T> RunAsync<T>(InvocationLog log, Func<Task<T>> run)
    {
        var target = new Target(this, log);
        _target.Value = target; // flows to what is called from here, not back to the caller
        try
        {
            return await run();
        }
        finally
        {
            target.Flush();
        }
    }

    /// <summary>Lines of one invocation; what is written without a line break waits for one.</summary>
    private sealed class Target(ConsoleCapture capture, InvocationLog log)
    {
        private readonly StringBuilder _out = new();
        private readonly StringBuilder _error = new();

        public void Write(ReadOnlySpan<char> text, bool isError)
        {
            lock (_out)
            {
                var pending = isError ? _error : _out;
                for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n'))
                {
                    Emit(pending.Append(text[..end]), isError);
                    text = text[(end + 1)..];
                }
                pending.Append(text);
                if (pending.Length > LambdaLimits.LogLineLength) Emit(pending, isError);
            }
        }

        /// <summary>A WriteLine is one line of the log, even where its text has line breaks.</summary>
        public void WriteLine(ReadOnlySpan<char> text, bool isError)
        {
            lock (_out) Emit((isError ? _error : _out).Append(text), isError);
        }

        public void Flush()
        {
            lock (_out)
            {
                if (_out.Length > 0) Emit(_out, isError: false);
                if (_error.Length > 0) Emit(_error, isError: true);
            }
        }

        private void Emit(StringBuilder line, bool isError)
        {
            var text = line.ToString().TrimEnd('\r');
            line.Clear();
            // Whoever hears of the line may write it to the console: that is not the function's output again.
            capture._target.Value = null;
            try
            {
                log.Write(isError ? "fail" : "info", text);
            }
            finally
            {
                capture._target.Value = this;
            }
        }
    }

    private sealed class Router(ConsoleCapture capture, TextWriter before, bool isError) : TextWriter
    {
        public override Encoding Encoding => before.Encoding;

        public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (capture._target.Value is { } target) target.Write(buffer, isError);
            else before.Write(buffer);
        }

        public override void WriteLine() => WriteLine("");

        public override void WriteLine(string? value)
        {
            if (capture._target.Value is { } target) target.WriteLine(value, isError);
            else before.WriteLine(value);
        }

        public override void WriteLine(object? value) => WriteLine(value?.ToString());

        public override void Flush() => before.Flush();
    }
}
