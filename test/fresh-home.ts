import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty folder of one test's own; others may enter it, since Postgres never runs as root. */
export const freshHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), "underlode-test-"));
  chmodSync(home, 0o755);
  return home;
};
