namespace Emulator.Integration;

/// <summary>Receives what the emulator would have sent to a person: mails and text messages.</summary>
internal interface IInbox
{
    void Deliver(OutgoingMessage message);
}

/// <summary>A mail or text message, with the code that it carries where it carries one.</summary>
/// <param name="Kind">What occasioned it, as <c>SignUp</c>, <c>ForgotPassword</c>, <c>AdminCreateUser</c>, <c>Authentication</c>.</param>
internal sealed record OutgoingMessage(string Medium, string To, string Subject, string Body, string? Code, string Kind, string Source);
