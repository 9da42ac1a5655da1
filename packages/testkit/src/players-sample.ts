/**
 * The sample conversation of docs/protocol.md: recorded from a real server, and played again against
 * one. Uses no client of ours, so that it also proves that the page is enough.
 *   node packages/testkit/src/players-sample.ts --record ws://host/ws
 */
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { ClientFrame } from "@underlode/contracts";
import { type Json, misfit } from "./players-shape.ts";
import { type SampleFrame, Voice } from "./players-voice.ts";

/** `socket` opens a new socket, and loses the one before. */
export type SampleLine = { socket: number } | { from: "client" | "server"; frame: SampleFrame };

const FILE = fileURLToPath(new URL("../../../docs/protocol-sample.jsonl", import.meta.url));
/** While recording, answers are waited for this long. */
const LISTEN_MS = 800;

export const sampleLines = (): SampleLine[] =>
  readFileSync(FILE, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as SampleLine);

/** What is said; hello is added as it is due. */
const script: readonly (ClientFrame | "lose the socket")[] = [
  { t: "ping", id: 1 },
  { t: "party.join", id: 2, code: "ZZZZZZ" },
  { t: "party.create", id: 3 },
  { t: "chat", id: 4, channel: "party", text: "hello" },
  { t: "party.class", id: 5, class: "warrior" },
  { t: "party.ready", id: 6, ready: true },
  { t: "party.delve", id: 7, seed: 42, game: "dungeon" },
  { t: "act", seq: 1, act: { do: "step", dir: 2 } },
  { t: "act", seq: 2, act: { do: "stairs" } },
  { t: "look" },
  "lose the socket",
  { t: "act", seq: 3, act: { do: "wait" } },
  { t: "party.leave", id: 8 },
];

/** Plays the script and writes down what was said on both sides. */
export const recordSample = async (url: string): Promise<SampleLine[]> => {
  const voice = await Voice.enter(url);
  const lines: SampleLine[] = [];
  let sockets = 0;
  let written = 0;
  const listen = async (): Promise<void> => {
    await pause(LISTEN_MS);
    for (const frame of voice.heard.slice(written)) lines.push({ from: "server", frame });
    written = voice.heard.length;
  };
  const say = async (frame: SampleFrame): Promise<void> => {
    lines.push({ from: "client", frame });
    voice.say(frame);
    await listen();
  };
  const open = async (): Promise<void> => {
    sockets += 1;
    lines.push({ socket: sockets });
    await voice.open();
    await say(await voice.hello());
  };
  await open();
  for (const one of script) await (one === "lose the socket" ? open() : say(one as SampleFrame));
  voice.close();
  return lines;
};

/** Plays the client's half against a server; gives every answer that is missing or of another form. */
export const replaySample = async (
  url: string,
  lines: readonly SampleLine[] = sampleLines(),
): Promise<string[]> => {
  const voice = await Voice.enter(url);
  const complaints: string[] = [];
  let from = 0;
  for (const turn of turnsOf(lines)) {
    if (turn.opens) await voice.open();
    from = voice.heard.length;
    for (const frame of turn.said) voice.say(await fresh(voice, frame));
    const missing = await voice.until(() => firstMissing(turn.answers, voice.heard.slice(from)));
    if (missing) complaints.push(`after ${JSON.stringify(turn.said.at(-1))}: ${missing}`);
  }
  voice.close();
  return complaints;
};

type Turn = { opens: boolean; said: SampleFrame[]; answers: SampleFrame[] };

/** What the client says without a break, and what the server then does. */
const turnsOf = (lines: readonly SampleLine[]): Turn[] => {
  const turns: Turn[] = [];
  let turn: Turn | undefined;
  for (const line of lines) {
    const opens = "socket" in line;
    if (opens || !turn || (line.from === "client" && turn.answers.length > 0)) {
      turn = { opens, said: [], answers: [] };
      turns.push(turn);
    }
    if ("socket" in line) continue;
    (line.from === "client" ? turn.said : turn.answers).push(line.frame);
  }
  return turns;
};

/** Secrets and numbers of this conversation instead of the recorded ones. */
const fresh = async (voice: Voice, frame: SampleFrame): Promise<SampleFrame> =>
  frame.t === "hello" ? voice.hello() : frame;

/** Answers may come in any order, and ticks that answer nothing may come or not. */
const firstMissing = (
  answers: readonly SampleFrame[],
  heard: readonly SampleFrame[],
): string | undefined => {
  for (const answer of answers) {
    if (answer.t === "tick" && numberOf(answer) === undefined) continue;
    if (!heard.some((frame) => answersAlike(answer, frame))) return complaintAbout(answer, heard);
  }
  return undefined;
};

const answersAlike = (answer: SampleFrame, frame: SampleFrame): boolean =>
  answer.t === frame.t && answer.id === frame.id && isAbout(answer, frame) && fits(answer, frame);

/** A refusal may come later than the tick that took the command: the delver was busy. */
const isAbout = (answer: SampleFrame, frame: SampleFrame): boolean =>
  answer.t !== "tick" || numberOf(answer) === numberOf(frame);
const fits = (answer: SampleFrame, frame: SampleFrame): boolean =>
  misfit(answer.t === "tick" ? { ...answer, applied: undefined } : answer, frame) === undefined;

/** The command that a tick refuses, or else has applied. */
const numberOf = ({ refused, applied }: SampleFrame): string | undefined => {
  if (Array.isArray(refused))
    return `refused ${JSON.stringify(refused.map((one) => (one as Json[])[0]))}`;
  return applied === undefined ? undefined : `applied ${String(applied)}`;
};

const complaintAbout = (answer: SampleFrame, heard: readonly SampleFrame[]): string => {
  const alike = heard.find(({ t }) => t === answer.t);
  const why = alike
    ? misfit(answer, alike)
    : `only ${heard.map(({ t }) => t).join(" ") || "silence"}`;
  return `no ${answer.t} as recorded: ${why ?? "other numbers"}`;
};

if (import.meta.main && process.argv[2] === "--record") {
  const lines = await recordSample(process.argv[3] ?? "");
  writeFileSync(FILE, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  process.exit();
}
