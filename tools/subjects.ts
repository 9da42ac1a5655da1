// Writes docs/subjects.md from the contracts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  type BucketSpec,
  buckets,
  type Call,
  type Event,
  placeholders,
  registry,
  type StreamSpec,
  streams,
  TOKEN,
} from "../packages/contracts/src/index.ts";

/** The whole page, as it should stand in docs/subjects.md. */
export const subjectsPage = (): string =>
  [
    "# Subjects",
    "",
    "What the services say to each other over NATS. Made from `packages/contracts` by",
    "`node tools/subjects.ts`; a test fails while it is not current. Clients do not speak this:",
    "their protocol is in [protocol.md](protocol.md).",
    "",
    "A part in braces is an id: one token of lower-case letters, digits, `-` and `_`, at most 40",
    `characters (${names(Object.keys(placeholders))}). Bodies are MessagePack maps; keys that a`,
    "reader does not know are ignored. A field with `?` may be missing.",
    "",
    "- **event**: states what happened; nobody answers. While the other side is away it is *lossy*",
    "  (gone), *latest* (the newest is sent on return) or *kept* (stored, delivered at least once).",
    "- **call**: asks one of the servers. The answer is `{ok: true, value}` or",
    "  `{ok: false, error: {code, reason}}`; without one in time, it counts as `unavailable`.",
    ...Object.entries(registry).flatMap(([group, contracts]) => [
      "",
      `## ${group}`,
      "",
      ...table(
        ["subject", "form", "delivery", "from", "to", "about", "body"],
        Object.values(contracts as Record<string, Event | Call>).map(rowOf),
      ),
    ]),
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
    "",
  ].join("\n");

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

/** The fields of a body with their types, nested ones by name only. */
const fieldsOf = (type: z.ZodType): string => {
  const schema = z.toJSONSchema(type, { io: "input", unrepresentable: "any", reused: "inline" });
  return `\`${shapeOf(schema as Schema, 1)}\``;
};

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

const names = (all: readonly string[]): string => all.map((name) => `\`${name}\``).join(", ");

if (import.meta.main) {
  const file = join(import.meta.dirname, "..", "docs", "subjects.md");
  writeFileSync(file, subjectsPage());
  process.stdout.write(`wrote ${file}\n`);
}
