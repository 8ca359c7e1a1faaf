using System.Text.Json.Serialization;

namespace Emulator.DynamoDb.Backups;

/// <summary>How backups are stored, and how operations on them answer.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Backup))]
[JsonSerializable(typeof(BackupDescriptionOutput))]
[JsonSerializable(typeof(ContinuousBackupsOutput))]
[JsonSerializable(typeof(CreateBackupOutput))]
[JsonSerializable(typeof(ListBackupsOutput))]
internal sealed partial class BackupJson : JsonSerializerContext;
