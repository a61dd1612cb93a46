// validate.mjs - are the manifests Kubernetes objects?
//
// Every document is checked against its kind as the package kubernetes-models describes it (Kubernetes 1.33):
//   - types, required fields, enumerations and formats, by the package's compiled JSON Schemas;
//   - unknown fields, which those schemas let pass, by the field lists of the package's type declarations;
//   - what no schema can say: selectors match their pods, mounts have volumes, no object comes twice.
// Custom resources have no schema here. The kinds we use are let pass by name; any other unknown kind fails.
//
//     node validate.mjs              the golden outputs of Helm
//     node validate.mjs FILE...      these files; - is standard input
//
// Before anything else the validator shows on planted faults that it can fail.

import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { parseAllDocuments } from 'yaml';

const CUSTOM = new Set([
  'keda.sh/v1alpha1 ScaledObject',
  'kafka.strimzi.io/v1beta2 KafkaConnect',
  'kafka.strimzi.io/v1beta2 KafkaConnector',
  'kafka.strimzi.io/v1beta2 KafkaTopic',
  'monitoring.coreos.com/v1 PrometheusRule',
  'monitoring.coreos.com/v1 ServiceMonitor',
]);

const require = createRequire(import.meta.url);
const models = path.dirname(require.resolve('kubernetes-models'));
const packages = path.join(models, '..');

// ---- field lists, read from the type declarations

const declarations = new Map();

// The one interface that a declaration file exports: its fields with their types, and where imported types lie.
function declaration(file) {
  if (declarations.has(file)) return declarations.get(file);
  const text = fs.readFileSync(file, 'utf8').replace(/\s*\/\*[\s\S]*?\*\//g, '');
  const imports = new Map();
  for (const [, names, from] of text.matchAll(/^import \{ (.*?) \} from "(.*?)";/gm)) {
    const target = from.startsWith('.') ? path.resolve(path.dirname(file), from) : path.join(packages, from);
    for (const name of names.split(', ')) imports.set(name, `${target.replace(/\.js$/, '')}.d.ts`);
  }
  const body = text.match(/^export interface [^{]*\{\n([\s\S]*?)^\}/m)?.[1];
  let fields = null; // a type that is no object, such as a quantity
  if (body !== undefined) {
    fields = new Map();
    for (const [, name, type] of body.matchAll(/^ {4}"(.*?)"\??: ([\s\S]*?);\n(?= {4}"|$)/gm)) fields.set(name, type);
  }
  const found = { fields, imports };
  declarations.set(file, found);
  return found;
}

function unknownFields(value, file, at, faults) {
  const { fields, imports } = declaration(file);
  if (!fields || value === null || typeof value !== 'object' || Array.isArray(value)) return;
  for (const [name, member] of Object.entries(value)) {
    if (fields.has(name)) unknownInType(member, fields.get(name), imports, `${at}/${name}`, faults);
    else faults.push(`${at}: unknown field "${name}"`);
  }
}

function unknownInType(value, type, imports, at, faults) {
  const list = type.match(/^Array<([\s\S]*)>$/);
  const map = type.match(/^\{\s*\[key: string\]: ([\s\S]*?);\s*\}$/);
  if (list && Array.isArray(value)) {
    value.forEach((item, index) => unknownInType(item, list[1], imports, `${at}/${index}`, faults));
  } else if (map && value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) unknownInType(item, map[1], imports, `${at}/${key}`, faults);
  } else if (imports.has(type) && fs.existsSync(imports.get(type))) {
    unknownFields(value, imports.get(type), at, faults);
  }
}

// ---- relations inside one object

function relations(object, faults) {
  const template = object.kind === 'CronJob' ? object.spec?.jobTemplate?.spec?.template : object.spec?.template;
  const pod = object.kind === 'Pod' ? object.spec : template?.spec;
  for (const [label, value] of Object.entries(object.spec?.selector?.matchLabels ?? {})) {
    if (template && template.metadata?.labels?.[label] !== value) {
      faults.push(`/spec/selector: the pods have no label ${label}=${value}`);
    }
  }
  if (!pod) return;
  const volumes = new Set([...(pod.volumes ?? []).map((volume) => volume.name),
    ...(object.spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata.name)]);
  for (const container of [...(pod.initContainers ?? []), ...(pod.containers ?? [])]) {
    for (const mount of container.volumeMounts ?? []) {
      if (!volumes.has(mount.name)) faults.push(`/spec: container ${container.name} mounts ${mount.name}, which is no volume`);
    }
    const twice = (container.env ?? []).map(({ name }) => name).find((name, index, names) => names.indexOf(name) < index);
    if (twice) faults.push(`/spec: container ${container.name} has ${twice} twice in its environment`);
  }
}

// ---- one object, one stream

// Faults of an object; null where it is a custom resource that is let pass.
function check(object) {
  const { apiVersion, kind, metadata } = object ?? {};
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return ['apiVersion and kind are needed'];
  if (CUSTOM.has(`${apiVersion} ${kind}`)) return null;
  const file = path.join(models, apiVersion, `${kind}.d.ts`);
  if (!/^[a-z0-9./]+$/i.test(apiVersion) || !/^[A-Za-z]+$/.test(kind) || !fs.existsSync(file)) {
    return [`no schema for ${apiVersion} ${kind}`];
  }
  const faults = [];
  const Model = require(`kubernetes-models/${apiVersion}/${kind}`)[kind];
  try {
    new Model(object).validate();
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    for (const { instancePath, message } of error.errors) faults.push(`${instancePath}: ${message}`);
  }
  unknownFields(object, file, '', faults);
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(metadata?.name ?? '')) faults.push('/metadata/name: no valid name');
  relations(object, faults);
  return faults;
}

function checkStream(text, name, report) {
  const seen = new Set();
  // as Kubernetes reads it: YAML 1.1, and a key that comes twice is an error
  for (const document of parseAllDocuments(text, { version: '1.1' })) {
    const line = 1 + (text.slice(0, document.range[0]).match(/\n/g)?.length ?? 0);
    let faults = document.errors.map(({ message }) => message.split('\n')[0]);
    let object = null;
    if (!faults.length) {
      object = document.toJS();
      if (object === null) continue;
      faults = check(object);
      const key = [object.apiVersion, object.kind, object.metadata?.namespace, object.metadata?.name].join(' ');
      if (faults && seen.has(key)) faults.push('the object comes twice');
      seen.add(key);
    }
    if (faults === null) report.custom++;
    else if (faults.length) report.failed++;
    else report.passed++;
    for (const fault of faults ?? []) {
      report.print(`${name}:${line}: ${object?.kind ?? 'document'} ${object?.metadata?.name ?? ''}: ${fault}`);
    }
  }
}

// ---- the proof that it can fail

const SOUND = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, labels: {app: a}}
spec:
  replicas: 2
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec:
      containers:
        - name: a
          image: a:1
          ports: [{containerPort: 80}]
          resources: {limits: {memory: 1Gi}}
          livenessProbe: {httpGet: {path: /, port: http}}
          volumeMounts: [{name: v, mountPath: /v}]
      volumes: [{name: v, emptyDir: {}}]
`;

const PLANTED = [
  ['a wrong field', 'replicas: 2', 'replicass: 2'],
  ['a wrong field, deep inside', 'httpGet: {path: /,', 'httpGet: {url: /,'],
  ['a wrong field in a list', '{containerPort: 80}', '{containerPort: 80, hostPortt: 1}'],
  ['a wrong type', 'replicas: 2', 'replicas: two'],
  ['a string for a number in a list', '{containerPort: 80}', '{containerPort: "80"}'],
  ['a value that is none of those allowed', 'image: a:1', 'image: a:1\n          imagePullPolicy: Sometimes'],
  ['a missing field', '  selector: {matchLabels: {app: a}}\n', ''],
  ['a bad quantity', 'memory: 1Gi', 'memory: 1Gigabyte'],
  ['a key twice', 'replicas: 2', 'replicas: 2\n  replicas: 3'],
  ['an unknown kind', 'kind: Deployment', 'kind: Deploymint'],
  ['an unknown custom resource', 'apiVersion: apps/v1', 'apiVersion: example.com/v1'],
  ['a selector that selects nothing', 'labels: {app: a}}\n    spec', 'labels: {app: b}}\n    spec'],
  ['a mount of no volume', 'volumes: [{name: v,', 'volumes: [{name: w,'],
  ['an object twice', '\napiVersion', `${SOUND}---\napiVersion`],
];

function selfTest() {
  const run = (text) => {
    const report = { passed: 0, failed: 0, custom: 0, print() {} };
    checkStream(text, 'planted', report);
    return report;
  };
  if (run(SOUND).failed || run(SOUND).passed !== 1) return 'a sound object fails';
  if (run('apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\n').custom !== 1) return 'a known custom resource fails';
  for (const [fault, sound, planted] of PLANTED) {
    if (!SOUND.includes(sound)) return `${fault}: cannot be planted`;
    if (run(SOUND.replace(sound, () => planted)).failed !== 1) return `${fault} passes`;
  }
  return null;
}

const broken = selfTest();
if (broken) {
  console.error(`self-test: ${broken}`);
  process.exit(1);
}
console.log(`self-test: ${PLANTED.length} planted faults found`);

const golden = path.resolve(import.meta.dirname, '../golden/helm');
const files = process.argv.length > 2 ? process.argv.slice(2)
  : fs.readdirSync(golden).sort().map((name) => path.join(golden, name, 'out')).filter((file) => fs.existsSync(file));

const report = { passed: 0, failed: 0, custom: 0, print: (line) => console.error(line) };
for (const file of files) {
  const text = fs.readFileSync(file === '-' ? 0 : file, 'utf8');
  checkStream(text, file === '-' ? 'stdin' : path.relative('', file), report);
}
console.log(`${files.length} files, ${report.custom} custom resources not checked: ${[...CUSTOM].map((kind) => kind.split(' ')[1]).join(', ')}`);
console.log(`${report.passed} passed, ${report.failed} failed`);
process.exitCode = report.failed ? 1 : 0;
