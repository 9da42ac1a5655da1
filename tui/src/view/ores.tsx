import { OreValues, type Self } from "@underlode/contracts";
import { Box, Text } from "ink";
import type { Model, Overlay } from "../model.ts";
import { fit, pad } from "../screen/width.ts";
import type { Size } from "./layout.ts";
import { fromOf } from "./list.tsx";
import { Heading, Line, Window, windowWidth } from "./parts.tsx";
import { theme } from "./theme.ts";

type Sample = NonNullable<Self["samples"]>[number];
export const PROPERTIES = OreValues.keyof().options;

/** Two ores side by side; the better value of each property is bright. */
export const CompareView = (props: {
  model: Model;
  size: Size;
  over: Extract<Overlay, { at: "compare" }>;
}) => {
  const { model, size, over } = props;
  const samples = model.seen.self.samples ?? [];
  const width = windowWidth(size);
  const half = (width - 7) >> 1;
  const room = Math.min(samples.length, Math.max(2, size.height - 16));
  const chosen = over.cursors.map((at) => Math.max(0, Math.min(at, samples.length - 1)));
  const [left, right] = chosen.map((at) => samples[at]);
  return (
    <Window
      size={size}
      width={width}
      height={Math.max(6, room + 13)}
      title="Compare ores"
      foot="↑ ↓ choose · Tab the other side · Esc back"
    >
      {!left || !right ? (
        <Line colour={theme.faint}>The party has no sample of any ore yet.</Line>
      ) : (
        <>
          <Box columnGap={3} flexShrink={0}>
            {chosen.map((at, side) => (
              <Names
                key={side === 0 ? "left" : "right"}
                {...{ samples, at, room, width: half, active: over.side === side }}
              />
            ))}
          </Box>
          <Heading width={width - 4}>Values</Heading>
          {PROPERTIES.map((name) => (
            <Compared key={name} name={name} left={left} right={right} half={half} />
          ))}
          <Pair half={half} left={whereOf(left)} right={whereOf(right)} />
          <Pair half={half} left={suitsOf(left)} right={suitsOf(right)} />
        </>
      )}
    </Window>
  );
};

const whereOf = ({ kind, floor, held }: Sample): string =>
  `${kind} · ${floor === 0 ? "from a vault" : `floor ${floor}`} · you have ${held}`;
const suitsOf = ({ suits }: Sample): string =>
  suits.length > 0 ? `Suits: ${suits.join(", ")}` : "Suits no class well.";

const Names = (props: {
  samples: readonly Sample[];
  at: number;
  room: number;
  width: number;
  active: boolean;
}) => {
  const { samples, at, room, width, active } = props;
  const from = fromOf(at, samples.length, room);
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      {samples.slice(from, from + room).map(({ name }, i) => {
        const chosen = from + i === at;
        return (
          <Text
            key={from + i}
            wrap="truncate"
            color={chosen ? theme.loot : theme.faint}
            {...(chosen && active && { backgroundColor: theme.chosen })}
          >
            {chosen ? "› " : "  "}
            {pad(name, width - 2)}
          </Text>
        );
      })}
    </Box>
  );
};

const Compared = (props: {
  name: (typeof PROPERTIES)[number];
  left: Sample;
  right: Sample;
  half: number;
}) => {
  const { name, left, right, half } = props;
  const [a, b] = [Math.round(left.values[name]), Math.round(right.values[name])];
  const difference = b - a;
  return (
    <Text wrap="truncate" color={theme.faint}>
      {pad(name, 14)}
      <Text color={a >= b ? theme.bright : theme.text}>{`${a}`.padStart(half - 14)}</Text>
      {"   "}
      <Text color={b >= a ? theme.bright : theme.text}>{`${b}`.padStart(6)}</Text>
      <Text color={difference > 0 ? theme.good : difference < 0 ? theme.bad : theme.faint}>
        {(difference > 0 ? `+${difference}` : `${difference}`).padStart(7)}
      </Text>
    </Text>
  );
};

const Pair = ({ left, right, half }: { left: string; right: string; half: number }) => (
  <Text wrap="truncate" color={theme.faint}>
    {pad(left, half)}
    {"   "}
    {fit(right, half)}
  </Text>
);
