// `npm run docs`: writes the generated parts of all pages again. Each has a test that it is current.
import { execaNode } from "execa";
import { root } from "./launch/bundle.ts";

const inherit = { stdio: "inherit", cwd: root } as const;

for (const generator of [
  "tools/subjects.ts",
  "packages/client/doc/protocol.ts",
  "tools/deploy/metrics-list.ts",
])
  await execaNode(generator, [], inherit);
// docs/keys.md is a snapshot, and its test writes it.
await execaNode(
  "node_modules/vitest/vitest.mjs",
  ["run", "tui/test/keys.test.ts", "--update"],
  inherit,
);
