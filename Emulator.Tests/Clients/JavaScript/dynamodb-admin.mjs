// dynamodb-admin, a web page for tables that people run beside an emulator: what its own page asks of its server, asked here.
import { createRequire } from "node:module";
import { endpoint, report } from "./lib.mjs";

console.info = () => {}; // it tells its settings where the report goes
const { createServer } = createRequire(import.meta.url)("dynamodb-admin");
const server = createServer({ dynamoEndpoint: endpoint, skipDefaultCredentials: true }).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const base = `http://127.0.0.1:${server.address().port}`;

async function ask(method, path, body) {
  const answer = await fetch(base + path, { method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, text, json: answer.headers.get("content-type")?.startsWith("application/json") ? JSON.parse(text) : null };
}

const created = await ask("POST", "/create-table", {
  TableDefinition: { TableName: "Films", HashAttributeName: "studio", HashAttributeType: "S", RangeAttributeName: "year", RangeAttributeType: "N", ReadCapacityUnits: 3, WriteCapacityUnits: 3 },
  SecondaryIndexes: [{ IndexName: "by-genre", IndexType: "global", HashAttributeName: "genre", HashAttributeType: "S", ReadCapacityUnits: 3, WriteCapacityUnits: 3 }],
});
const refused = await ask("POST", "/create-table", { TableDefinition: { TableName: "Films", HashAttributeName: "a", HashAttributeType: "S", ReadCapacityUnits: 3, WriteCapacityUnits: 3 } });
for (let i = 0; i < 30; i++) await ask("PUT", "/tables/Films/add-item", { studio: "ufa", year: 1920 + i, genre: i % 2 ? "drama" : "comedy", cast: ["a", "b"] });
const tables = await ask("GET", "/");
const shown = await ask("GET", "/tables/Films");
const page = await ask("GET", "/tables/Films/items?pageSize=25");
const next = await ask("GET", `/tables/Films/items?pageSize=25&startKey=${page.json.nextKey}`);
const filters = encodeURIComponent(JSON.stringify({ genre: { value: "drama", type: "S", operator: "=" }, year: { value: "1940", type: "N", operator: ">" } }));
const found = await ask("GET", `/tables/Films/items?operationType=query&queryableSelection=by-genre&filters=${filters}`);
const edited = await ask("PUT", "/tables/Films/items/ufa,1921", { studio: "ufa", year: 1921, genre: "thriller" });
const item = await ask("GET", "/tables/Films/items/ufa,1921");
const ttl = await ask("GET", "/tables/Films/ttl");
const removed = await ask("DELETE", "/tables/Films/items/ufa,1921");
const meta = await ask("GET", "/tables/Films/meta");
const purged = await ask("DELETE", "/tables/Films/all");
const left = await ask("GET", "/tables/Films/items");
const dropped = await ask("DELETE", "/tables/Films");

report({
  created: created.status,
  refused: { status: refused.status, message: refused.json?.message },
  tables: { status: tables.status, names: tables.text.includes("Films") },
  shown: { status: shown.status, index: shown.text.includes("by-genre") },
  page: page.json.Items.length,
  next: next.json.Items.map(({ year }) => year),
  found: found.json.Items.map(({ year }) => year).sort(),
  edited: edited.json,
  item: { status: item.status, edited: item.text.includes("thriller") },
  ttl: ttl.status,
  removed: removed.status,
  meta: { status: meta.status, arn: meta.text.includes("table/Films") },
  purged: purged.status,
  left: left.json.Items.length,
  dropped: dropped.status,
});
server.close();
server.closeAllConnections();
