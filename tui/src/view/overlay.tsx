import { gameTime, type Model, type Overlay } from "../model.ts";
import { BenchView } from "./bench.tsx";
import { ChatOverlay } from "./chat.tsx";
import {
  AmountView,
  OptionsView,
  PaletteView,
  PicksView,
  PickView,
  TradeView,
} from "./choosing.tsx";
import { Help } from "./help.tsx";
import { BoardsView, VaultView } from "./keepsakes.tsx";
import type { Size } from "./layout.ts";
import { LogView } from "./log.tsx";
import { CompareView } from "./ores.tsx";
import { Pack } from "./pack.tsx";
import { Code, Confirm, CrewPanel, Invite, Survey } from "./panels.tsx";
import { StatusView } from "./status.tsx";

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
    case "invite":
      return <Invite size={size} field={over.field} />;
    case "survey":
      return <Survey model={model} size={size} />;
    case "crew":
      return <CrewPanel model={model} size={size} timeMs={gameTime(model, nowMs)} />;
    case "confirm":
      return <Confirm size={size} question={over.question} careful={over.careful === true} />;
    case "palette":
      return <PaletteView model={model} size={size} over={over} />;
    case "pick":
      return <PickView model={model} size={size} over={over} />;
    case "amount":
      return <AmountView size={size} over={over} />;
    case "picks":
      return <PicksView model={model} size={size} over={over} />;
    case "trade":
      return <TradeView model={model} size={size} over={over} nowMs={nowMs} />;
    case "bench":
      return <BenchView model={model} size={size} over={over} />;
    case "compare":
      return <CompareView model={model} size={size} over={over} />;
    case "options":
      return <OptionsView model={model} size={size} over={over} nowMs={nowMs} />;
    case "vault":
      return <VaultView model={model} size={size} cursor={over.cursor} nowMs={nowMs} />;
    case "boards":
      return <BoardsView model={model} size={size} wish={over.wish} top={over.top} nowMs={nowMs} />;
    case "log":
      return <LogView model={model} size={size} up={over.up} />;
    case "status":
      return (
        <StatusView model={model} size={size} top={over.top} timeMs={gameTime(model, nowMs)} />
      );
  }
};
