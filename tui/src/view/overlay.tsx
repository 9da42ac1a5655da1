import type { Model, Overlay } from "../model.ts";
import { ChatOverlay } from "./chat.tsx";
import { Help } from "./help.tsx";
import type { Size } from "./layout.ts";
import { Pack } from "./pack.tsx";
import { Code, Confirm, CrewPanel, Survey } from "./panels.tsx";

/** What lies over the screen, if anything. */
export const OverlayView = (props: { model: Model; over: Overlay; size: Size; nowMs: number }) => {
  const { model, over, size, nowMs } = props;
  switch (over.at) {
    case "help":
      return <Help size={size} top={over.top} at={model.screen.at} />;
    case "pack":
      return <Pack model={model} size={size} cursor={over.cursor} nowMs={nowMs} />;
    case "chat":
      return <ChatOverlay model={model} chat={over} size={size} nowMs={nowMs} />;
    case "code":
      return <Code size={size} field={over.field} />;
    case "survey":
      return <Survey model={model} size={size} />;
    case "crew":
      return <CrewPanel model={model} size={size} />;
    case "confirm":
      return <Confirm size={size} question={over.question} />;
  }
};
