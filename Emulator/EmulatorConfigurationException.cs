namespace Emulator;

/// <summary>The configuration has mistakes: the message lists all of them, each with its line.</summary>
public sealed class EmulatorConfigurationException : Exception
{
    /// <summary>Without a message.</summary>
    public EmulatorConfigurationException() { }

    /// <summary>With a message.</summary>
    public EmulatorConfigurationException(string message) : base(message) { }

    /// <summary>With a message and its cause.</summary>
    public EmulatorConfigurationException(string message, Exception innerException) : base(message, innerException) { }
}
