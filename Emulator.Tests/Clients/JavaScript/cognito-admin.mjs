// What an administrator does with user pools.
import * as idp from "@aws-sdk/client-cognito-identity-provider";
import { claims, refusal, report } from "./lib.mjs";

const client = new idp.CognitoIdentityProviderClient({});
const call = (name, input) => client.send(new idp[`${name}Command`](input));

const { UserPool: created } = await call("CreateUserPool", { PoolName: "staff", AutoVerifiedAttributes: ["email"] });
const UserPoolId = created.Id;
const { UserPoolClient: app } = await call("CreateUserPoolClient", {
  UserPoolId,
  ClientName: "desk",
  ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
});
const ClientId = app.ClientId;
const { UserPool: pool } = await call("DescribeUserPool", { UserPoolId });
const { UserPoolClient: described } = await call("DescribeUserPoolClient", { UserPoolId, ClientId });

const Username = "ada";
const signIn = (PASSWORD) => call("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", ClientId, AuthParameters: { USERNAME: Username, PASSWORD } });
const newUser = { UserPoolId, Username, TemporaryPassword: "Temporary-1", MessageAction: "SUPPRESS", UserAttributes: [{ Name: "email", Value: "ada@example.com" }] };

const { User: user } = await call("AdminCreateUser", newUser);
const twice = await refusal(call("AdminCreateUser", newUser));
const challenge = await signIn("Temporary-1");
const { AuthenticationResult: first } = await call("RespondToAuthChallenge", {
  ClientId,
  ChallengeName: challenge.ChallengeName,
  Session: challenge.Session,
  ChallengeResponses: { USERNAME: Username, NEW_PASSWORD: "Lovelace-1815" },
});
await call("AdminSetUserPassword", { UserPoolId, Username, Password: "Analytical-1", Permanent: true });
const known = await call("AdminGetUser", { UserPoolId, Username });

await call("CreateGroup", { UserPoolId, GroupName: "engineers", Precedence: 1 });
await call("AdminAddUserToGroup", { UserPoolId, Username, GroupName: "engineers" });
const { AuthenticationResult: second } = await signIn("Analytical-1");
const { AuthenticationResult: refreshed } = await call("InitiateAuth", { AuthFlow: "REFRESH_TOKEN_AUTH", ClientId, AuthParameters: { REFRESH_TOKEN: second.RefreshToken } });
const { AuthenticationResult: asAdmin } = await call("AdminInitiateAuth", { UserPoolId, ClientId, AuthFlow: "ADMIN_USER_PASSWORD_AUTH", AuthParameters: { USERNAME: Username, PASSWORD: "Analytical-1" } });
const { Users: found } = await call("ListUsers", { UserPoolId, Filter: 'email = "ada@example.com"' });
const { Users: foundNone } = await call("ListUsers", { UserPoolId, Filter: 'email = "nobody@example.com"' });

await call("AdminDisableUser", { UserPoolId, Username });
const disabled = await refusal(signIn("Analytical-1"));

report({
  poolId: UserPoolId,
  policy: pool.Policies.PasswordPolicy,
  created: pool.CreationDate instanceof Date,
  flows: described.ExplicitAuthFlows,
  user: { status: user.UserStatus, isEnabled: user.Enabled, created: user.UserCreateDate instanceof Date },
  twice,
  challenge: challenge.ChallengeName,
  first: { type: first.TokenType, seconds: first.ExpiresIn, access: claims(first.AccessToken) },
  known: known.UserStatus,
  access: claims(second.AccessToken),
  refreshed: { hasRefreshToken: refreshed.RefreshToken !== undefined, access: claims(refreshed.AccessToken) },
  asAdmin: claims(asAdmin.IdToken),
  found: found.map((one) => one.Username),
  foundNone: foundNone.length,
  disabled,
  absentUser: await refusal(call("AdminGetUser", { UserPoolId, Username: "nobody" })),
  absentPool: await refusal(call("DescribeUserPool", { UserPoolId: "us-east-1_Absent000" })),
  notBuilt: await refusal(call("CreateUserPoolDomain", { UserPoolId, Domain: "staff" })),
});
