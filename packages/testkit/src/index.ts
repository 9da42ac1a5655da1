export * from "./link.ts";
export * from "./players.ts";
export { replaySample } from "./players-sample.ts";
