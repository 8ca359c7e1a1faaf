// What the page has to know about the back end. On AWS one puts a config.json beside the page:
//   { "region": "eu-central-1", "userPoolId": "eu-central-1_...", "clientId": "...", "api": "https://....execute-api.eu-central-1.amazonaws.com" }
// Without one the page asks the emulator that serves it.

export async function loadSettings() {
  return (await fromFile()) ?? (await fromEmulator());
}

async function fromFile() {
  const answer = await fetch("config.json");
  if (!answer.ok) return null;
  const { region, userPoolId, clientId, api } = await answer.json();
  return { cognito: `https://cognito-idp.${region}.amazonaws.com/`, userPoolId, clientId, api, inbox: null };
}

async function fromEmulator() {
  const { protocol, hostname, port } = location;
  const emulator = `${protocol}//${hostname.endsWith(".localhost") ? "localhost" : hostname}:${port}`;
  const answer = await fetch(`${emulator}/_emulator/outputs.json`);
  if (!answer.ok) throw new Error("There is neither a config.json beside this page nor an emulator behind it.");
  const outputs = await answer.json();
  const pool = outputs.userPools.notes;
  return {
    cognito: `${emulator}/`,
    userPoolId: pool.id,
    clientId: pool.clients.web,
    api: outputs.httpApis.notes.url,
    inbox: `${emulator}/_emulator/inbox`,
  };
}
