import { Box, Text } from "ink";
import type { Model } from "../model.ts";
import { fit, pad, textWidth, wrap } from "../screen/width.ts";
import { isLive, positionOf, type Watch } from "../watching.ts";
import { type Piece, PieceRows } from "./chat-lines.tsx";
import { feedRows } from "./feed.ts";
import { Head, Rule } from "./frame.tsx";
import { layout, type Size, WATCH_ROWS } from "./layout.ts";
import { noteOf } from "./note.tsx";
import { Bar } from "./parts.tsx";
import { behind, clock } from "./run-words.ts";
import { SidePanel } from "./side.tsx";
import { theme } from "./theme.ts";

type Props = { model: Model; watch: Watch; size: Size; nowMs: number };

/** The dungeon as a member saw it, with a bar that says where in the run it is. */
export const WatchView = (props: Props) => {
  const { model, watch, size, nowMs } = props;
  const { map, side, log } = layout(size, WATCH_ROWS);
  const rows: Piece[][] = watch.pictured ? feedRows(model.feed, log.width - 1, log.height) : [];
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <Head width={size.width} left={placeOf(props)} right={followed(props)} split={map.width} />
      <Box height={map.height} flexShrink={0}>
        {watch.pictured ? (
          <Box width={map.width} flexShrink={0} />
        ) : (
          <Opening watch={watch} width={map.width} rows={map.height} />
        )}
        <Rule rows={map.height} />
        {watch.pictured && (
          <SidePanel model={model} rect={side} timeMs={positionOf(watch, nowMs)} />
        )}
      </Box>
      <Head
        width={size.width}
        left={model.unread > 0 ? `${model.unread} unread · t` : ""}
        right={kindOf(watch)}
        split={map.width}
        foot
      />
      <PieceRows rows={rows} height={log.height} />
      <Progress {...props} />
      <Words {...props} />
    </Box>
  );
};

const placeOf = ({ model: { seen }, watch }: Props): string => {
  if (!watch.pictured) return "A run is opened…";
  return seen.name ? `Floor ${seen.floor} · ${seen.name}` : "The dungeon";
};

const followed = ({ watch }: Props): string => {
  const names = watch.state?.names ?? [];
  const name = watch.follow ?? names[0];
  if (name === undefined) return "";
  const place = names.indexOf(name) + 1;
  return names.length > 1 && place > 0 ? `${name} ${place}/${names.length}` : name;
};

const kindOf = (watch: Watch): string => {
  const { state } = watch;
  if (state?.outcome) return ENDS[state.outcome];
  return isLive(watch) ? "being played now" : "";
};

const ENDS = {
  victory: "ends in victory",
  defeat: "ends in defeat",
  abandoned: "was abandoned",
  crashed: "ends in a crash",
} as const;

/** In the room of the map, until there is one. */
const Opening = ({ watch, width, rows }: { watch: Watch; width: number; rows: number }) => {
  const broken = watch.state?.is === "broken";
  const words = broken
    ? `This run cannot be shown. ${watch.state.words ?? ""}`
    : (watch.again?.words ?? "The run is made ready to be shown…");
  return (
    <Box
      width={width}
      height={rows}
      flexShrink={0}
      flexDirection="column"
      alignItems="center"
      justifyContent="center"
      overflow="hidden"
    >
      {wrap(words, width - 8).map((line) => (
        <Text key={line} color={broken ? theme.bad : theme.faint}>
          {line}
        </Text>
      ))}
    </Box>
  );
};

const WORD_COLUMNS = 8;

/** How it is shown, where it is, and how far that is. */
const Progress = ({ watch, size, nowMs }: Props) => {
  const { state } = watch;
  const word = watch.cut ? "cut off" : watch.seek ? "seeking" : (state?.is ?? "opening");
  const timeMs = positionOf(watch, nowMs);
  const how = isLive(watch) ? behind(state?.delayMs ?? 0) : `x${state?.speed ?? 1}`;
  const whole = state && !isLive(watch) ? ` / ${clock(state.endMs)}` : "";
  const head = state ? `${pad(how, isLive(watch) ? 13 : 7)}${clock(timeMs)}${whole} ` : "";
  const bar = Math.max(0, size.width - WORD_COLUMNS - 1 - textWidth(head));
  return (
    <Box height={1} width={size.width} flexShrink={0}>
      <Text wrap="truncate">
        <Text color={word === "playing" ? theme.good : theme.loot}>{pad(word, WORD_COLUMNS)} </Text>
        <Text color={theme.text}>{head}</Text>
        <Bar share={shareOf(watch, timeMs)} width={bar} colour={theme.accent} />
      </Text>
    </Box>
  );
};

const shareOf = ({ state }: Watch, timeMs: number): number =>
  state && state.endMs > 0 ? timeMs / state.endMs : 0;

/** The last line: what went wrong or was said, else what can be done. */
const Words = ({ model, watch, size, nowMs }: Props) => {
  const note = noteOf(model, nowMs);
  const { text, colour } = note ?? hintOf(watch);
  return (
    <Box height={1} width={size.width} flexShrink={0}>
      <Text wrap="truncate" color={colour}>
        {fit(text, size.width)}
      </Text>
    </Box>
  );
};

const hintOf = (watch: Watch): { text: string; colour: string } => {
  const { state } = watch;
  const live = isLive(watch);
  if (state?.is === "broken" && watch.pictured)
    return { text: `It cannot be shown any further: ${state.words ?? ""}`, colour: theme.bad };
  if (state?.is === "over")
    return {
      text: live
        ? "Over: its recording will be among the finished runs · q back"
        : "Over: press Home to see it again · q back",
      colour: theme.loot,
    };
  if (!state || state.is === "broken") return { text: "q back", colour: theme.dark };
  return { text: live ? LIVE_HINT : HINT, colour: theme.dark };
};

const HINT = "? keys · Space pause · ← → 10 s · [ ] 60 s · + - speed · Tab member · q back";
const LIVE_HINT = "? keys · Tab member · c crew · t chat · q back";
