namespace Emulator.Storage;

/// <summary>The store cannot do what it is asked: the folder is in use, the format is newer, the disk is full, a file is damaged.</summary>
internal sealed class StoreException(string message, Exception? cause = null) : IOException(message, cause);
