namespace Emulator.DynamoDb.Values;

/// <summary>The data types of an attribute value, by the names that the wire gives them. The numbers are part of the stored form.</summary>
internal enum AttributeType : byte { S = 1, N = 2, B = 3, SS = 4, NS = 5, BS = 6, BOOL = 7, NULL = 8, L = 9, M = 10 }
