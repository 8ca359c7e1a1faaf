// Who calls.
import { AssumeRoleCommand, GetCallerIdentityCommand, GetFederationTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { refusal, report, settings } from "./lib.mjs";

const who = async (options = {}) => {
  const { Account, Arn, UserId } = await new STSClient(options).send(new GetCallerIdentityCommand({}));
  return { account: Account, arn: Arn, id: UserId };
};
const client = new STSClient({});
const session = await client.send(new AssumeRoleCommand({ RoleArn: settings.roleArn, RoleSessionName: "desk" }));
const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration } = session.Credentials;
const credentials = { accessKeyId, secretAccessKey, sessionToken };

report({
  caller: await who(),
  session: { ...session.AssumedRoleUser, keyId: accessKeyId, lastsSeconds: Math.round((Expiration - Date.now()) / 1000) },
  inRole: await who({ credentials }),
  wrongSecret: await refusal(who({ credentials: { ...credentials, secretAccessKey: `${secretAccessKey.slice(1)}x` } })),
  wrongToken: await refusal(who({ credentials: { ...credentials, sessionToken: "x" } })),
  unknownKey: await refusal(who({ credentials: { accessKeyId: "AKIAUNKNOWNUNKNOWN01", secretAccessKey: "x" } })),
  forbidden: await refusal(client.send(new AssumeRoleCommand({ RoleArn: settings.closedRoleArn, RoleSessionName: "desk" }))),
  invalid: await refusal(client.send(new AssumeRoleCommand({ RoleArn: settings.roleArn, RoleSessionName: "a b" }))),
  notBuilt: await refusal(client.send(new GetFederationTokenCommand({ Name: "x" }))),
});
