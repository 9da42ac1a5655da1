import { CLASSES, type ClassName, type Party, type PartyMember } from "@underlode/contracts";
import { Box, Text } from "ink";
import { type Binding, keys, shownKeys } from "../keys.ts";
import type { Model } from "../model.ts";
import { fit, pad } from "../screen/width.ts";
import { OPTION_ROWS } from "../update/tables.ts";
import { ChatLines } from "./chat-lines.tsx";
import { Head, Rule } from "./frame.tsx";
import type { Size } from "./layout.ts";
import { NoteLine } from "./note.tsx";
import { optionWords } from "./option-words.ts";
import { Choice, Heading, Line } from "./parts.tsx";
import { behind } from "./run-words.ts";
import { colourOfClass, theme } from "./theme.ts";

const LEFT = 46;

export const PartyView = (props: { model: Model; size: Size; nowMs: number; cursor: number }) => {
  const { model, size, nowMs } = props;
  const { party } = model;
  if (!party) return null;
  const rows = size.height - 3;
  const right = size.width - LEFT - 3;
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <Head
        width={size.width}
        left="The party"
        right={PHASES[party.at.phase] ?? party.at.phase}
        split={LEFT}
      />
      <Box height={rows}>
        <Box
          width={LEFT}
          height={rows}
          flexDirection="column"
          paddingX={2}
          flexShrink={0}
          overflow="hidden"
        >
          <Code party={party} />
          <Members {...props} party={party} />
          <Text> </Text>
          <Classes model={model} party={party} />
        </Box>
        <Rule rows={rows} />
        <Box
          flexDirection="column"
          paddingX={1}
          paddingTop={1}
          width={right + 2}
          height={rows}
          overflow="hidden"
        >
          <Heading width={right}>Keys</Heading>
          {KEYS.slice(0, Math.max(3, rows - OPTION_ROWS.length - 6)).map((binding) => (
            <Choice key={binding.does} keys={short(binding)} does={binding.does} width={right} />
          ))}
          <Text> </Text>
          <Heading width={right}>{LEADS}</Heading>
          {OPTION_ROWS.map((row) => {
            const { name, value } = optionWords(party.options, row);
            return (
              <Text key={row} wrap="truncate" color={theme.faint}>
                {pad(name, 14)}
                <Text color={theme.text}>{fit(value, right - 14)}</Text>
              </Text>
            );
          })}
          <Text> </Text>
          <Heading width={right}>Chat</Heading>
          <ChatLines lines={model.chat} width={right} rows={Math.max(1, rows - TAKEN)} />
        </Box>
      </Box>
      <Head width={size.width} left="" right="" split={LEFT} foot />
      <NoteLine model={model} width={size.width} nowMs={nowMs} />
    </Box>
  );
};

/** A server may be newer and know more phases. */
const PHASES: Readonly<Record<string, string>> = {
  gathering: "gathering",
  starting: "the dungeon opens…",
  delving: "in the dungeon",
  recovering: "the dungeon is dug out again…",
  suspended: "resting: d goes on",
};

const { ready, delve, options, vault, kick, watch, chat, leave, help } = keys.party;
const KEYS: readonly Binding[] = [ready, delve, options, vault, chat, kick, watch, leave, help];
const LEADS = "The next run";
/** Rows of the right side that are not chat: keys, options, headings and what is between. */
const TAKEN = KEYS.length + OPTION_ROWS.length + 6;
const short = (binding: Binding): string =>
  shownKeys({ ...binding, keys: binding.keys.slice(0, 1) });

const Code = ({ party }: { party: Party }) => (
  <Box height={3} flexShrink={0} flexDirection="column" justifyContent="flex-end">
    <Text wrap="truncate" color={theme.faint}>
      Code to share:{" "}
      <Text color={theme.bright} bold>
        {[...party.code].join(" ")}
      </Text>
    </Text>
    <Watching party={party} />
  </Box>
);

const Watching = ({ party: { watchDelayMs } }: { party: Party }) => (
  <Text wrap="truncate" color={theme.faint}>
    Watching:{" "}
    <Text color={theme.text}>
      {watchDelayMs === null ? "nobody may watch" : behind(watchDelayMs)}
    </Text>
  </Text>
);

const Members = (props: { model: Model; party: Party; cursor: number }) => (
  <Box flexDirection="column" flexShrink={0}>
    <Heading width={LEFT - 4}>{`Members ${props.party.members.length} of 8`}</Heading>
    {props.party.members.map((member, i) => (
      <Member
        key={member.player}
        member={member}
        leads={member.player === props.party.leader}
        own={member.player === props.model.who?.player}
        chosen={i === props.cursor}
      />
    ))}
  </Box>
);

const Member = (props: { member: PartyMember; leads: boolean; own: boolean; chosen: boolean }) => {
  const { member, leads, own, chosen } = props;
  const state = !member.online ? "away" : member.ready ? "ready" : "not yet";
  const colour = !member.online ? theme.faint : member.ready ? theme.good : theme.faint;
  return (
    <Text wrap="truncate" {...(chosen && { backgroundColor: theme.chosen })}>
      <Text color={theme.accent}>
        {chosen ? "›" : " "}
        {leads ? "★ " : "  "}
      </Text>
      <Text color={own ? theme.bright : theme.text} bold={own}>
        {pad(own ? `${member.name} (you)` : member.name, 22)}
      </Text>{" "}
      <Text color={colourOfClass(member.class)}>{pad(member.class ?? "no class", 9)}</Text>
      <Text color={colour}>{fit(state, 7).padStart(7)}</Text>
    </Text>
  );
};

const ABOUT = {
  warrior: "30 HP, stamina. In front, hits all around.",
  mage: "15 HP, mana. Burns from afar, is frail.",
  ranger: "22 HP, focus. Shoots past friends.",
  healer: "25 HP, mana. Mends from a distance.",
  rogue: "20 HP, energy. Stabs who does not look.",
} as const satisfies Record<ClassName, string>;

const Classes = ({ model, party }: { model: Model; party: Party }) => {
  const mine = party.members.find(({ player }) => player === model.who?.player)?.class;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Heading width={LEFT - 4}>Your class</Heading>
      {CLASSES.map((name, i) => (
        <Text key={name} wrap="truncate">
          <Text color={theme.accent} bold>
            {i + 1}{" "}
          </Text>
          <Text color={colourOfClass(name)} bold={name === mine} inverse={name === mine}>
            {name}
          </Text>
        </Text>
      ))}
      <Line colour={theme.faint}>{fit(mine ? ABOUT[mine] : "Choose with 1 to 5.", LEFT - 4)}</Line>
    </Box>
  );
};
