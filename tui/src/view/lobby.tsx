import { Box, Text } from "ink";
import { type Binding, keys, shownKeys } from "../keys.ts";
import type { Model } from "../model.ts";
import { fit } from "../screen/width.ts";
import { ChatLines } from "./chat-lines.tsx";
import { Head, Rule } from "./frame.tsx";
import type { Size } from "./layout.ts";
import { NoteLine } from "./note.tsx";
import { Choice, Heading, Line } from "./parts.tsx";
import { theme } from "./theme.ts";

const SIDE = 42;

export const Lobby = ({ model, size, nowMs }: { model: Model; size: Size; nowMs: number }) => {
  const rows = size.height - 3;
  const chatWidth = size.width - SIDE - 3;
  const lines = model.chat.filter(({ channel }) => channel !== "party");
  const who = model.who ? `${model.who.name}${model.who.guest ? " (guest)" : ""}` : "";
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <Head width={size.width} left="Underlode · the lobby" right={who} split={SIDE} />
      <Box height={rows}>
        <Box
          width={SIDE}
          height={rows}
          flexDirection="column"
          paddingX={2}
          paddingTop={1}
          flexShrink={0}
          overflow="hidden"
        >
          <Heading width={SIDE - 4}>What now?</Heading>
          {Object.values<Binding>(keys.lobby).map((binding) => (
            <Choice
              key={binding.does}
              keys={shownKeys({ ...binding, keys: binding.keys.slice(0, 1) })}
              does={binding.does}
              width={SIDE - 4}
            />
          ))}
          <Text> </Text>
          <World model={model} />
        </Box>
        <Rule rows={rows} />
        <Box flexDirection="column" paddingX={1} paddingTop={1} width={chatWidth + 2}>
          <Heading width={chatWidth}>Everybody</Heading>
          {lines.length === 0 ? (
            <Line colour={theme.faint}>
              {fit("Nobody has said a word yet. t: chat", chatWidth)}
            </Line>
          ) : (
            <ChatLines lines={lines} width={chatWidth} rows={rows - 3} />
          )}
        </Box>
      </Box>
      <Head width={size.width} left="" right="" split={SIDE} foot />
      <NoteLine model={model} width={size.width} nowMs={nowMs} />
    </Box>
  );
};

const World = ({ model: { stats } }: { model: Model }) => {
  if (!stats) return null;
  const facts = [
    ["Delvers", stats.characters],
    ["Runs", stats.runs],
    ["Victories", stats.victories],
    ["Deaths", stats.deaths],
    ["Deepest floor", stats.deepestFloor],
  ] as const;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Heading width={SIDE - 4}>The world</Heading>
      {facts.map(([name, value]) => (
        <Text key={name} color={theme.faint}>
          {name.padEnd(16)}
          <Text color={theme.text}>{value.toLocaleString("en")}</Text>
        </Text>
      ))}
    </Box>
  );
};
