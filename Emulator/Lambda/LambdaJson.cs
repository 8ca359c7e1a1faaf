using System.Text.Json.Serialization;
using Emulator.Lambda.Operations;

namespace Emulator.Lambda;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FunctionConfiguration))]
[JsonSerializable(typeof(GetFunctionOutput))]
[JsonSerializable(typeof(ListFunctionsOutput))]
[JsonSerializable(typeof(LambdaClientContext))]
internal sealed partial class LambdaJson : JsonSerializerContext;
