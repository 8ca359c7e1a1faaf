// A user's whole life with amazon-cognito-identity-js: sign-up, SRP, refresh, passwords, sign-out.
import cognito from "amazon-cognito-identity-js";
import { claims, codeFor, endpoint, refusal, report, settings } from "./lib.mjs";

const { AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool } = cognito;
const { poolId, clientId, email, password, newPassword } = settings;
const pool = new CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint });

const user = () => new CognitoUser({ Username: email, Pool: pool });
const promise = (start) => new Promise((resolve, reject) => start((error, result) => (error ? reject(error) : resolve(result))));
const callbacks = (start) => new Promise((onSuccess, onFailure) => start({ onSuccess, onFailure, inputVerificationCode: onSuccess }));

const signUp = (secret) => promise((done) => pool.signUp(email, secret, [new CognitoUserAttribute({ Name: "email", Value: email })], null, done));
const confirm = (code) => promise((done) => user().confirmRegistration(code, true, done));

async function signIn(secret) {
  const who = user();
  const session = await callbacks((on) => who.authenticateUser(new AuthenticationDetails({ Username: email, Password: secret }), on));
  return { who, session };
}

const weakPassword = await refusal(signUp("weak"));
const signedUp = await signUp(password);
const twice = await refusal(signUp(password));
const unconfirmed = await refusal(signIn(password));
const code = await codeFor(email);
const wrongCode = await refusal(confirm(code === "000000" ? "000001" : "000000"));
const confirmed = await confirm(code);
const wrongPassword = await refusal(signIn(`${password}x`));

const { who, session } = await signIn(password);
const attributes = await promise((done) => who.getUserAttributes(done));
const refreshed = await promise((done) => who.refreshSession(session.getRefreshToken(), done));

const wrongOldPassword = await refusal(promise((done) => who.changePassword(`${password}x`, newPassword, done)));
const changed = await promise((done) => who.changePassword(password, newPassword, done));
const oldPassword = await refusal(signIn(password));

const sent = await callbacks((on) => user().forgotPassword(on));
const resetCode = await codeFor(email);
const reset = await callbacks((on) => user().confirmPassword(resetCode, password, on));

const { who: again, session: last } = await signIn(password);
const signedOut = await callbacks((on) => again.globalSignOut(on));
const late = user();
late.setSignInUserSession(last);
const afterSignOut = await refusal(promise((done) => late.getUserData(done, { bypassCache: true })));
const refreshAfterSignOut = await refusal(promise((done) => late.refreshSession(last.getRefreshToken(), done)));

const strangers = new CognitoUserPool({ UserPoolId: poolId, ClientId: "0123456789abcdefghijklmnop", endpoint });
const unknownClient = await refusal(promise((done) => strangers.signUp(email, password, [], null, done)));

report({
  weakPassword,
  signedUp: { sub: signedUp.userSub, isConfirmed: signedUp.userConfirmed, delivery: signedUp.codeDeliveryDetails },
  twice,
  unconfirmed,
  wrongCode,
  confirmed,
  wrongPassword,
  id: session.getIdToken().payload,
  access: session.getAccessToken().payload,
  isValid: session.isValid(),
  attributes: Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value])),
  refreshed: claims(refreshed.getAccessToken().getJwtToken()),
  wrongOldPassword,
  changed,
  oldPassword,
  sent: sent.CodeDeliveryDetails,
  reset,
  signedOut,
  afterSignOut,
  refreshAfterSignOut,
  unknownClient,
});
