// Parties: what a client was told of one never grows older, and the last change that was acknowledged stands.
import type { Violation } from "./check.ts";
import type { PartyOp, PartySeen, PlayerEnd, RunRecord } from "./record.ts";

export const checkParties = ({ parties, partyOps, players }: RunRecord): Violation[] => [
  ...[...Map.groupBy(parties, ({ player, party }) => `${player} ${party}`).values()].flatMap(older),
  ...players.flatMap((one) => forgotten(one, partyOps)),
  ...players.flatMap(({ player }) => overwritten(player, partyOps, parties)),
];

/** Between a change and the next one of the same player and kind, nothing else is to be seen. */
const overwritten = (
  player: string,
  ops: readonly PartyOp[],
  parties: readonly PartySeen[],
): Violation[] => {
  const seen = parties.filter((one) => one.player === player);
  return (["class", "ready"] as const).flatMap((what) => {
    const mine = ops.filter((op) => op.player === player && op.what === what);
    return mine.flatMap((op, i): Violation[] => {
      const [from, to] = [op.doneMs ?? Infinity, mine[i + 1]?.sentMs ?? Infinity];
      const isSure = op.outcome === "ok" && mine[i - 1]?.outcome !== "unknown";
      const other = seen.find(
        (one) =>
          one.atMs > from &&
          one.atMs < to &&
          one[what] !== undefined &&
          `${one[what]}` !== op.value,
      );
      if (!isSure || other === undefined) return [];
      const words = `${player}: ${what} became ${other[what]} after ${op.value} was acknowledged`;
      return [{ kind: "lost", words, atMs: other.atMs }];
    });
  });
};

const older = (seen: readonly PartySeen[]): Violation[] =>
  seen.flatMap(({ player, version, atMs }, i): Violation[] => {
    const before = seen[i - 1]?.version ?? 0;
    const words = `${player} was told of version ${version} of the party after ${before}`;
    return version < before ? [{ kind: "takenBack", words, atMs }] : [];
  });

const forgotten = (end: PlayerEnd, ops: readonly PartyOp[]): Violation[] =>
  (["class", "ready"] as const).flatMap((what): Violation[] => {
    const mine = ops.filter((op) => op.player === end.player && op.what === what);
    const last = mine.findLastIndex((op) => op.outcome === "ok");
    if (last < 0) return [];
    const may = mine.slice(last).filter((op) => op.outcome !== "failed");
    const is = String(end[what]);
    if (may.some((op) => op.value === is)) return [];
    const words = `${end.name}: ${what} is ${is}, ${mine[last]?.value} was acknowledged last`;
    return [{ kind: "lost", words }];
  });
