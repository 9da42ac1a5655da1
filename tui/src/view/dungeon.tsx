import { Box } from "ink";
import { gameTime, type Mode, type Model } from "../model.ts";
import { Asked } from "./asked.tsx";
import { type Piece, PieceRows } from "./chat-lines.tsx";
import { feedRows } from "./feed.ts";
import { Head, Rule } from "./frame.tsx";
import { layout, type Size } from "./layout.ts";
import { Prompt } from "./prompt.tsx";
import { SidePanel } from "./side.tsx";

/** All but the map, which is painted into the room that is left blank here. */
export const Dungeon = (props: { model: Model; size: Size; nowMs: number; mode: Mode }) => {
  const { model, size, nowMs, mode } = props;
  const { map, side, log } = layout(size);
  const { seen } = model;
  const place = seen.name ? `Floor ${seen.floor} · ${seen.name}` : "The dungeon";
  const rows: Piece[][] = feedRows(model.feed, log.width - 1, log.height);
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <Head width={size.width} left={place} right={headOf(model)} split={map.width} />
      <Box height={map.height} flexShrink={0}>
        <Box width={map.width} flexShrink={0} />
        <Rule rows={map.height} />
        <SidePanel model={model} rect={side} timeMs={gameTime(model, nowMs)} />
      </Box>
      <Head
        width={size.width}
        left={model.unread > 0 ? `${model.unread} unread · t` : ""}
        right=""
        split={map.width}
        foot
      />
      <PieceRows rows={rows} height={log.height} />
      <Prompt model={model} mode={mode} width={size.width} nowMs={nowMs} />
      <Asked model={model} map={map} timeMs={gameTime(model, nowMs)} />
    </Box>
  );
};

const headOf = ({ seen, who }: Model): string => {
  const own = seen.crew.find(({ thing }) => thing === seen.self.vitals?.thing);
  return `${who?.name ?? ""}${own ? ` · ${own.class}` : ""}`;
};
