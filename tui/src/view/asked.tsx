import { Box, Text } from "ink";
import type { Model } from "../model.ts";
import { fit, wrap } from "../screen/width.ts";
import { choiceTitle } from "../update/picking.ts";
import type { Rect } from "./layout.ts";
import { secondsLeft } from "./status.tsx";
import { theme } from "./theme.ts";

type Row = { readonly text: string; readonly colour: string };

const ROWS_MAX = 8;
const WIDTH_MAX = 56;

/** What waits for an answer, on the lowest rows of the map: it takes no key from walking. */
export const Asked = ({ model, map, timeMs }: { model: Model; map: Rect; timeMs: number }) => {
  const width = Math.min(map.width, WIDTH_MAX);
  const rows = askedRows(model, width - 3, timeMs).slice(0, ROWS_MAX);
  if (rows.length === 0) return null;
  return (
    <Box
      position="absolute"
      left={map.x}
      top={map.y + map.height - rows.length}
      width={width}
      height={rows.length}
      flexDirection="column"
      overflow="hidden"
      backgroundColor={theme.window}
    >
      {rows.map(({ text, colour }, i) => (
        <Text key={`${i} ${text}`} wrap="truncate" color={colour}>
          {` ${fit(text, width - 2)}`}
        </Text>
      ))}
    </Box>
  );
};

const askedRows = ({ seen }: Model, width: number, timeMs: number): Row[] => {
  const { prompts = [], offers = [], choices = [] } = seen.self;
  const asked = prompts
    .filter(({ answer }) => answer == null)
    .flatMap(({ kind, text, options, untilMs }): Row[] => {
      const left = untilMs > 0 ? ` (${secondsLeft(untilMs, timeMs)})` : "";
      const how = kind === "loot" ? "N need · G greed · Z pass" : `= ${options.join(" · ")}`;
      return [
        ...wrap(text + left, width).map((row) => ({ text: row, colour: theme.loot })),
        { text: how, colour: theme.accent },
      ];
    });
  const offered = offers.flatMap(({ mine, from, to, gold, items, ore }): Row[] => {
    const parts = [
      ...items.map(({ name, count }) => (count > 1 ? `${count} × ${name}` : name)),
      ...ore.map(({ name, amount }) => `${amount} ${name}`),
      ...(gold > 0 ? [`${gold} gold`] : []),
    ];
    const text = `${mine ? `You offer ${to}` : `${from} offers you`}: ${parts.join(", ")}`;
    return [
      ...wrap(text, width).map((row) => ({ text: row, colour: theme.loot })),
      { text: mine ? "- withdraw it" : "+ accept · - decline", colour: theme.accent },
    ];
  });
  return [...asked, ...offered, ...offeredHere(choices)];
};

type Choices = NonNullable<Model["seen"]["self"]["choices"]>;

const VERBS = { treasure: "take one", shop: "buy", sell: "sell", identify: "ask" } as const;

/** The place beside the player asks once, however many things it would speak of. */
const offeredHere = (choices: Choices): Row[] => {
  const [first] = choices;
  if (!first) return [];
  const verbs = new Set(choices.map(({ kind }) => VERBS[kind]));
  return [
    { text: choiceTitle(first), colour: theme.loot },
    { text: `= ${[...verbs].join(" · ")}`, colour: theme.accent },
  ];
};
