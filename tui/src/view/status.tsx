import { Text } from "ink";
import type { Model } from "../model.ts";
import { fit, pad, wrap } from "../screen/width.ts";
import type { Size } from "./layout.ts";
import { Heading, Window } from "./parts.tsx";
import { clock } from "./run-words.ts";
import { theme } from "./theme.ts";

type Row =
  | { readonly heading: string }
  | { readonly words: string }
  | { readonly name: string; readonly value: string };

/** What holds of oneself and of the run, in rows; more than fit are scrolled. */
export const StatusView = (props: { model: Model; size: Size; top: number; timeMs: number }) => {
  const { model, size, top, timeMs } = props;
  const width = Math.min(60, size.width);
  const rows = statusRows(model, timeMs, width - 4);
  const height = Math.min(size.height - 2, rows.length + 2);
  const room = height - 2;
  const from = Math.min(top, Math.max(0, rows.length - room));
  return (
    <Window
      size={size}
      width={width}
      height={height}
      title="You and the run"
      foot={rows.length > room ? "↑ ↓ more · Esc back" : "Esc back"}
    >
      {rows.slice(from, from + room).map((row, i) =>
        "heading" in row ? (
          <Heading key={row.heading} width={width - 4}>
            {row.heading}
          </Heading>
        ) : "words" in row ? (
          <Text key={`${from + i}`} wrap="truncate" color={theme.faint}>
            {row.words}
          </Text>
        ) : (
          <Text key={`${from + i}`} wrap="truncate" color={theme.text}>
            {pad(row.name, 26)}
            <Text color={theme.faint}>{fit(row.value, width - 30)}</Text>
          </Text>
        ),
      )}
    </Window>
  );
};

const LOOT = {
  needGreed: "need and greed",
  roundRobin: "in turn",
  freeForAll: "free for all",
} as const;

/** What each ability does, costs and how often it can be used. */
const abilityRows = ({ abilities = [], vitals }: Model["seen"]["self"], width: number): Row[] =>
  abilities.flatMap(({ slot, name, cost, cooldownMs, note }): Row[] => [
    {
      name: `${slot} ${name}`,
      value: `${cost} ${vitals?.resourceName ?? ""} · every ${cooldownMs / 1000} s`,
    },
    ...wrap(note, width - 2).map((words) => ({ words: `  ${words}` })),
  ]);

const statusRows = ({ seen }: Model, timeMs: number, width: number): Row[] => {
  const { effects = [], synergies = {}, intent, party, autoPickup, hire } = seen.self;
  const conditions = effects.map(({ name, power, stacks, untilMs, good }) => ({
    name: `${good ? "+" : "-"} ${name}${stacks > 1 ? ` × ${stacks}` : ""}`,
    value: `${power > 0 ? `power ${power} · ` : ""}${secondsLeft(untilMs, timeMs)}`,
  }));
  const fired = Object.entries(synergies)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => ({ name: name.replaceAll("-", " "), value: `${count}` }));
  return [
    { heading: "Abilities" },
    ...abilityRows(seen.self, width),
    { heading: "Conditions" },
    ...(conditions.length > 0 ? conditions : [{ name: "none", value: "" }]),
    { heading: "Synergies in this run" },
    ...(fired.length > 0 ? fired : [{ name: "none yet", value: "" }]),
    { heading: "The run" },
    { name: "time", value: clock(timeMs) },
    ...(intent ? [{ name: "you go on", value: intent.is }] : []),
    ...(party
      ? [
          { name: "loot", value: LOOT[party.lootRule] },
          { name: "friendly fire", value: party.friendlyFire ? "on" : "off" },
          { name: "hardcore", value: party.hardcore ? "on" : "off" },
          { name: "pauses left on this floor", value: `${party.pausesLeft}` },
        ]
      : []),
    ...(party?.heart
      ? [
          {
            name: "the Heartlode",
            value: `${party.heart.bearer ?? "lies on the ground"}${party.heart.hunted ? ", hunted" : ""}`,
          },
        ]
      : []),
    ...(hire ? [{ name: "hire here", value: `${hire.gold} gold, ${hire.hired} hired` }] : []),
    { name: "taken up in passing", value: "" },
    { words: `  ${autoPickup?.join(", ") || "nothing"} · A changes it` },
  ];
};

export const secondsLeft = (untilMs: number, timeMs: number): string =>
  untilMs <= 0 ? "lasts" : `${Math.max(0, Math.ceil((untilMs - timeMs) / 1000))} s`;
