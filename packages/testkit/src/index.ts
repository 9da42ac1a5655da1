export * from "./link.ts";
export * from "./players.ts";
