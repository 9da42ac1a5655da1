import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Ink imports React's developer tools, which are neither installed nor wanted. */
const withoutDevtools: Plugin = {
  name: "without-devtools",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: "empty" }));
    onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "export default {};" }));
  },
};

/** The client in one file, as it is started: a test in a real terminal needs no other loader. */
export const bundled = async (): Promise<string> => {
  const outfile = join(root, "node_modules/.cache/underlode/tui-test.mjs");
  await build({
    entryPoints: [join(root, "tui/src/main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    jsx: "automatic",
    logLevel: "silent",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [withoutDevtools],
    external: ["msgpackr-extract"],
    banner: {
      js: `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);`,
    },
  });
  return outfile;
};
