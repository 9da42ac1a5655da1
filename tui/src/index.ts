/** What benchmarks and tests need of the client; players start `main.ts`. */

export { App, type AppOptions, type Source } from "./app.ts";
export { type BenchOptions, type BenchResult, measure } from "./bench.ts";
export { keysPage } from "./keys.ts";
export type { Memory } from "./memory.ts";
export { Cells } from "./screen/cells.ts";
export type { Depth } from "./screen/depth.ts";
export { diff } from "./screen/diff.ts";
export { type Output, Screen } from "./screen/terminal.ts";
