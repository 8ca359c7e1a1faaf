// What an HTTP API consists of, and a call of it.
import * as aws from "@aws-sdk/client-apigatewayv2";
import { endpoint, refusal, report } from "./lib.mjs";

const client = new aws.ApiGatewayV2Client({});
const call = (name, input) => client.send(new aws[`${name}Command`](input));

const { Items: apis } = await call("GetApis", {});
const { ApiId } = apis[0];
const api = await call("GetApi", { ApiId });
const { Items: routes } = await call("GetRoutes", { ApiId });
const { Items: integrations } = await call("GetIntegrations", { ApiId });
const { Items: stages } = await call("GetStages", { ApiId });
const { Items: authorizers } = await call("GetAuthorizers", { ApiId });
const answer = await fetch(`${endpoint}/restapis/${ApiId}/$default/_user_request_/hello/세계?x=1`);
const closed = await fetch(`${endpoint}/restapis/${ApiId}/$default/_user_request_/closed`);

report({
  apis: apis.map(({ Name, ProtocolType }) => [Name, ProtocolType]),
  id: ApiId,
  api: { endpoint: api.ApiEndpoint, created: api.CreatedDate instanceof Date, selection: api.RouteSelectionExpression },
  routes: routes.map(({ RouteKey, AuthorizationType, AuthorizationScopes }) => ({ key: RouteKey, authorization: AuthorizationType, scopes: AuthorizationScopes ?? [] })),
  targets: routes.every(({ Target }) => integrations.some(({ IntegrationId }) => Target === `integrations/${IntegrationId}`)),
  integrations: integrations.map(({ IntegrationType, PayloadFormatVersion, IntegrationUri }) => ({ type: IntegrationType, format: PayloadFormatVersion, uri: IntegrationUri })),
  stages: stages.map(({ StageName, AutoDeploy }) => [StageName, AutoDeploy]),
  authorizers: authorizers.map(({ Name, AuthorizerType, JwtConfiguration }) => ({ name: Name, type: AuthorizerType, issuer: JwtConfiguration.Issuer, audience: JwtConfiguration.Audience })),
  answer: { status: answer.status, body: await answer.json() },
  closed: { status: closed.status, body: await closed.json(), challenge: closed.headers.get("www-authenticate") },
  absent: await refusal(call("GetApi", { ApiId: "absent0000" })),
  notBuilt: await refusal(call("CreateApi", { Name: "new", ProtocolType: "HTTP" })),
});
