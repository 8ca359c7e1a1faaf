namespace Emulator;

public sealed class FunctionRegistry { internal FunctionRegistry Fork() => this; }
