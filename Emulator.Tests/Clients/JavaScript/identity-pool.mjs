// A page's way: sign in, take the role of the identity pool, and use S3 and DynamoDB in it.
import { CognitoIdentityProviderClient, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { CognitoIdentityClient, GetCredentialsForIdentityCommand, GetIdCommand } from "@aws-sdk/client-cognito-identity";
import { fromCognitoIdentityPool } from "@aws-sdk/credential-provider-cognito-identity";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { refusal, report, settings } from "./lib.mjs";

const { identityPoolId, clientId, provider, password } = settings;
const idp = new CognitoIdentityProviderClient({});
const identity = new CognitoIdentityClient({});

async function signIn(username) {
  const { AuthenticationResult: tokens } = await idp.send(
    new InitiateAuthCommand({ AuthFlow: "USER_PASSWORD_AUTH", ClientId: clientId, AuthParameters: { USERNAME: username, PASSWORD: password } }),
  );
  const logins = { [provider]: tokens.IdToken };
  const credentials = fromCognitoIdentityPool({ client: identity, identityPoolId, logins });
  return { logins, credentials, id: (await credentials()).identityId };
}

const ada = await signIn("ada");
const bob = await signIn("bob");
const { IdentityId: again } = await identity.send(new GetIdCommand({ IdentityPoolId: identityPoolId, Logins: ada.logins }));
const { Credentials: given } = await identity.send(new GetCredentialsForIdentityCommand({ IdentityId: ada.id, Logins: ada.logins }));

const { credentials } = ada;
const caller = await new STSClient({ credentials }).send(new GetCallerIdentityCommand({}));

const s3 = new S3Client({ credentials });
const Bucket = "users";
await s3.send(new PutObjectCommand({ Bucket, Key: `${ada.id}/note.txt`, Body: "mine" }));
const own = await (await s3.send(new GetObjectCommand({ Bucket, Key: `${ada.id}/note.txt` }))).Body.transformToString();
const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: `${ada.id}/` }));

const table = DynamoDBDocumentClient.from(new DynamoDBClient({ credentials }));
const TableName = "Scores";
await table.send(new PutCommand({ TableName, Item: { owner: ada.id, game: "chess", points: 12 } }));
const { Item: score } = await table.send(new GetCommand({ TableName, Key: { owner: ada.id, game: "chess" } }));
const query = (owner) => table.send(new QueryCommand({ TableName, KeyConditionExpression: "#o = :o", ExpressionAttributeNames: { "#o": "owner" }, ExpressionAttributeValues: { ":o": owner } }));

report({
  ids: [ada.id, bob.id],
  again,
  lastsSeconds: Math.round((given.Expiration - Date.now()) / 1000),
  keyId: given.AccessKeyId,
  caller: { account: caller.Account, arn: caller.Arn },
  s3: {
    own,
    listed: listed.Contents.map(({ Key }) => Key),
    anothersObject: await refusal(s3.send(new GetObjectCommand({ Bucket, Key: `${bob.id}/note.txt` }))),
    writeToAnother: await refusal(s3.send(new PutObjectCommand({ Bucket, Key: `${bob.id}/note.txt`, Body: "not mine" }))),
    listAll: await refusal(s3.send(new ListObjectsV2Command({ Bucket }))),
  },
  dynamoDb: {
    score,
    own: (await query(ada.id)).Items.length,
    anothersItems: await refusal(query(bob.id)),
    writeToAnother: await refusal(table.send(new PutCommand({ TableName, Item: { owner: bob.id, game: "chess" } }))),
    scan: await refusal(table.send(new ScanCommand({ TableName }))),
  },
  guest: await refusal(identity.send(new GetIdCommand({ IdentityPoolId: identityPoolId }))),
  noLogins: await refusal(identity.send(new GetCredentialsForIdentityCommand({ IdentityId: ada.id }))),
  brokenToken: await refusal(identity.send(new GetIdCommand({ IdentityPoolId: identityPoolId, Logins: { [provider]: `${ada.logins[provider]}x` } }))),
});
