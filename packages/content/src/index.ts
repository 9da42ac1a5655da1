export { checkContent, FILES } from "./check.ts";
export { loadContent, readContentDir, shipped } from "./load.ts";
export { ContentError, type Mistake } from "./mistakes.ts";
