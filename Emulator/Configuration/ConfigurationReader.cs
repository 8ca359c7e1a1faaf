using Emulator.Configuration.Sections;

namespace Emulator.Configuration;

/// <summary>Reads emulator.yaml in one pass that finds everything that is wrong with it. What a section may say stands in Sections/, one file a service; the same for editors is in emulator.schema.json.</summary>
internal static class ConfigurationReader
{
    /// <summary>Reads a file. That it is not there, or cannot be read, is a problem like another.</summary>
    public static ConfigurationResult ReadFile(string path)
    {
        try
        {
            var isTooLong = new FileInfo(path) is { Exists: true, Length: > 4L * ConfigurationLimits.MaximumLengthChars };
            return isTooLong ? Unreadable(path, "the file is too long") : Read(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, error.Message);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="path">What messages call it, and whose folder relative paths in it start from. Where it is a file, the folders that it names must be there.</param>
    public static ConfigurationResult Read(string yaml, string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        var problems = new ProblemList(path);
        var reading = new ConfigReading(problems, File.Exists(path) ? folder : null);
        var config = EmulatorConfig.Default with { Folder = folder };
        if (YamlTree.Parse(yaml, problems) is { } root)
        {
            config = new ConfigValue(reading, "emulator.yaml", root).Section(section => Everything(section, config));
            reading.NoteBrokenReferences(config);
        }
        return new(config, problems.InOrder());
    }

    private static EmulatorConfig Everything(ConfigSection section, EmulatorConfig config) => (config with
    {
        Region = section["region"]?.Text(AwsNames.Region) ?? config.Region,
        Account = section["account"]?.Text(AwsNames.AccountId) ?? config.Account,
        Port = section["port"]?.Number(0, 65535) ?? config.Port,
        Iam = section["iam"]?.OneOf("off", "audit", "enforce") switch { "off" => IamMode.Off, "enforce" => IamMode.Enforce, _ => config.Iam },
        Credentials = section["credentials"]?.OneOf("any", "known") == "known" ? CredentialsMode.Known : config.Credentials,
        Durability = section["durability"]?.OneOf("process", "power") == "power" ? Durability.Power : config.Durability,
        Accounts = section["accounts"]?.Map(AwsNames.AccountId, IamSections.Account) ?? config.Accounts,
        Roles = section["roles"]?.Map(AwsNames.Role, IamSections.Role) ?? config.Roles,
        Functions = section["lambda"]?.Section(LambdaSection.Functions) ?? config.Functions,
        HttpApis = section["apigateway"]?.Section(ApiGatewaySection.HttpApis) ?? config.HttpApis,
    }).WithS3(section["s3"]).WithDynamoDb(section["dynamodb"]).WithCognito(section["cognito"]);

    private static ConfigurationResult Unreadable(string path, string message) => new(EmulatorConfig.Default, [new(path, 1, 1, message)]);
}
