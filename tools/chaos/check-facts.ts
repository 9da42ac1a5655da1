// Facts: each that the journal makes is in the database once, is booked once, and was told as saved once, afterwards.
import type { Violation } from "./check.ts";
import type { RunRecord, SavedTold, StoredFact, TrueFact } from "./record.ts";

export const checkFacts = (record: RunRecord): Violation[] => [
  ...stored(record),
  ...record.ledger.map((words): Violation => ({ kind: "lost", words: `ledger: ${words}` })),
  ...told(record),
];

const nameOf = ({ instance, tick, kind, player, data }: TrueFact): string =>
  `${kind} of ${player ?? "the party"} in ${instance} at ${tick}: ${data}`;

const counts = (facts: readonly TrueFact[]): Map<string, number> => {
  const found = new Map<string, number>();
  for (const fact of facts) found.set(nameOf(fact), (found.get(nameOf(fact)) ?? 0) + 1);
  return found;
};

/** By what they say and not by their keys: a key that changes is how one fact becomes two. */
const stored = ({ runs, facts }: RunRecord): Violation[] => {
  const known = new Set(runs.filter((run) => run.whole).map((run) => run.instance));
  const there = counts(facts.filter((fact) => known.has(fact.instance) && isOfGame(fact)));
  const must = counts(runs.filter((run) => run.whole).flatMap((run) => run.facts));
  return [...new Set([...there.keys(), ...must.keys()])].flatMap((name): Violation[] => {
    const [has, wants] = [there.get(name) ?? 0, must.get(name) ?? 0];
    if (has < wants) return [{ kind: "lost", words: `${name} is not in the database` }];
    if (has > wants && wants === 0)
      return [{ kind: "phantom", words: `${name} is in the database and in no journal` }];
    return has > wants ? [{ kind: "duplicated", words: `${name} is stored ${has} times` }] : [];
  });
};

/** Besides what games tell, there are facts about the run itself. */
const GAME_KINDS: ReadonlySet<string> = new Set([
  ...["ore", "legacy", "vault", "death", "victory", "defeat"],
]);
const isOfGame = ({ kind }: StoredFact): boolean => GAME_KINDS.has(kind);

const told = ({ saved, facts, players }: RunRecord): Violation[] =>
  players.flatMap(({ player, name }): Violation[] => {
    const mine = saved.filter((one) => one.player === player);
    const has = facts.filter((fact) => isOfGame(fact) && concerns(fact, player)).length;
    const early = mine.filter((one) => one.stored !== undefined && one.stored < one.told);
    return [
      ...early.map((one) => tooEarly(one, name)),
      ...(mine.length > has ? [surplus(name, mine.length, has)] : []),
      ...(mine.length < has ? [missing(name, mine.length, has)] : []),
    ];
  });

const concerns = (fact: StoredFact, player: string): boolean =>
  fact.player === player || (fact.player === undefined && fact.data.includes(`"${player}"`));

const tooEarly = ({ what, told, stored, atMs }: SavedTold, name: string): Violation => ({
  ...{ kind: "phantom", atMs },
  words: `${name} was told "${what}" as number ${told} saved when ${stored} were`,
});
const surplus = (name: string, count: number, has: number): Violation => ({
  kind: "duplicated",
  words: `${name} was told of ${count} facts saved, there are ${has}`,
});
const missing = (name: string, count: number, has: number): Violation => ({
  kind: "lost",
  words: `${name} was told of ${count} facts saved, there are ${has}`,
});
