using Emulator.Protocols;
using Emulator.S3.Access;

namespace Emulator.S3.Control.Operations;

/// <summary>The public access block of an account, which stands beside that of each of its buckets: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html; recorded: TestS3ControlPublicAccessBlock</remarks>
internal static class AccountPublicAccess
{
    public static async ValueTask<PublicAccessBlock> Put(S3Service service, Call call, S3Document input)
    {
        var document = await input.ReadAsync("PublicAccessBlockConfiguration", call.Cancelled);
        if (document.Children.Count == 0) throw S3Errors.InvalidRequest("Must specify at least one configuration.");
        var block = PublicAccessBlock.Parse(document);
        return await service.CommitAsync((tx, _) =>
        {
            AccountSettings.PutPublicAccessBlock(tx, call.Account, block);
            return block;
        });
    }

    public static ValueTask<PublicAccessBlock> Get(S3Service service, Call call, S3Document input)
    {
        using var snapshot = service.Snapshot();
        return new(AccountSettings.FindPublicAccessBlock(snapshot, call.Account) ?? throw NotSet(call.Account));
    }

    public static Reply Write(PublicAccessBlock output) => output.Write(S3ControlDocument.Open("PublicAccessBlockConfiguration"u8)).ToReply();

    public static ValueTask<bool> Delete(S3Service service, Call call, S3Document input) => service.CommitAsync((tx, _) =>
    {
        AccountSettings.DeletePublicAccessBlock(tx, call.Account);
        return true;
    });

    private static AwsException NotSet(string account) =>
        new("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", 404) { Members = [new("AccountId", account)] };
}
