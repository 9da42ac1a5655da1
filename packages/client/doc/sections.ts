import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as contracts from "@underlode/contracts";
import { acts, fields, frames } from "./fields.ts";
import { type Field, fieldsOf, type Schema, words } from "./shape.ts";

const exported: Readonly<Record<string, unknown>> = { ...contracts };
const schemaOf = (name: string): Schema => exported[name] as Schema;

/** Types with a heading of their own, in the order of the page. */
const TYPES = [
  ...["Act", "Party", "PartyMember", "PartyOptions", "ChatLine", "RunEnd", "Legend", "LegendEntry"],
  ...["Picture", "Delta", "Thing", "CrewMember", "LogLine", "Self", "PackItem", "OreStack"],
  ...["Ability", "PlaybackState"],
] as const;
const names: ReadonlyMap<unknown, string> = new Map(TYPES.map((name) => [schemaOf(name), name]));
/** These have words of their own in the page. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(["Act", "Thing"]);

const used = new Set<string>();

const aboutField = (owner: string, field: string): string => {
  const key = `${owner}.${field}`;
  const about = fields[key];
  if (about === undefined) throw new Error(`packages/client/doc/fields.ts lacks "${key}"`);
  used.add(key);
  return about;
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.map(escaped).join(" | ")} |`)
    .join("\n");
const escaped = (text: string): string => text.replaceAll("|", "\\|");

const fieldRows = (owner: string, all: readonly Field[]): string[][] =>
  all.map(({ name, schema, optional }) => [
    ...[`\`${name}\`${optional ? " (optional)" : ""}`, words(schema, names)],
    aboutField(owner, name),
  ]);

const literal = (schema: Schema | undefined): string => String(schema?.def.values?.[0]);

const frameSection = (frame: Schema, told: Readonly<Record<string, string>>, asks: boolean) => {
  const all = fieldsOf(frame);
  const t = literal(all[0]?.schema);
  const about = told[t];
  if (about === undefined) throw new Error(`packages/client/doc/fields.ts lacks the frame "${t}"`);
  const isQuestion = asks && all.some(({ name }) => name === "id");
  const own = all.slice(1).filter(({ name }) => !(isQuestion && name === "id"));
  const rows = fieldRows(t, own);
  if (isQuestion) rows.unshift(["`id`", "int 0 to 4294967295", "Comes back in the answer."]);
  const body = rows.length === 0 ? "" : `\n\n${table(["field", "type", "meaning"], rows)}`;
  return `#### \`${t}\`\n\n${about}${body}`;
};

const optionsOf = (name: string): readonly Schema[] => schemaOf(name).def.options!;

const clientFrames = (): string =>
  optionsOf("ClientFrame")
    .map((frame) => frameSection(frame, frames.client, true))
    .join("\n\n");
const serverFrames = (): string =>
  optionsOf("ServerFrame")
    .map((frame) => frameSection(frame, frames.server, false))
    .join("\n\n");

const commandTable = (): string =>
  table(
    ["`do`", "fields", "meaning"],
    optionsOf("Act").map((act) => {
      const [first, ...rest] = fieldsOf(act);
      const name = literal(first?.schema);
      const about = acts[name];
      if (about === undefined) throw new Error(`packages/client/doc/fields.ts lacks "${name}"`);
      return [`\`${name}\``, rest.map(fieldWords).join(", "), about];
    }),
  );
const fieldWords = ({ name, schema, optional }: Field): string =>
  `\`${name}\`${optional ? " (optional)" : ""}: ${words(schema, names)}`;

const types = (): string =>
  TYPES.filter((name) => !TOLD_ELSEWHERE.has(name))
    .map((name) => {
      const rows = fieldRows(name, fieldsOf(schemaOf(name)));
      return `#### ${name}\n\n${table(["field", "type", "meaning"], rows)}`;
    })
    .join("\n\n");

const errors = (): string =>
  table(
    ["code", "close", "meaning"],
    Object.entries(contracts.errors).map(([code, { close, about }]) => [
      ...[`\`${code}\``, close === undefined ? "" : String(close), about],
    ]),
  );

/** Limits that a client meets; the file's own comments are the words. */
const limits = (): string => {
  const path = fileURLToPath(import.meta.resolve("@underlode/contracts")).replace(
    /index\.ts$/,
    "limits.ts",
  );
  const rows: string[][] = [];
  let about = "";
  for (const line of readFileSync(path, "utf8").split("\n")) {
    about = /^\/\*\* (.*) \*\/$/.exec(line)?.[1] ?? about;
    if (line === "") about = "";
    const name = /^export const ([A-Z_]+) =/.exec(line)?.[1];
    if (name) rows.push([`\`${name}\``, shownValue(name), about]);
  }
  return table(["limit", "value", "meaning"], rows);
};
const shownValue = (name: string): string => {
  const value = exported[name];
  return Array.isArray(value) ? value.join(", ") : String(value);
};

/** The parts of docs/protocol.md that follow from the contracts, by the name of their place. */
export const sections = (): Readonly<Record<string, string>> => {
  used.clear();
  const all = {
    "client-frames": clientFrames(),
    acts: commandTable(),
    "server-frames": serverFrames(),
    types: types(),
    limits: limits(),
    errors: errors(),
  };
  const idle = Object.keys(fields).filter((key) => !used.has(key));
  if (idle.length > 0) throw new Error(`packages/client/doc/fields.ts tells of ${idle.join(", ")}`);
  return all;
};
