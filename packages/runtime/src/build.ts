import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Version of the software, as its root package names it; "unknown" in a bundle far from it. */
export const build: string = (() => {
  try {
    const root = createRequire(import.meta.url).resolve("../../../package.json");
    return String((JSON.parse(readFileSync(root, "utf8")) as { version: unknown }).version);
  } catch {
    return "unknown";
  }
})();
