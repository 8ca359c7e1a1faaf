using Amazon.DynamoDBv2;
using Amazon.S3;
using Emulator;
using NUnit.Framework;

[assembly: Parallelizable(ParallelScope.All)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

namespace Notes.Tests;

/// <summary>The world in which every test begins: what emulator.yaml declares, and two users. It is made once; each test then works in a fork of it, which costs microseconds.</summary>
[SetUpFixture]
public sealed class SeededWorld
{
    public const string Password = "Wonderland1";

    private static AwsEmulator? _emulator;

    public static AwsEmulator Emulator => _emulator ?? throw new InvalidOperationException("The world is not set up yet.");
    public static Tokens Alice { get; private set; } = null!;
    public static Tokens Bob { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _emulator = await AwsEmulator.StartAsync(new AwsEmulatorOptions
        {
            ConfigurationFile = FindConfiguration(),
            Iam = IamEnforcement.Enforce, // so the tests fail if the function's role lacks a permission
            Functions = RegisterFunctions,
        });
        var users = new UserPool(_emulator);
        Alice = await SignUpAsync(users, "alice@example.com");
        Bob = await SignUpAsync(users, "bob@example.com");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_emulator is not null) await _emulator.DisposeAsync();
    }

    /// <summary>The functions of emulator.yaml as delegates: the handlers are the very ones that are deployed, only their clients are given to them. The clients act with the function's role, in the emulator or fork that makes the call.</summary>
    private static void RegisterFunctions(FunctionRegistry functions)
    {
        functions.Register("notes", (Stream input, LambdaContext context) =>
            new NotesApi(context.CreateClient<AmazonDynamoDBClient>(), context.CreateClient<AmazonS3Client>()).HandleAsync(input));
        functions.Register("notes-pictures", (Stream input, LambdaContext context) =>
            new PictureUploads(context.CreateClient<AmazonDynamoDBClient>(), context.CreateClient<AmazonS3Client>()).HandleAsync(input));
    }

    private static async Task<Tokens> SignUpAsync(UserPool users, string email)
    {
        await users.SignUpAsync(email, Password);
        await users.ConfirmAsync(email, Emulator.Inbox.CodeFor(email));
        return await users.SignInAsync(email, Password);
    }

    private static string FindConfiguration()
    {
        for (var folder = TestContext.CurrentContext.TestDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, "emulator.yaml");
            if (File.Exists(path)) return path;
        }
        throw new FileNotFoundException("There is no emulator.yaml above the tests.");
    }
}
