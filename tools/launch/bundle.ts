// The two programs that run as one file each: the client, because .tsx needs a compiler, and the game instance,
// because a party should not wait for its process.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { Trouble } from "../setup/say.mjs";

/** The repository's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const programs = {
  tui: { entry: "tui/src/main.ts", jsx: "automatic" },
  // For measuring: the parts of the client, in the measuring process.
  "tui-bench": { entry: "tui/src/index.ts", jsx: "automatic" },
  "game-instance": { entry: "services/game-instance/src/main.ts", jsx: "preserve" },
} as const;

/** Bundles a program into the cache and returns the file, unchanged if nothing changed. */
export async function bundle(name: keyof typeof programs): Promise<string> {
  const { entry, jsx } = programs[name];
  const folder = join(root, "node_modules", ".cache", "underlode");
  const file = join(folder, `${name}.mjs`);
  const text = await compile(join(root, entry), jsx);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return file;
  mkdirSync(folder, { recursive: true });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text);
  renameSync(fresh, file);
  return file;
}

async function compile(entry: string, jsx: "automatic" | "preserve"): Promise<string> {
  try {
    const result = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
      target: "node24",
      jsx,
      keepNames: true,
      logLevel: "silent",
      // No fault can be planted in what is bundled: test builds run from sources.
      define: {
        "process.env.NODE_ENV": '"production"',
        "process.env.UNDERLODE_TEST_BUILD": '""',
      },
      // Native parts load from node_modules.
      external: ["msgpackr-extract", "@node-rs/*", "pg-native"],
      banner: { js: banner },
      plugins: [ownPlace, noDevtools],
    });
    return result.outputFiles[0]?.text ?? "";
  } catch (error) {
    throw new Trouble(`${entry} could not be bundled: ${(error as Error).message}`);
  }
}

// Packages in the older module format call require, which a module does not have.
const banner = `import { createRequire as __createRequire } from "node:module";
const require = __createRequire(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`;

/** Our files find their data beside themselves: in the bundle they still are where they were. */
const ownPlace: Plugin = {
  name: "own-place",
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text
        .replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(path).href))
        .replaceAll(/\bimport\.meta\.dirname\b/g, JSON.stringify(dirname(path)))
        .replaceAll(/\bimport\.meta\.filename\b/g, JSON.stringify(path));
      return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
    });
  },
};

/** Ink asks for React's developer tools where they are installed; in the bundle they never are. */
const noDevtools: Plugin = {
  name: "no-devtools",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: "empty" }));
    onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "export default {};" }));
  },
};
