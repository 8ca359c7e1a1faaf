// What the scripts share: what the test gives them, and how they tell it what they saw.

/** What the test gives: ids, names, passwords. */
export const settings = JSON.parse(process.env.SETTINGS ?? "{}");

/** Where the emulator listens; the SDK's clients read the same variable themselves. */
export const endpoint = process.env.AWS_ENDPOINT_URL;

/** How a call is refused; null when it is not. */
export function refusal(call) {
  return call.then(
    () => null,
    (error) => ({ name: error.name, message: error.message, status: error.$metadata?.httpStatusCode }),
  );
}

/** The code in the newest mail to an address. */
export async function codeFor(address) {
  const answer = await fetch(`${endpoint}/_emulator/inbox.json?to=${encodeURIComponent(address)}`);
  return (await answer.json()).at(-1).code;
}

/** What a token says. */
export function claims(token) {
  return JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
}

/** Ends the script with what it saw. */
export function report(seen) {
  process.stdout.write(JSON.stringify(seen));
}
