import type { Self } from "@underlode/contracts";

type PackItem = NonNullable<Self["pack"]>[number];
type Stats = NonNullable<PackItem["stats"]>;

/** A thing of the pack as lists name it. */
export const itemLabel = ({ name, count, equipped }: PackItem): string =>
  `${count > 1 ? `${count} × ` : ""}${name}${equipped ? " (worn)" : ""}`;

/** What a thing does: what this one has of its own, then what all of its kind have. */
export const itemWords = ({ note, kind, stats }: PackItem, timeMs: number): string => {
  const own = stats === undefined ? [] : ownWords(stats, kind, timeMs);
  return own.length === 0 ? note : `${capital(own.join(", "))}. ${note}`;
};

const ownWords = (stats: Stats, kind: PackItem["kind"], timeMs: number): string[] => {
  const { damage, defence, spell, healing, thrift, mining, heft } = stats;
  const all: readonly [value: number | undefined, words: (value: number) => string][] = [
    [damage, (value) => `${signed(value)} damage`],
    [defence, (value) => `${signed(value)} defence`],
    [spell, (value) => `${signed(value)} to spells`],
    [healing, (value) => `heals ${value}% more`],
    [thrift, (value) => `abilities cost ${value}% less`],
    [mining, (value) => `takes ${value}% off hardness`],
    [heft, (value) => `heft ${value}`],
  ];
  const made = all.flatMap(([value, words]) => (value ? [words(value)] : []));
  return [...made, ...stateWords(stats, kind, timeMs, made.length > 0)];
};

/** How far gone it is; of what is whole and plain, nothing needs saying. */
const stateWords = (stats: Stats, kind: PackItem["kind"], timeMs: number, isMade: boolean) => {
  const { durability, wear, charges, readyAtMs } = stats;
  if (kind === "wand") return charges === undefined ? [] : [`charges left: ${charges}`];
  if (kind === "charm") {
    return readyAtMs > timeMs ? [`warm again in ${Math.ceil((readyAtMs - timeMs) / 1000)} s`] : [];
  }
  if (durability === 0 || (wear === 0 && !isMade)) return [];
  return [wear >= durability ? "worn out" : `wear ${wear} of ${durability}`];
};

const signed = (value: number): string => (value > 0 ? `+${value}` : `${value}`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
