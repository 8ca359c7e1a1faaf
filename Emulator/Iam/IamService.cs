using Emulator.Integration;

namespace Emulator.Iam;

/// <summary>The IAM API: shows the users and roles that emulator.yaml declares. Its state is the directory's.</summary>
internal sealed class IamService(IamDirectory directory) : IServiceSlice
{
    public DeclaredPrincipals Declared => directory.Declared;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ApplyAsync(CancellationToken cancelled) => new([]);

    /// <inheritdoc/>
    public IEnumerable<ResourceSummary> Resources() =>
        Declared.Users.Concat(Declared.Roles).Select(principal => new ResourceSummary("iam", principal.Kind is CallerKind.User ? "User" : "Role", principal.Name, principal.Id, principal.Arn));
}
