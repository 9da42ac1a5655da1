import type { Model } from "../model.ts";
import { PieceRows } from "./chat-lines.tsx";
import { feedRows } from "./feed.ts";
import type { Size } from "./layout.ts";
import { Window, windowWidth } from "./parts.tsx";

/** What happened and was said, as far back as it is kept. */
export const LogView = ({ model, size, up }: { model: Model; size: Size; up: number }) => {
  const width = windowWidth(size);
  const room = Math.min(size.height - 2, 40) - 2;
  const rows = feedRows(model.feed, width - 4, room, up);
  return (
    <Window
      size={size}
      width={width}
      height={room + 2}
      title="What happened"
      foot="↑ older · ↓ newer · Esc back"
    >
      <PieceRows rows={rows} height={room} />
    </Window>
  );
};
