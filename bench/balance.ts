// Whole runs of four bots without a system around them, as `npm run balance` plays them: processor time of one core
// for an hour of game time.
import { parseArgs } from "node:util";
import { loadContent } from "@underlode/content";
import { playRun } from "../tools/balance/play.ts";
import { machine } from "./machine.ts";

const { values: options } = parseArgs({
  options: {
    seeds: { type: "string", default: "3,5,8" },
    json: { type: "boolean", default: false },
  },
});
const CLASSES = ["warrior", "mage", "ranger", "healer"];

const content = loadContent();
const play = (seed: number) => {
  const began = process.cpuUsage();
  const run = playRun(content, { group: "four", seed, classes: CLASSES });
  const { user, system } = process.cpuUsage(began);
  const seconds = (user + system) / 1e6;
  const { outcome, floor, minutes } = run;
  return { seed, outcome, floor, minutes, seconds, secondsPerHour: (seconds * 60) / minutes };
};

// The first minutes are played while the code is still being compiled.
playRun(content, { group: "four", seed: 1, classes: CLASSES }, { floors: 1 });
const runs = options.seeds.split(",").map((seed) => play(Number(seed)));
if (options.json) console.log(JSON.stringify({ machine: machine(), unit: "s", runs }));
else console.table(runs);
