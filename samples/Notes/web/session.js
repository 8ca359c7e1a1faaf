// Who is signed in: Cognito's API, called as it is, and the tokens it gives.
import { SrpSignIn } from "./srp.js";

const STORED = "notes.session"; // in sessionStorage: gone with the tab, and no other tab or site sees it

/** What AWS said, in AWS's words. `code` is its name, as NotAuthorizedException. */
export class AwsError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export class Session {
  #settings;
  #tokens = JSON.parse(sessionStorage.getItem(STORED));

  constructor(settings) {
    this.#settings = settings;
  }

  get isSignedIn() {
    return this.#tokens !== null;
  }

  get email() {
    return this.#tokens?.email;
  }

  get accessToken() {
    return this.#tokens?.accessToken;
  }

  signUp(email, password) {
    return this.#call("SignUp", { Username: email, Password: password, UserAttributes: [{ Name: "email", Value: email }] });
  }

  confirm(email, code) {
    return this.#call("ConfirmSignUp", { Username: email, ConfirmationCode: code });
  }

  resendCode(email) {
    return this.#call("ResendConfirmationCode", { Username: email });
  }

  forgotPassword(email) {
    return this.#call("ForgotPassword", { Username: email });
  }

  setPassword(email, code, password) {
    return this.#call("ConfirmForgotPassword", { Username: email, ConfirmationCode: code, Password: password });
  }

  /** The password is used here only: Cognito gets a proof that the page knows it. */
  async signIn(email, password) {
    const srp = new SrpSignIn();
    const challenge = await this.#call("InitiateAuth", {
      AuthFlow: "USER_SRP_AUTH",
      AuthParameters: { USERNAME: email, SRP_A: srp.publicValue },
    });
    if (challenge.ChallengeName !== "PASSWORD_VERIFIER") throw new Error(`This page does not know the challenge ${challenge.ChallengeName}.`);
    const answer = await this.#call("RespondToAuthChallenge", {
      ChallengeName: challenge.ChallengeName,
      ChallengeResponses: srp.prove(this.#settings.userPoolId, challenge.ChallengeParameters, password),
      Session: challenge.Session,
    });
    if (!answer.AuthenticationResult) throw new Error(`This page does not know the challenge ${answer.ChallengeName}.`);
    this.#keep({ email, refreshToken: answer.AuthenticationResult.RefreshToken, accessToken: answer.AuthenticationResult.AccessToken });
  }

  /** A new access token for an expired one. Throws what Cognito says when the refresh token is no good any more. */
  async refresh() {
    try {
      const answer = await this.#call("InitiateAuth", {
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: this.#tokens.refreshToken },
      });
      this.#keep({ ...this.#tokens, accessToken: answer.AuthenticationResult.AccessToken });
    } catch (error) {
      if (error instanceof AwsError) this.#keep(null);
      throw error;
    }
  }

  /** Ends the session everywhere; the tab forgets it even when the server cannot be reached. */
  async signOut() {
    const { accessToken } = this.#tokens;
    this.#keep(null);
    await this.#call("GlobalSignOut", { AccessToken: accessToken }).catch(() => {});
  }

  #keep(tokens) {
    this.#tokens = tokens;
    if (tokens) sessionStorage.setItem(STORED, JSON.stringify(tokens));
    else sessionStorage.removeItem(STORED);
  }

  async #call(operation, input) {
    const body = operation === "GlobalSignOut" ? input : { ClientId: this.#settings.clientId, ...input };
    const answer = await fetch(this.#settings.cognito, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AWSCognitoIdentityProviderService.${operation}` },
      body: JSON.stringify(body),
    });
    const output = await answer.json();
    if (!answer.ok) throw new AwsError(output.__type?.split("#").pop(), output.message ?? output.Message);
    return output;
  }
}
