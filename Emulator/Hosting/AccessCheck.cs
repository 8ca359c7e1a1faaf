using Emulator.Iam;
using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.Hosting;

/// <summary>Asks the authorizer on behalf of an operation.</summary>
internal sealed class AccessCheck(EmulatorHost host) : IAccessCheck
{
    public bool Allows(Call call, Permission permission) => !host.Authorizer.Authorize(call.Caller, [permission], call.Conditions).IsRefused;
}
