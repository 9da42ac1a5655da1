import { flags, type SeenThing } from "@underlode/client";
import type { CrewMember, Self } from "@underlode/contracts";
import { Box, Text } from "ink";
import type { Model } from "../model.ts";
import { fit, pad, textWidth } from "../screen/width.ts";
import { enemies } from "../update/sight.ts";
import type { Rect } from "./layout.ts";
import { Bar, Heading } from "./parts.tsx";
import { secondsLeft } from "./status.tsx";
import { colourOfClass, colourOfHealth, colourOfResource, theme } from "./theme.ts";

type Ability = NonNullable<Self["abilities"]>[number];
type Props = { model: Model; rect: Rect; timeMs: number };

/** Beside the map: oneself, abilities, the party, what is near. What has no room is left out. */
export const SidePanel = ({ model, rect, timeMs }: Props) => {
  const width = rect.width - 2;
  return (
    <Box
      width={rect.width}
      height={rect.height}
      flexDirection="column"
      paddingX={1}
      overflow="hidden"
      flexShrink={0}
    >
      <Vitals model={model} width={width} />
      <Effects model={model} width={width} timeMs={timeMs} />
      <Abilities abilities={model.seen.self.abilities ?? []} width={width} timeMs={timeMs} />
      <Crew model={model} width={width} timeMs={timeMs} />
      <Near model={model} width={width} />
    </Box>
  );
};

type Vital = NonNullable<Model["seen"]["self"]["vitals"]>;

const Vitals = ({ model: { seen, screen }, width }: { model: Model; width: number }) => {
  const { vitals } = seen.self;
  if (!vitals) return null;
  const share = vitals.hp / Math.max(1, vitals.maxHp);
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Gauge
        name="Health"
        value={vitals.hp}
        max={vitals.maxHp}
        width={width}
        colour={colourOfHealth(share)}
      />
      {vitals.maxResource > 0 && (
        <Gauge
          name={capital(vitals.resourceName)}
          value={vitals.resource}
          max={vitals.maxResource}
          width={width}
          colour={colourOfResource(vitals.resourceName)}
        />
      )}
      <Text wrap="truncate" color={theme.faint}>
        attack <Text color={theme.text}>{vitals.attack}</Text> defence{" "}
        <Text color={theme.text}>{vitals.defence}</Text>
      </Text>
      <Text wrap="truncate" color={theme.faint}>
        level <Text color={theme.text}>{vitals.level}</Text> gold{" "}
        <Text color={theme.loot}>{vitals.gold}</Text>
      </Text>
      <State words={wordsOf(vitals, screen.at === "watch")} width={width} />
    </Box>
  );
};

const EFFECT_ROWS_MAX = 3;

/** Conditions with what is left of them, and who bears the Heartlode. */
const Effects = (props: { model: Model; width: number; timeMs: number }) => {
  const { model, width, timeMs } = props;
  const { effects = [], party, synergies = {} } = model.seen.self;
  const heart = party?.heart;
  const fired = Object.values(synergies).reduce((sum, count) => sum + count, 0);
  return (
    <Box flexDirection="column" flexShrink={0}>
      {effects.slice(0, EFFECT_ROWS_MAX).map(({ name, good, stacks, untilMs }, i) => (
        <Text key={`${i} ${name}`} wrap="truncate" color={good ? theme.good : theme.bad}>
          {pad(`${name}${stacks > 1 ? ` × ${stacks}` : ""}`, width - 6)}
          <Text color={theme.faint}>{secondsLeft(untilMs, timeMs).padStart(6)}</Text>
        </Text>
      ))}
      {effects.length > EFFECT_ROWS_MAX && (
        <Text color={theme.faint}>
          {fit(`${effects.length - EFFECT_ROWS_MAX} more · Y`, width)}
        </Text>
      )}
      {heart && (
        <Text wrap="truncate" color={theme.loot}>
          {fit(`Heartlode: ${heart.bearer ?? "on the ground"}`, width)}
        </Text>
      )}
      {fired > 0 && (
        <Text wrap="truncate" color={theme.faint}>
          {fit(`synergies ${fired} · Y`, width)}
        </Text>
      )}
    </Box>
  );
};

const STATES: Readonly<Record<Vital["state"], string>> = {
  up: "",
  down: "DOWN · wait for a hand",
  dead: "DEAD · you watch",
  away: "away",
  left: "gone",
};

/** Whom one only watches is not spoken to. */
const wordsOf = ({ state }: Vital, watched: boolean): string =>
  watched && state !== "up" ? state.toUpperCase() : STATES[state];

const State = ({ words, width }: { words: string; width: number }) =>
  words === "" ? null : (
    <Text wrap="truncate" bold color={theme.bright} backgroundColor="#7a1f1f">
      {pad(` ${words}`, width)}
    </Text>
  );

const Gauge = (gauge: {
  name: string;
  value: number;
  max: number;
  width: number;
  colour: string;
}) => {
  const figures = `${gauge.value}/${gauge.max}`;
  const bar = Math.max(3, gauge.width - 8 - Math.max(7, figures.length) - 1);
  return (
    <Text wrap="truncate" color={theme.faint}>
      {pad(gauge.name, 8)}
      <Bar share={gauge.value / Math.max(1, gauge.max)} width={bar} colour={gauge.colour} />
      <Text color={theme.text}>{figures.padStart(gauge.width - 8 - bar)}</Text>
    </Text>
  );
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const Abilities = (props: { abilities: readonly Ability[]; width: number; timeMs: number }) =>
  props.abilities.length === 0 ? null : (
    <Box flexDirection="column" flexShrink={0}>
      <Heading width={props.width}>Abilities</Heading>
      {props.abilities.map((ability) => (
        <AbilityRow key={ability.slot} ability={ability} {...props} />
      ))}
    </Box>
  );

const AbilityRow = (props: { ability: Ability; width: number; timeMs: number }) => {
  const { ability, width, timeMs } = props;
  const leftMs = Math.max(0, ability.readyAtMs - timeMs);
  const right = leftMs > 0 ? secondsShort(leftMs) : ability.cost > 0 ? `${ability.cost}` : "";
  return (
    <Text wrap="truncate" color={leftMs > 0 ? theme.faint : theme.text}>
      <Text color={theme.accent} bold>
        {ability.slot}{" "}
      </Text>
      {pad(ability.name, width - 8)}
      <Text color={theme.faint}>{right.padStart(6)}</Text>
    </Text>
  );
};

/** In six columns at most, with tenths where they matter. */
const secondsShort = (ms: number): string =>
  ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.ceil(ms / 1000)} s`;

const Crew = (props: { model: Model; width: number; timeMs: number }) => {
  const { width, timeMs } = props;
  const { seen } = props.model;
  const others = seen.crew.filter(
    ({ thing, state }) => thing !== seen.self.vitals?.thing && state !== "left",
  );
  if (others.length === 0) return null;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Heading width={width}>Party</Heading>
      {others.map((member) => (
        <CrewRow
          key={member.player}
          member={member}
          floor={seen.floor}
          width={width}
          timeMs={timeMs}
        />
      ))}
    </Box>
  );
};

export const CrewRow = (props: {
  member: CrewMember;
  floor: number;
  width: number;
  timeMs: number;
}) => {
  const { member, floor, width, timeMs } = props;
  const name = Math.max(6, Math.min(16, width - 11));
  const right = width - name - 1;
  return (
    <Text wrap="truncate">
      <Text color={colourOfClass(member.class)}>{pad(member.name, name)} </Text>
      <CrewState member={member} floor={floor} width={right} timeMs={timeMs} />
    </Text>
  );
};

const CrewState = (props: { member: CrewMember; floor: number; width: number; timeMs: number }) => {
  const { member, floor, width, timeMs } = props;
  if (member.state === "down") {
    const left = member.diesAtMs === undefined ? "" : ` ${secondsLeft(member.diesAtMs, timeMs)}`;
    return (
      <Text color={theme.bright} backgroundColor="#7a1f1f">
        {pad(`DOWN${left}`, width)}
      </Text>
    );
  }
  if (member.state === "dead") return <Text color={theme.faint}>{pad("dead", width)}</Text>;
  const where =
    member.state === "away" ? " away" : member.floor !== floor ? ` f${member.floor}` : "";
  const figures = `${member.hp}/${member.maxHp}`.padStart(6) + where;
  const bar = Math.max(0, width - textWidth(figures));
  const share = member.hp / Math.max(1, member.maxHp);
  return (
    <>
      <Bar share={share} width={bar} colour={colourOfHealth(share)} />
      <Text color={theme.faint}>{fit(figures, width - bar)}</Text>
    </>
  );
};

const NEAR_ROWS_MAX = 12;

const Near = ({ model: { seen }, width }: { model: Model; width: number }) => {
  const near = enemies(seen).slice(0, NEAR_ROWS_MAX);
  if (near.length === 0) return null;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Heading width={width}>Near</Heading>
      {near.map((thing) => (
        <NearRow key={thing.id} thing={thing} kind={seen.legend.kinds[thing.kind]} width={width} />
      ))}
    </Box>
  );
};

type Kind = Model["seen"]["legend"]["kinds"][number] | undefined;

const NearRow = ({ thing, kind, width }: { thing: SeenThing; kind: Kind; width: number }) => {
  const share = thing.health / 100;
  const asleep = (thing.flags & flags.asleep) !== 0;
  const bar = width < 26 ? 6 : 9;
  const name = Math.max(6, width - bar - 1);
  return (
    <Text wrap="truncate" color={asleep ? theme.faint : theme.text}>
      <Text color={kind?.colour ?? theme.text} bold>
        {fit(kind?.glyph ?? "?", 1)}{" "}
      </Text>
      {pad(thing.name || kind?.name || "something", name - 2)}{" "}
      {asleep ? (
        <Text color={theme.faint}>{pad("asleep", bar)}</Text>
      ) : thing.health >= 0 ? (
        <Bar share={share} width={bar} colour={colourOfHealth(share)} />
      ) : null}
    </Text>
  );
};
