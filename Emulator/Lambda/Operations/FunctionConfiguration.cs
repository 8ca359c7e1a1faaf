using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emulator.Identifiers;
using Emulator.Lambda.Functions;

namespace Emulator.Lambda.Operations;

/// <summary>How AWS describes a function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html. Observed 2025-11-25: which members are there, and which ListFunctions leaves out.</remarks>
internal sealed record FunctionConfiguration
{
    public required string FunctionName { get; init; }
    public required string FunctionArn { get; init; }
    public string Runtime { get; } = "dotnet10";
    public required string Role { get; init; }
    public required string Handler { get; init; }
    public required long CodeSize { get; init; }
    public required string Description { get; init; }
    public required int Timeout { get; init; }
    public required int MemorySize { get; init; }
    public required string LastModified { get; init; }
    public required string CodeSha256 { get; init; }
    public string Version { get; } = Functions.FunctionName.Latest;
    public EnvironmentResponse? Environment { get; init; }
    public TracingConfig TracingConfig { get; } = new();
    public required string RevisionId { get; init; }
    public string? State { get; init; }
    public string? StateReason { get; init; }
    public string? StateReasonCode { get; init; }
    public string? LastUpdateStatus { get; init; }
    public string PackageType { get; } = "Zip";
    public IReadOnlyList<string> Architectures { get; } = ["x86_64"];
    public EphemeralStorage EphemeralStorage { get; } = new();
    public SnapStart SnapStart { get; } = new();
    public RuntimeVersionConfig? RuntimeVersionConfig { get; init; }
    public required LoggingConfig LoggingConfig { get; init; }

    /// <param name="qualified">Whether the ARN ends with the version, as it does where the request named one.</param>
    /// <param name="listed">As an element of a list: state and runtime version are left out.</param>
    public static FunctionConfiguration Of(Function function, bool qualified, bool listed)
    {
        var digest = function.Code.Digest;
        var state = listed ? null : function.Code.State;
        return new()
        {
            FunctionName = function.Name,
            FunctionArn = qualified ? $"{function.Arn}:{Functions.FunctionName.Latest}" : function.Arn,
            Role = function.Settings.RoleArn,
            Handler = function.Code.Handler,
            CodeSize = digest.SizeBytes,
            Description = function.Settings.Description,
            Timeout = (int)Math.Ceiling(function.Settings.Timeout.TotalSeconds),
            MemorySize = function.Settings.MemorySizeMb,
            LastModified = function.Created.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff+0000", CultureInfo.InvariantCulture),
            CodeSha256 = digest.Sha256,
            Environment = function.Settings.Environment.Count == 0 ? null : new(function.Settings.Environment),
            RevisionId = StableId.Uuid("function-revision", function.Account, function.Region, $"{function.Name}/{digest.Sha256}").ToString(),
            State = state?.State,
            StateReason = state?.Reason,
            StateReasonCode = state?.ReasonCode,
            LastUpdateStatus = listed ? null : "Successful",
            RuntimeVersionConfig = listed ? null : new(RuntimeVersionArn(function.Region)),
            LoggingConfig = new(function.LogGroupName),
        };
    }

    private static string RuntimeVersionArn(string region) =>
        $"arn:aws:lambda:{region}::runtime:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(System.Environment.Version.ToString())))}";
}

internal sealed record EnvironmentResponse(IReadOnlyDictionary<string, string> Variables);

internal sealed record TracingConfig(string Mode = "PassThrough");

internal sealed record EphemeralStorage(int Size = 512);

internal sealed record SnapStart(string ApplyOn = "None", string OptimizationStatus = "Off");

internal sealed record RuntimeVersionConfig(string RuntimeVersionArn);

internal sealed record LoggingConfig(string LogGroup, string LogFormat = "Text");
