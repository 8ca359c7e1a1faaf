using System.Text.Json.Serialization;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb;

/// <summary>How tables are stored, and how operations on them answer.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Table))]
[JsonSerializable(typeof(Streams.TableStream))]
[JsonSerializable(typeof(Streams.DescribeStreamOutput))]
[JsonSerializable(typeof(Streams.ListStreamsOutput))]
[JsonSerializable(typeof(TableDescription))]
[JsonSerializable(typeof(Operations.TableDescriptionOutput))]
[JsonSerializable(typeof(Operations.DescribeTableOutput))]
[JsonSerializable(typeof(Operations.ListTablesOutput))]
internal sealed partial class DynamoDbJson : JsonSerializerContext;
