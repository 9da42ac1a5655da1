import { createHash } from "node:crypto";
import type { Content } from "@underlode/sim";
import { ContentError, type Mistake } from "./mistakes.ts";
import { referenceMistakes } from "./references.ts";
import { type FileName, Files, joined, shapes } from "./shapes.ts";

/** Names of the data files, without `.json`. */
export const FILES: readonly string[] = Object.keys(shapes);

/**
 * Proves raw data (by file name without `.json`) sound and makes content of it; throws one
 * `ContentError` that lists all mistakes.
 */
export function checkContent(raw: Readonly<Record<string, unknown>>): Content {
  const mistakes = NAMES.flatMap((file) => shapeMistakes(file, raw[file]));
  for (const name of Object.keys(raw)) {
    if (!FILES.some((file) => file === name)) {
      mistakes.push({ file: `${name}.json`, path: "", reason: "nothing reads this file" });
    }
  }
  const { data: files } = Files.safeParse(raw);
  // Of unsound data the checks between files tell what they can, so that all is told at once.
  mistakes.push(...referenceMistakes(files ?? (raw as Files), files !== undefined));
  if (files === undefined || mistakes.length > 0) throw new ContentError(mistakes);
  return { ...joined(files), hash: hashOf(files) };
}

const isName = (name: string): name is FileName => name in shapes;
const NAMES = Object.keys(shapes).filter(isName);

function shapeMistakes(file: FileName, data: unknown): Mistake[] {
  if (data === undefined) return [{ file: `${file}.json`, path: "", reason: "is missing" }];
  const { error } = shapes[file].safeParse(data);
  return (error?.issues ?? []).map(({ path, message }) => ({
    file: `${file}.json`,
    path: path.join("."),
    reason: message,
  }));
}

/** First 16 hexadecimal digits of the SHA-256 of the data with its keys in order. */
function hashOf(data: unknown): string {
  return createHash("sha256").update(canonical(data)).digest("hex").slice(0, 16);
}

function canonical(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(canonical).join(",")}]`;
  if (typeof data !== "object" || data === null) return JSON.stringify(data) ?? "null";
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join(",")}}`;
}
