import type { Victory } from "./victory.ts";

/** A report for people. */
export function table(victory: Victory): string {
  const { commands, board } = victory;
  return [
    ...victory.morgue,
    "",
    `outcome     ${victory.outcome} on floor ${victory.floor}, seed ${victory.seed}, ${victory.classes.join(", ")}`,
    ...victory.before.map(
      ({ outcome, floor, gameMinutes, confirmed }) =>
        `before      ${outcome} on floor ${floor} after ${gameMinutes} min, ${confirmed ? "confirmed" : "not confirmed"}`,
    ),
    `time        ${victory.gameMinutes} min of the game in ${victory.seconds} s: ${victory.speed} times as fast, of ${victory.timeScale}`,
    `commands    ${commands.sent} sent, ${commands.applied} applied, ${commands.refused} refused, ${commands.lost} lost, ${commands.unanswered} unanswered`,
    `latency     ${latency(victory.latencyMs)}; in the game's time ${latency(victory.latencyGameMs)}`,
    `refused     ${list(victory.refused)}`,
    `errors      ${list(victory.errors)}; ${victory.looks} pictures asked for after a gap`,
    `replay      ${victory.confirmed ? "confirmed" : "NOT CONFIRMED"} after ${victory.proofSeconds} s`,
    `board       ${board ? `score ${board.score}, floor ${board.floor}, ${board.purity}` : "no entry"}`,
    ...Object.entries(victory.badges).map(
      ([name, badges]) => `badges      ${name}: ${badges.join(", ") || "none"}`,
    ),
    victory.ok ? "A victory, confirmed by its replay." : "No confirmed victory.",
  ].join("\n");
}

function latency({ p50, p95, p99, max }: Victory["latencyMs"]): string {
  return `p50 ${p50} ms, p95 ${p95}, p99 ${p99}, max ${max}`;
}

function list(counts: Readonly<Record<string, number>>): string {
  return (
    Object.entries(counts)
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, times]) => `${times} x ${name}`)
      .join(", ") || "none"
  );
}
