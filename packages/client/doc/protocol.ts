/** Writes what follows from the contracts into docs/protocol.md, between its markers. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sections } from "./sections.ts";

export const page = fileURLToPath(new URL("../../../docs/protocol.md", import.meta.url));

/** The page with every generated part as it must be now. */
export const filled = (text: string): string => {
  let next = text;
  for (const [name, body] of Object.entries(sections())) {
    const place = new RegExp(`(<!-- generated:${name} -->\n)[^]*?(<!-- /generated -->)`);
    if (!place.test(next)) throw new Error(`docs/protocol.md has no place for ${name}`);
    next = next.replace(place, (_, start: string, end: string) => `${start}${body}\n${end}`);
  }
  return next;
};

if (import.meta.main) writeFileSync(page, filled(readFileSync(page, "utf8")));
