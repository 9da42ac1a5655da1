export * from "./chance.ts";
export * from "./crowd.ts";
export * from "./expedition.ts";
export * from "./latencies.ts";
export * from "./mind/mind.ts";
export * from "./mind/notes.ts";
export * from "./mind/scene.ts";
export * from "./report.ts";
