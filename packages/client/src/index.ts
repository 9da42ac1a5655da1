export type { Question } from "./asks.ts";
export * from "./cells.ts";
export * from "./connect.ts";
export * from "./core.ts";
export * from "./http.ts";
export * from "./seen.ts";
export * from "./wire.ts";
