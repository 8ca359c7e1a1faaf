using Microsoft.Playwright;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>The sample app in a browser, with the emulator.yaml of the repository: from sign-up to picture.</summary>
[Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html")]
internal sealed class NotesInBrowserTests
{
    private const string Password = "Wonderland1";

    private readonly List<string> _faults = [];
    private AwsEmulator _aws = null!;
    private Uri _site = null!;
    private int _shots;

    [SetUp]
    public async Task Start()
    {
        _ = Client.Chromium();
        _aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions
        {
            ConfigurationFile = Path.Combine(Repository.Root, "emulator.yaml"),
            Iam = IamEnforcement.Enforce,
            Log = line => TestContext.Progress.WriteLine(line),
        });
        var port = (await _aws.ListenAsync()).Port;
        _site = new Uri($"http://notes-web.s3-website.localhost:{port}/");
    }

    [TearDown]
    public async Task Stop()
    {
        if (_aws is not null) await _aws.DisposeAsync();
    }

    [Test]
    public async Task Notes_with_pictures_from_sign_up_to_sign_out()
    {
        var page = await OpenAsync();
        await ShotAsync(page, "sign-in");
        await SignUpAsync(page, "ada@example.com");
        await page.Locator("#empty").WaitForAsync();
        await ShotAsync(page, "empty");

        await WriteAsync(page, "Buy milk\n- oats\n- 꿀");
        await WriteAsync(page, "A picture <b>not bold</b>", await PictureAsync(page));
        var picture = page.Locator("#list img:visible");
        await picture.WaitForAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('#list img:not([hidden])').naturalWidth > 0");
        Assert.That(await picture.EvaluateAsync<int>("image => image.naturalWidth"), Is.EqualTo(240));
        Assert.That(await TextsAsync(page), Is.EqualTo(new[] { "A picture <b>not bold</b>", "Buy milk\n- oats\n- 꿀" }));
        await ShotAsync(page, "notes");

        var second = page.Locator("#list > li").Nth(1);
        await second.Locator("[data-action=edit]").ClickAsync();
        await second.Locator("textarea").FillAsync("Buy oat milk");
        await second.Locator("form button:not([type])").ClickAsync();
        await page.Locator("#list .text", new() { HasTextString = "Buy oat milk" }).WaitForAsync();

        await page.ReloadAsync();
        await page.Locator("#list > li").First.WaitForAsync();
        Assert.That(await TextsAsync(page), Is.EqualTo(new[] { "A picture <b>not bold</b>", "Buy oat milk" }));
        await page.Locator("#list img:visible").WaitForAsync();

        await second.Locator("[data-action=delete]").ClickAsync();
        await ShotAsync(page, "delete");
        await page.ClickAsync("dialog .danger");
        await page.Locator("#list > li").Nth(1).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.That(await TextsAsync(page), Is.EqualTo(new[] { "A picture <b>not bold</b>" }));

        await page.ClickAsync("#sign-out");
        await page.Locator("#sign-in").WaitForAsync();
        await ShotAsync(page, "signed-out");
        Assert.That(_faults, Is.Empty);
    }

    [Test]
    public async Task Passwords_are_refused_in_the_words_of_AWS()
    {
        var page = await OpenAsync();
        await page.ClickAsync("#sign-in [href='#sign-up']");
        await FillAsync(page, "sign-up", "ada@example.com", "weak");
        Assert.That(await RefusalAsync(page), Is.EqualTo("Password did not conform with policy: Password not long enough"));
        await ShotAsync(page, "weak");
        await FillAsync(page, "sign-up", "ada@example.com", "wonderland1");
        Assert.That(await RefusalAsync(page), Is.EqualTo("Password did not conform with policy: Password must have uppercase characters"));

        await FillAsync(page, "sign-up", "ada@example.com", Password);
        await page.Locator("#confirm").WaitForAsync();
        var code = _aws.Inbox.CodeFor("ada@example.com");
        var inbox = await page.Context.RunAndWaitForPageAsync(() => page.ClickAsync("#confirm [data-inbox]"));
        await inbox.GetByText(code).First.WaitForAsync();
        await ShotAsync(inbox, "inbox");
        await page.FillAsync("#confirm [name=code]", code == "000000" ? "000001" : "000000");
        await page.ClickAsync("#confirm form button");
        Assert.That(await RefusalAsync(page), Is.EqualTo("Invalid verification code provided, please try again."));
        await ShotAsync(page, "code");

        await page.GotoAsync($"{_site}#sign-in");
        await page.ReloadAsync();
        await FillAsync(page, "sign-in", "ada@example.com", "Wonderland2");
        Assert.That(await RefusalAsync(page), Is.EqualTo("Incorrect username or password."));
        await FillAsync(page, "sign-in", "nobody@example.com", Password);
        Assert.That(await RefusalAsync(page), Is.EqualTo("Incorrect username or password."));
        await ShotAsync(page, "wrong");
        Assert.That(_faults, Is.Empty);
    }

    [Test]
    public async Task A_user_does_not_see_the_notes_of_another()
    {
        var ada = await OpenAsync();
        await SignUpAsync(ada, "ada@example.com");
        await WriteAsync(ada, "Ada's");
        var bob = await OpenAsync();
        await SignUpAsync(bob, "bob@example.com");
        await bob.Locator("#empty").WaitForAsync();
        await WriteAsync(bob, "Bob's");
        await ada.ReloadAsync();
        await ada.Locator("#list > li").First.WaitForAsync();
        Assert.That((await TextsAsync(ada)).Concat(await TextsAsync(bob)), Is.EqualTo(new[] { "Ada's", "Bob's" }));
        Assert.That(_faults, Is.Empty);
    }

    /// <summary>An access token is good for an hour, then the page renews it; a refresh token is good for 30 days.</summary>
    [Test]
    public async Task An_expired_session_is_renewed_until_it_cannot_be()
    {
        var page = await OpenAsync();
        await SignUpAsync(page, "ada@example.com");
        _aws.Clock.Advance(TimeSpan.FromMinutes(61));
        await WriteAsync(page, "an hour later");
        Assert.That(_aws.Journal.Of("cognito-idp", "InitiateAuth").Count(), Is.EqualTo(2)); // SRP, then the refresh

        _aws.Clock.Advance(TimeSpan.FromDays(30));
        await page.FillAsync("#new-text", "a month later");
        await page.ClickAsync("#composer button");
        await page.Locator("#sign-in").WaitForAsync();
        Assert.That(await RefusalAsync(page), Is.EqualTo("Refresh Token has expired"));
        await ShotAsync(page, "expired");
        Assert.That(_faults, Is.Empty);
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await Browser.OpenAsync();
        page.PageError += (_, error) => _faults.Add(error);
        await page.GotoAsync(_site.AbsoluteUri);
        await page.Locator("#sign-in").WaitForAsync();
        return page;
    }

    private async Task SignUpAsync(IPage page, string email)
    {
        await page.ClickAsync("#sign-in [href='#sign-up']");
        await FillAsync(page, "sign-up", email, Password);
        await page.Locator("#confirm").WaitForAsync();
        await page.FillAsync("#confirm [name=code]", _aws.Inbox.CodeFor(email));
        await page.ClickAsync("#confirm form button");
        await page.Locator("#notes").WaitForAsync();
    }

    private static async Task FillAsync(IPage page, string section, string email, string password)
    {
        await page.FillAsync($"#{section} [name=email]", email);
        await page.FillAsync($"#{section} [name=password]", password);
        await page.ClickAsync($"#{section} form button");
    }

    private static async Task WriteAsync(IPage page, string text, FilePayload? picture = null)
    {
        await page.FillAsync("#new-text", text);
        if (picture is not null) await page.SetInputFilesAsync("#composer input[type=file]", picture);
        await page.ClickAsync("#composer button");
        await page.WaitForFunctionAsync("text => [...document.querySelectorAll('#list .text')].some(note => note.textContent === text)", text);
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(IPage page) => await page.Locator("#list .text").AllTextContentsAsync();

    /// <summary>The refusal that is shown once the form can be used again.</summary>
    private static async Task<string> RefusalAsync(IPage page)
    {
        await page.Locator("main > section:not([hidden]) form button:enabled").First.WaitForAsync();
        await page.Locator("#message.error").WaitForAsync();
        return await page.Locator("#message").InnerTextAsync();
    }

    /// <summary>A picture that the browser paints itself.</summary>
    private static async Task<FilePayload> PictureAsync(IPage page)
    {
        var url = await page.EvaluateAsync<string>("""
            () => {
              const canvas = Object.assign(document.createElement("canvas"), { width: 240, height: 120 });
              const paint = canvas.getContext("2d");
              const sky = paint.createLinearGradient(0, 0, 0, 120);
              sky.addColorStop(0, "#4f46e5");
              sky.addColorStop(1, "#fbbf24");
              paint.fillStyle = sky;
              paint.fillRect(0, 0, 240, 120);
              paint.fillStyle = "white";
              paint.arc(120, 60, 30, 0, 7);
              paint.fill();
              return canvas.toDataURL("image/png");
            }
            """);
        return new() { Name = "sky.png", MimeType = "image/png", Buffer = Convert.FromBase64String(url["data:image/png;base64,".Length..]) };
    }

    /// <summary>What the page looks like, beside the result of the test.</summary>
    private async Task ShotAsync(IPage page, string name)
    {
        var path = Path.Combine(Path.GetTempPath(), "emulator-screenshots", $"{TestContext.CurrentContext.Test.MethodName}-{++_shots}-{name}.png");
        await page.ScreenshotAsync(new() { Path = path });
        TestContext.AddTestAttachment(path);
    }
}
