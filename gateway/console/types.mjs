// Types of the API from the suite's own description. What the suite answers is always complete, so every property of
// a schema that no request uses is there.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const description = JSON.parse(readFileSync(new URL("../../docs/openapi.json", import.meta.url)));
const schemas = description.components.schemas;
const asked = new Set();

function mark(part) {
  for (const [, name] of JSON.stringify(part ?? {}).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (!asked.has(name)) {
      asked.add(name);
      mark(schemas[name]);
    }
  }
}

for (const item of Object.values(description.paths)) {
  for (const operation of Object.values(item)) mark(operation.requestBody);
}
for (const [name, schema] of Object.entries(schemas)) {
  if (!asked.has(name) && name !== "Error" && schema.properties) schema.required = Object.keys(schema.properties);
}
const text = astToString(await openapiTS(description, { defaultNonNullable: false }));
writeFileSync(new URL("src/api/schema.d.ts", import.meta.url), text);
