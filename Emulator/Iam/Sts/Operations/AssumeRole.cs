using System.Globalization;
using Emulator.Iam.Policies;
using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.Iam.Sts.Operations;

/// <summary>Gives temporary credentials of a role. Whether the caller may is decided before, by the role's trust policy and the caller's own policies.</summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html</remarks>
internal static class AssumeRole
{
    /// <summary>Where a session's context keeps the keys of the tags that it hands on; no condition key of AWS's.</summary>
    private const string TransitiveTagKeys = "session:TransitiveTagKeys";

    private const string PrincipalTag = "aws:PrincipalTag/";

    public static AssumeRoleInput Bind(RestRequest request)
    {
        var form = AwsQuery.Form(request);
        var input = new AssumeRoleInput(form.GetValueOrDefault("RoleArn")!, form.GetValueOrDefault("RoleSessionName")!)
        {
            Policy = form.GetValueOrDefault("Policy"),
            DurationSeconds = StsForm.Seconds(form),
            Tags = [.. AwsQuery.Structures(form, "Tags").Select(tag => new SessionTag(tag.GetValueOrDefault("Key")!, tag.GetValueOrDefault("Value")!))],
            TransitiveTagKeys = AwsQuery.List(form, "TransitiveTagKeys"),
            ExternalId = form.GetValueOrDefault("ExternalId"),
            SourceIdentity = form.GetValueOrDefault("SourceIdentity"),
        };
        CheckShapes(input);
        RefuseWhatIsNotBuilt(form);
        if (!Arn.IsWellFormed(input.RoleArn)) throw StsErrors.InvalidArn(input.RoleArn);
        CheckTags(input);
        if (input.Policy is { } policy) PolicyDocument.Parse(policy, PolicyKind.Identity);
        return input;
    }

    public static IReadOnlyList<Permission> Permissions(Call call, AssumeRoleInput input)
    {
        List<KeyValuePair<string, string>> context = [new("sts:RoleSessionName", input.RoleSessionName)];
        if (input.ExternalId is { } externalId) context.Add(new("sts:ExternalId", externalId));
        if (input.SourceIdentity is { } sourceIdentity) context.Add(new("sts:SourceIdentity", sourceIdentity));
        foreach (var (key, value) in input.Tags)
        {
            context.Add(new($"aws:RequestTag/{key}", value));
            context.Add(new("aws:TagKeys", key));
        }
        foreach (var key in input.TransitiveTagKeys) context.Add(new("sts:TransitiveTagKeys", key));

        List<Permission> permissions = [Ask("sts:AssumeRole")];
        if (input.SourceIdentity is not null) permissions.Add(Ask("sts:SetSourceIdentity"));
        if (input.Tags.Count > 0) permissions.Add(Ask("sts:TagSession"));
        return permissions;

        Permission Ask(string action) => new(action, input.RoleArn) { Context = context };
    }

    public static async ValueTask<AssumeRoleOutput> ExecuteAsync(StsService service, Call call, AssumeRoleInput input)
    {
        // What is well-formed and yet no role can have no trust policy: only where that is not enforced does it come here.
        if (DeclaredPrincipals.ReadRoleArn(input.RoleArn) is null) throw StsErrors.InvalidArn(input.RoleArn);
        var session = SessionContext(call.Caller, input);
        var credentials = await service.Directory.IssueAsync(new(input.RoleArn, input.RoleSessionName, Duration(service.Directory.FindRole(input.RoleArn), call.Caller, input))
        {
            SessionPolicy = input.Policy,
            SessionContext = session,
        });
        return new(credentials, input);
    }

    public static Reply Write(AssumeRoleOutput output, Call call) => AwsQuery.Reply("AssumeRole", StsXml.Namespace, xml =>
    {
        var (credentials, input) = output;
        if (input.SourceIdentity is { } sourceIdentity) xml.WriteElementString("SourceIdentity", sourceIdentity);
        xml.WriteStartElement("AssumedRoleUser");
        xml.WriteElementString("AssumedRoleId", credentials.Caller.UserId);
        xml.WriteElementString("Arn", credentials.Caller.Arn);
        xml.WriteEndElement();
        StsXml.WriteCredentials(xml, credentials);
        if (PackedPolicySize(input) is { } percent) xml.WriteElementString("PackedPolicySize", percent.ToString(CultureInfo.InvariantCulture));
    }, call);

    private static void CheckShapes(AssumeRoleInput input)
    {
        var constraints = new StsConstraints()
            .Required("roleArn", input.RoleArn)
            .Length("roleArn", input.RoleArn, StsLimits.RoleArnMinimumCharacters, StsLimits.RoleArnMaximumCharacters)
            .Required("roleSessionName", input.RoleSessionName)
            .Length("roleSessionName", input.RoleSessionName, StsLimits.SessionNameMinimumCharacters, StsLimits.SessionNameMaximumCharacters)
            .Only("roleSessionName", input.RoleSessionName, StsConstraints.SessionName)
            .Length("policy", input.Policy, 1, StsLimits.SessionPolicyMaximumCharacters)
            .Range("durationSeconds", input.DurationSeconds, StsLimits.DurationMinimumSeconds, StsLimits.AssumeRoleMaximumSeconds)
            .Length("externalId", input.ExternalId, StsLimits.ExternalIdMinimumCharacters, StsLimits.ExternalIdMaximumCharacters)
            .Only("externalId", input.ExternalId, StsConstraints.ExternalId)
            .Length("sourceIdentity", input.SourceIdentity, StsLimits.SessionNameMinimumCharacters, StsLimits.SessionNameMaximumCharacters)
            .Only("sourceIdentity", input.SourceIdentity, StsConstraints.SessionName)
            .Count("tags", input.Tags.Count, StsLimits.SessionTagsMaximum)
            .Count("transitiveTagKeys", input.TransitiveTagKeys.Count, StsLimits.SessionTagsMaximum);
        for (var i = 0; i < input.Tags.Count; i++)
        {
            var (key, value) = input.Tags[i];
            var (keyName, valueName) = ($"tags.{i + 1}.member.key", $"tags.{i + 1}.member.value");
            constraints
                .Required(keyName, key)
                .Length(keyName, key, 1, StsLimits.TagKeyMaximumCharacters)
                .OnlyTagCharacters(keyName, key, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]+")
                .Required(valueName, value)
                .Length(valueName, value, 0, StsLimits.TagValueMaximumCharacters)
                .OnlyTagCharacters(valueName, value, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
        }
        constraints.ThrowIfViolated();
    }

    private static void RefuseWhatIsNotBuilt(IReadOnlyDictionary<string, string> form)
    {
        foreach (var name in (ReadOnlySpan<string>)["PolicyArns", "SerialNumber", "TokenCode", "ProvidedContexts"])
        {
            if (form.Keys.Any(key => key == name || key.StartsWith($"{name}.member.", StringComparison.Ordinal))) throw Errors.NotImplemented("AssumeRole", name);
        }
    }

    private static void CheckTags(AssumeRoleInput input)
    {
        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (!input.Tags.All(tag => keys.Add(tag.Key))) throw StsErrors.DuplicateTagKeys();
        if (!input.TransitiveTagKeys.All(keys.Contains)) throw StsErrors.TransitiveTagKeyNotRequested();
    }

    private static TimeSpan Duration(IamPrincipal? role, Caller caller, AssumeRoleInput input)
    {
        var duration = TimeSpan.FromSeconds(input.DurationSeconds ?? StsLimits.AssumeRoleDefaultSeconds);
        if (caller.Kind is CallerKind.AssumedRole && duration.TotalSeconds > StsLimits.RoleChainingMaximumSeconds) throw StsErrors.DurationExceedsChaining();
        if (duration > role?.MaxSessionDuration) throw StsErrors.DurationExceedsRole();
        return duration;
    }

    /// <summary>The session's tags: those asked for, and those that the calling session hands on.</summary>
    private static Dictionary<string, string> SessionContext(Caller caller, AssumeRoleInput input)
    {
        var session = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var transitive = new List<string>(input.TransitiveTagKeys);
        foreach (var (key, value) in input.Tags) session[PrincipalTag + key] = value;
        foreach (var key in caller.SessionContext.GetValueOrDefault(TransitiveTagKeys)?.Split(',') ?? [])
        {
            if (!caller.SessionContext.TryGetValue(PrincipalTag + key, out var inherited)) continue;
            if (!session.TryAdd(PrincipalTag + key, inherited)) throw StsErrors.TransitiveTagConflict();
            transitive.Add(key);
        }
        // A comma cannot stand in the key of a tag.
        if (transitive.Count > 0) session[TransitiveTagKeys] = string.Join(',', transitive);
        if ((input.SourceIdentity ?? caller.SessionContext.GetValueOrDefault("aws:SourceIdentity")) is { } sourceIdentity) session["aws:SourceIdentity"] = sourceIdentity;
        return session;
    }

    /// <summary>How much of the allotted space policy and tags take. AWS packs them in a form of its own; here the characters are counted.</summary>
    private static int? PackedPolicySize(AssumeRoleInput input)
    {
        if (input.Policy is null && input.Tags.Count == 0) return null;
        var characters = (input.Policy?.Length ?? 0) + input.Tags.Sum(tag => tag.Key.Length + tag.Value.Length);
        return (int)Math.Ceiling(100.0 * characters / (StsLimits.SessionPolicyMaximumCharacters * 2));
    }
}

internal sealed record AssumeRoleInput(string RoleArn, string RoleSessionName)
{
    public string? Policy { get; init; }
    public int? DurationSeconds { get; init; }
    public IReadOnlyList<SessionTag> Tags { get; init; } = [];
    public IReadOnlyList<string> TransitiveTagKeys { get; init; } = [];
    public string? ExternalId { get; init; }
    public string? SourceIdentity { get; init; }
}

internal sealed record SessionTag(string Key, string Value);

internal sealed record AssumeRoleOutput(SessionCredentials Credentials, AssumeRoleInput Input);
