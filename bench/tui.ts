// What the terminal client costs: processor time, bytes a frame, key to screen, against a real system.
//   node bench/tui.ts [--seconds 10] [--every 100] [--json]
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { BenchResult } from "@underlode/tui";
import { bundle } from "../tools/launch/bundle.ts";
import { startStack } from "../tools/launch/stack.ts";
import { machine } from "./machine.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "10" },
    /** Milliseconds between two keys. */
    every: { type: "string", default: "100" },
    json: { type: "boolean", default: false },
  },
});

const home = mkdtempSync(join(tmpdir(), "underlode-bench-"));
chmodSync(home, 0o755);
const stack = await startStack({ home, quiet: true });
try {
  const { measure } = await import(await bundle("tui-bench"));
  const rows: (BenchResult & { size: string; depth: string })[] = [];
  for (const [width, height] of [
    [80, 24],
    [120, 40],
  ])
    for (const depth of ["true", "16"]) {
      const walk = {
        keys: "lhkjlhkjyubn",
        everyMs: Number(values.every),
        seconds: Number(values.seconds),
      };
      const row: BenchResult = await measure({ url: stack.ws, width, height, depth, ...walk });
      rows.push({ size: `${width}x${height}`, depth, ...row });
    }
  if (values.json)
    console.log(JSON.stringify({ machine: machine(), everyMs: Number(values.every), rows }));
  else console.table(rows.map((r) => ({ ...r, keyToScreenMs: r.keyToScreenMs.join(" / ") })));
} finally {
  await stack.stop();
  rmSync(home, { recursive: true, force: true });
}
