import { tracesOf } from "./trace.ts";

/** Prints one trace per seed, FROM up to, not including, TO: compared between processes. */
const [from = "0", to = "1"] = process.argv.slice(2);
console.log(tracesOf(Number(from), Number(to)).join("\n"));
