namespace Emulator.DynamoDb.ResourcePolicies;

/// <summary>The policy of a table or stream as it is stored.</summary>
/// <param name="Document">In the form in which AWS gives it back, but for a Version that was not sent.</param>
/// <param name="RevisionId">The milliseconds of its last change.</param>
internal sealed record TablePolicy(string Document, string RevisionId);
