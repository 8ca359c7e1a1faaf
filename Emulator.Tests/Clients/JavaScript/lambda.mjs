// Functions, invoked.
import * as aws from "@aws-sdk/client-lambda";
import { refusal, report } from "./lib.mjs";

const client = new aws.LambdaClient({});
const call = (name, input) => client.send(new aws[`${name}Command`](input));
const invoke = (FunctionName, payload, more) => call("Invoke", { FunctionName, Payload: JSON.stringify(payload), ...more });
const payload = (answer) => JSON.parse(answer.Payload.transformToString());

const echo = await invoke("echo", { text: "안녕" }, { LogType: "Tail" });
const failed = await invoke("fail", { text: "x" }, { LogType: "Tail" });
const event = await invoke("echo", {}, { InvocationType: "Event" });
const dryRun = await invoke("echo", {}, { InvocationType: "DryRun" });
const { Functions } = await call("ListFunctions", {});
const { Configuration } = await call("GetFunction", { FunctionName: "echo" });

report({
  echo: { status: echo.StatusCode, version: echo.ExecutedVersion, error: echo.FunctionError ?? null, payload: payload(echo), log: Buffer.from(echo.LogResult, "base64").toString() },
  failed: { status: failed.StatusCode, error: failed.FunctionError, payload: payload(failed), log: Buffer.from(failed.LogResult, "base64").toString() },
  event: { status: event.StatusCode, length: event.Payload?.length ?? 0 },
  dryRun: dryRun.StatusCode,
  byArn: payload(await invoke(Configuration.FunctionArn, "arn")),
  functions: Functions.map(({ FunctionName }) => FunctionName),
  configuration: { arn: Configuration.FunctionArn, timeout: Configuration.Timeout, memory: Configuration.MemorySize, state: Configuration.State },
  absent: await refusal(invoke("absent", {})),
  noJson: await refusal(call("Invoke", { FunctionName: "echo", Payload: "{no json" })),
  notBuilt: await refusal(call("DeleteFunction", { FunctionName: "echo" })),
});
