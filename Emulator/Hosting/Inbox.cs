using Emulator.Integration;

namespace Emulator;

/// <summary>Mails and text messages that AWS would have sent, newest last, in bounded memory.</summary>
public sealed class Inbox
{
    /// <summary>How many messages are kept; the oldest go first.</summary>
    public const int Capacity = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<InboxMessage> _messages = new();
    private readonly EmulatorClock _clock;
    private long _next;

    internal Inbox(EmulatorClock clock) => _clock = clock;

    /// <summary>The messages that are kept, oldest first.</summary>
    public IReadOnlyList<InboxMessage> Messages { get { lock (_lock) return [.. _messages]; } }

    /// <summary>The newest message to an address or number, or null.</summary>
    public InboxMessage? LatestTo(string to) => Messages.LastOrDefault(message => string.Equals(message.To, to, StringComparison.OrdinalIgnoreCase));

    /// <summary>The code in the newest message to an address or number.</summary>
    /// <exception cref="InvalidOperationException">There is no message to it, or none with a code.</exception>
    public string CodeFor(string to) =>
        Messages.LastOrDefault(message => message.Code is not null && string.Equals(message.To, to, StringComparison.OrdinalIgnoreCase))?.Code
        ?? throw new InvalidOperationException($"No message with a code was sent to {to}.");

    /// <summary>Forgets all messages.</summary>
    public void Clear() { lock (_lock) _messages.Clear(); }

    internal Inbox Fork(EmulatorClock clock)
    {
        var fork = new Inbox(clock);
        lock (_lock)
        {
            foreach (var message in _messages) fork._messages.Enqueue(message);
            fork._next = _next;
        }
        return fork;
    }

    internal void Deliver(OutgoingMessage message)
    {
        lock (_lock)
        {
            if (_messages.Count == Capacity) _messages.Dequeue();
            _messages.Enqueue(new InboxMessage(++_next, _clock.GetUtcNow(), message.Medium, message.To, message.Subject, message.Body, message.Code, message.Kind, message.Source));
        }
    }
}

/// <summary>A mail or text message.</summary>
/// <param name="Id">Counts up from 1.</param>
/// <param name="Time">When it was sent, on the emulator's clock.</param>
/// <param name="Medium"><c>email</c> or <c>sms</c>.</param>
/// <param name="To">The address or number.</param>
/// <param name="Subject">A mail's subject; "" for a text message.</param>
/// <param name="Body">The text.</param>
/// <param name="Code">The code in it, or null.</param>
/// <param name="Kind">What occasioned it, as <c>SignUp</c>.</param>
/// <param name="Source">The id of the user pool.</param>
public sealed record InboxMessage(long Id, DateTimeOffset Time, string Medium, string To, string Subject, string Body, string? Code, string Kind, string Source);

/// <summary>Puts what the slices send into the public inbox.</summary>
internal sealed class InboxDelivery(Inbox inbox) : IInbox
{
    public void Deliver(OutgoingMessage message) => inbox.Deliver(message);
}
