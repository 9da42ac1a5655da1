// Writes docs/subjects.md from the contracts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as contracts from "../packages/contracts/src/index.ts";
import {
  type BucketSpec,
  buckets,
  type Call,
  type Event,
  registry,
  type StreamSpec,
  streams,
  TOKEN,
} from "../packages/contracts/src/index.ts";

/** The whole page, as it should stand in docs/subjects.md. */
export const subjectsPage = (): string => {
  const page = [...head(), ...messages(), ...storage()];
  const shapes = table(["shape", "fields"], shapeRows(page.join("\n")));
  return [...page, "", "## Shapes", "", ...shapes, ""].join("\n");
};

const head = (): string[] => [
  "# Subjects",
  "",
  "What the services say to each other over NATS. Made from `packages/contracts` by",
  "`node tools/subjects.ts`; a test fails while it is not current. Clients do not speak this:",
  "their protocol is in [protocol.md](protocol.md).",
  "",
  "A part in braces is an id: one token of lower-case letters, digits, `-` and `_`, at most 40",
  "characters. Bodies are MessagePack maps; keys that a reader does not know are ignored. A field",
  "with `?` may be missing. Shapes with a name are written out at the end.",
  "",
  "- **event**: states what happened; nobody answers. While the other side is away it is *lossy*",
  "  (gone), *latest* (the newest is sent on return) or *kept* (stored, delivered at least once).",
  "- **call**: asks one of the servers. The answer is `{ok: true, value}` or",
  "  `{ok: false, error: {code, reason}}`; without one in time, it counts as `unavailable`.",
];

const messages = (): string[] =>
  Object.entries(registry).flatMap(([group, all]) => [
    "",
    `## ${group}`,
    "",
    ...table(
      ["subject", "form", "delivery", "from", "to", "about", "body"],
      Object.values(all as Record<string, Event | Call>).map(rowOf),
    ),
  ]);

const storage = (): string[] => [
  "",
  "## Streams",
  "",
  "Captured by JetStream, on disk.",
  "",
  ...table(
    ["stream", "subjects", "kept for", "per subject", "about"],
    Object.values(streams as Record<string, StreamSpec>).map((s) => [
      `\`${s.name}\``,
      s.subjects.map((x) => `\`${x}\``).join(", "),
      s.maxAgeMs === undefined ? "ever" : durationOf(s.maxAgeMs),
      s.maxPerSubject === undefined ? "all" : `the last ${s.maxPerSubject}`,
      s.about,
    ]),
  ),
  "",
  "## Buckets",
  "",
  "Keys with values, in JetStream's key-value store.",
  "",
  ...table(
    ["bucket", "lives for", "about", "value"],
    Object.values(buckets as Record<string, BucketSpec>).map((b) => [
      `\`${b.name}\``,
      b.ttlMs === undefined ? "ever" : durationOf(b.ttlMs),
      b.about,
      fieldsOf(b.value),
    ]),
  ),
];

const rowOf = (contract: Event | Call): string[] => [
  `\`${contract.pattern}\``,
  contract.form,
  contract.form === "event" ? contract.delivery : `answered in ${durationOf(contract.timeoutMs)}`,
  contract.from.join(", "),
  contract.to.join(", "),
  contract.about,
  contract.form === "event"
    ? fieldsOf(contract.body)
    : `asks ${fieldsOf(contract.ask)}<br>answers ${fieldsOf(contract.answer)}`,
];

/** As much of JSON Schema as zod makes of our contracts. */
type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
};
/** Alternatives named one by one; of longer lists only the first are. */
const CHOICES_MAX = 6;

type Type = BucketSpec["value"];

/** Shapes that have a name in the contracts; each is written out once. */
const shapeNames = new Map(
  Object.entries(contracts).flatMap(([name, value]): [unknown, string][] =>
    isType(value) && "shape" in value ? [[value, name]] : [],
  ),
);

/** The name of a shape, or its fields with their types, nested ones by name only. */
const fieldsOf = (type: Type): string => `\`${namedShape(type) ?? writtenOut(type)}\``;

const namedShape = (type: Type): string | undefined => {
  const name = shapeNames.get(type);
  if (name !== undefined) return name;
  const inner = innerOf(type);
  const innerName = inner && shapeNames.get(inner);
  if (innerName === undefined) return undefined;
  return type.def.type === "array" ? `[${innerName}, …]` : `${innerName} or null`;
};

const writtenOut = (type: Type): string =>
  shapeOf(type.toJSONSchema({ io: "input", unrepresentable: "any" }) as Schema, 1);

/** What an array holds, or what may be null. */
const innerOf = (type: Type): Type | undefined => {
  if (type.def.type === "array" && "element" in type.def) return type.def.element as Type;
  if (type.def.type === "nullable" && "innerType" in type.def) return type.def.innerType as Type;
  return undefined;
};

function isType(value: unknown): value is Type {
  return typeof value === "object" && value !== null && "def" in value && "parse" in value;
}

/** The rows of all shapes that are used by name in what was said before. */
const shapeRows = (page: string): string[][] =>
  [...shapeNames]
    .filter(([, name]) => new RegExp(`\\b${name}\\b`).test(page))
    .map(([type, name]) => [`\`${name}\``, `\`${writtenOut(type as Type)}\``])
    .toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));

const shapeOf = (schema: Schema, depth: number): string => {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map((one) => shapeOf(one, depth)).join(" or ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return choicesOf(schema.enum);
  if (schema.prefixItems) return `[${schema.prefixItems.map((s) => shapeOf(s, depth)).join(", ")}]`;
  if (schema.type === "array") return `[${shapeOf(schema.items ?? {}, depth)}, …]`;
  if (schema.properties !== undefined) return objectOf(schema, depth);
  if (schema.type === "object") return mapOf(schema, depth);
  if (schema.type === "string") return schema.pattern === TOKEN.source ? "id" : "text";
  return schema.type ?? "anything";
};

const objectOf = ({ properties = {}, required = [] }: Schema, depth: number): string => {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const shown = required.includes(name) ? name : `${name}?`;
    return depth > 0 || schema.const !== undefined
      ? `${shown}: ${shapeOf(schema, depth - 1)}`
      : shown;
  });
  return `{${fields.join(", ")}}`;
};

const mapOf = ({ additionalProperties }: Schema, depth: number): string =>
  typeof additionalProperties === "object" ? `{…: ${shapeOf(additionalProperties, depth)}}` : "{…}";

const choicesOf = (all: readonly unknown[]): string => {
  const shown = all.slice(0, CHOICES_MAX).map((one) => JSON.stringify(one));
  return [...shown, ...(all.length > CHOICES_MAX ? ["…"] : [])].join(" or ");
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
};

const UNITS = [
  ["days", 24 * 3_600_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;
const durationOf = (ms: number): string => {
  const unit = UNITS.find(([, unitMs]) => ms % unitMs === 0);
  return unit === undefined ? `${ms} ms` : `${ms / unit[1]} ${unit[0]}`;
};

if (import.meta.main) {
  const file = join(import.meta.dirname, "..", "docs", "subjects.md");
  writeFileSync(file, subjectsPage());
  process.stdout.write(`wrote ${file}\n`);
}
