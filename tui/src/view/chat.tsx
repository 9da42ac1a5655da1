import { Box, Text } from "ink";
import type { Chat, Model } from "../model.ts";
import { ChatLines } from "./chat-lines.tsx";
import type { Size } from "./layout.ts";
import { noteOf } from "./note.tsx";
import { Entry, Line, Window, windowWidth } from "./parts.tsx";
import { theme } from "./theme.ts";

const CHANNELS = { party: "party", global: "everybody" } as const;

export const ChatOverlay = (props: { model: Model; chat: Chat; size: Size; nowMs: number }) => {
  const { model, chat, size, nowMs } = props;
  const width = windowWidth(size);
  const inner = width - 4;
  const height = Math.min(size.height - 4, 24);
  const name = CHANNELS[chat.channel];
  const note = noteOf(model, nowMs);
  return (
    <Window
      size={size}
      width={width}
      height={height}
      title={`Chat · ${name}`}
      foot="Enter say · Tab party/everybody · /w name words · PgUp older · Esc"
    >
      <ChatLines lines={model.chat} width={inner} rows={height - 5} up={chat.up} />
      <Line colour={theme.bad}>{note?.text ?? " "}</Line>
      <Text color={theme.rule}>{"─".repeat(inner)}</Text>
      <Box>
        <Text color={theme.accent}>{name}› </Text>
        <Entry field={chat.field} width={inner - name.length - 2} />
      </Box>
    </Window>
  );
};
