import { Box, Text } from "ink";
import type { Model } from "../model.ts";
import { fit } from "../screen/width.ts";
import { theme } from "./theme.ts";

/** The state of the connection where it needs saying, else the newest word to the player. */
export const noteOf = (
  model: Model,
  nowMs: number,
): { text: string; colour: string } | undefined => {
  const { link, note } = model;
  if (link.at === "waiting") {
    const leftMs = link.retryInMs - (nowMs - model.linkAtMs);
    const seconds = Math.max(1, Math.ceil(leftMs / 1000));
    return {
      text: `Connection lost, trying again in ${seconds} s… ${link.reason}`,
      colour: theme.bad,
    };
  }
  if (note && nowMs < note.untilMs) {
    return { text: note.text, colour: note.tone === "warning" ? theme.bad : theme.system };
  }
  if (link.at === "signing in") return { text: "Signing in…", colour: theme.faint };
  if (link.at === "connecting") return { text: "Connecting…", colour: theme.faint };
  if (model.goal?.want === "delve") return { text: "Opening a dungeon…", colour: theme.faint };
  return undefined;
};

export const NoteLine = ({
  model,
  width,
  nowMs,
  centred = false,
}: {
  model: Model;
  width: number;
  nowMs: number;
  centred?: boolean;
}) => {
  const note = noteOf(model, nowMs);
  return (
    <Box height={1} width={width} flexShrink={0} justifyContent={centred ? "center" : "flex-start"}>
      {note && (
        <Text wrap="truncate" color={note.colour}>
          {fit(note.text, width)}
        </Text>
      )}
    </Box>
  );
};
