// schemas.mjs - the schema of what charts import from service-base is the same in all of them
//
// Helm reads one values.schema.json a chart and follows no reference out of it, so what service-base defines has
// to stand in each. The original is charts/service-base/values.defs.json: a group of properties for each export,
// and the $defs they refer to. A chart's schema has those of its import-values, and its own beside them.
//
//     node schemas.mjs            compare, print what differs, exit 1
//     node schemas.mjs --write    put the originals into the schemas

import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';

const charts = path.resolve(import.meta.dirname, '../../charts');
const base = JSON.parse(fs.readFileSync(path.join(charts, 'service-base/values.defs.json'), 'utf8'));
const write = process.argv.includes('--write');

const read = (...name) => fs.readFileSync(path.join(charts, ...name), 'utf8');

// Names of the $defs that a schema refers to, directly or through others.
function refs(schema, found = new Set()) {
  for (const [, name] of JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
    if (found.has(name) || !base.$defs[name]) continue;
    found.add(name);
    refs(base.$defs[name], found);
  }
  return found;
}

let differences = 0;
let checked = 0;
for (const chart of fs.readdirSync(charts).sort()) {
  if (!fs.existsSync(path.join(charts, chart, 'values.schema.json'))) continue;
  const schema = JSON.parse(read(chart, 'values.schema.json'));
  const [dependency] = parse(read(chart, 'Chart.yaml')).dependencies;
  const groups = dependency['import-values'].filter((entry) => typeof entry === 'string');

  const wanted = { properties: Object.assign({}, ...groups.map((group) => base[group])), $defs: {} };
  for (const name of refs([schema.properties, schema.$defs, wanted.properties])) wanted.$defs[name] = base.$defs[name];

  for (const part of ['properties', '$defs']) {
    for (const [name, value] of Object.entries(wanted[part])) {
      checked++;
      if (isDeepStrictEqual(schema[part]?.[name], value)) continue;
      differences++;
      if (!write) console.error(`charts/${chart}/values.schema.json: ${part}.${name} is not as in service-base/values.defs.json`);
      (schema[part] ??= {})[name] = value;
    }
  }
  if (write) {
    const { $defs, ...rest } = schema;
    fs.writeFileSync(path.join(charts, chart, 'values.schema.json'), JSON.stringify({ ...rest, $defs }, null, 2) + '\n');
  }
}
console.log(write ? `${differences} written` : `${checked - differences} passed, ${differences} failed`);
process.exitCode = !write && differences ? 1 : 0;
