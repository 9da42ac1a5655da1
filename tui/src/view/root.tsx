import { Box, Text } from "ink";
import type { Model } from "../model.ts";
import { Dungeon } from "./dungeon.tsx";
import { FormView } from "./form.tsx";
import { SIZE_MIN, type Size } from "./layout.ts";
import { Lobby } from "./lobby.tsx";
import { OverlayView } from "./overlay.tsx";
import { PartyView } from "./party.tsx";
import { RunsView } from "./runs.tsx";
import { Summary } from "./summary.tsx";
import { theme } from "./theme.ts";
import { Title } from "./title.tsx";
import { WatchView } from "./watch.tsx";

export type ViewProps = { readonly model: Model; readonly size: Size; readonly nowMs: number };

/** The whole screen but the map. */
export const Root = (props: ViewProps) => {
  const { model, size } = props;
  if (size.width < SIZE_MIN.width || size.height < SIZE_MIN.height) return <TooSmall size={size} />;
  return (
    <Box width={size.width} height={size.height} overflow="hidden">
      <ScreenView {...props} />
      {model.overlay && <OverlayView {...props} over={model.overlay} />}
    </Box>
  );
};

const ScreenView = (props: ViewProps) => {
  const { screen } = props.model;
  switch (screen.at) {
    case "title":
      return <Title {...props} />;
    case "form":
      return <FormView {...props} form={screen} />;
    case "lobby":
      return <Lobby {...props} />;
    case "party":
      return <PartyView {...props} cursor={screen.cursor} />;
    case "dungeon":
      return <Dungeon {...props} mode={screen.mode} />;
    case "summary":
      return <Summary {...props} screen={screen} />;
    case "runs":
      return <RunsView {...props} screen={screen} />;
    case "watch":
      return <WatchView {...props} watch={screen} />;
  }
};

const TooSmall = ({ size }: { size: Size }) => (
  <Box width={size.width} height={size.height} overflow="hidden">
    <Text color={theme.accent}>
      Underlode needs {SIZE_MIN.width} x {SIZE_MIN.height} cells; this terminal has {size.width} x{" "}
      {size.height}.
    </Text>
  </Box>
);
