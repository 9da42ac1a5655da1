import { Box, Text } from "ink";
import { type Binding, keys, shownKeys } from "../keys.ts";
import type { Model } from "../model.ts";
import { fit } from "../screen/width.ts";
import type { Size } from "./layout.ts";
import { NoteLine } from "./note.tsx";
import { Choice } from "./parts.tsx";
import { theme } from "./theme.ts";

const LOGO = [
  "██╗   ██╗███╗   ██╗██████╗ ███████╗██████╗ ██╗      ██████╗ ██████╗ ███████╗",
  "██║   ██║████╗  ██║██╔══██╗██╔════╝██╔══██╗██║     ██╔═══██╗██╔══██╗██╔════╝",
  "██║   ██║██╔██╗ ██║██║  ██║█████╗  ██████╔╝██║     ██║   ██║██║  ██║█████╗  ",
  "██║   ██║██║╚██╗██║██║  ██║██╔══╝  ██╔══██╗██║     ██║   ██║██║  ██║██╔══╝  ",
  "╚██████╔╝██║ ╚████║██████╔╝███████╗██║  ██║███████╗╚██████╔╝██████╔╝███████╗",
  " ╚═════╝ ╚═╝  ╚═══╝╚═════╝ ╚══════╝╚═╝  ╚═╝╚══════╝ ╚═════╝ ╚═════╝ ╚══════╝",
] as const;
/** From daylight down through copper into the glow of the deep. */
const LOGO_COLOURS = ["#f3dfb8", "#eec58a", "#e0a458", "#c97f3e", "#a85a32", "#7a3b2c"] as const;
const LOGO_WIDTH = LOGO[0].length;

export const Title = ({ model, size, nowMs }: { model: Model; size: Size; nowMs: number }) => (
  <Box width={size.width} height={size.height} flexDirection="column" alignItems="center">
    <Box height={Math.max(1, (size.height - 22) >> 1)} flexShrink={0} />
    <Logo width={size.width} />
    <Text color={theme.faint}>what the party finds below, the party makes its own</Text>
    <Box height={1} flexShrink={0} />
    <Box flexDirection="column" width={44} flexShrink={0}>
      {Object.values<Binding>(keys.title).map((binding) => (
        <Choice key={binding.does} keys={shortKeys(binding)} does={binding.does} width={44} />
      ))}
    </Box>
    <Box height={1} flexShrink={0} />
    <Text wrap="truncate" color={theme.dark}>
      {fit(model.local ? "this machine's own server" : model.server, size.width - 4)}
    </Text>
    <NoteLine model={model} width={size.width - 4} nowMs={nowMs} centred />
    <Box flexGrow={1} />
    <Strata width={size.width} rows={Math.min(3, Math.max(0, size.height - 20))} />
  </Box>
);

const Logo = ({ width }: { width: number }) =>
  width < LOGO_WIDTH ? (
    <Text color={theme.accent} bold>
      U N D E R L O D E
    </Text>
  ) : (
    <Box flexDirection="column" flexShrink={0}>
      {LOGO.map((row, i) => (
        <Text key={LOGO_COLOURS[i]} color={LOGO_COLOURS[i]!}>
          {row}
        </Text>
      ))}
    </Box>
  );

const shortKeys = (binding: Binding): string =>
  shownKeys({ ...binding, keys: binding.keys.slice(0, 1) });

const ROCK = ["#2a2622", "#231f20", "#1b1a1f"] as const;
const ORES = ["#c97f3e", "#9fb3c8", "#7fd6e0", "#d9604c"] as const;

/** Rock along the bottom with a vein here and there; the same on every start. */
const Strata = ({ width, rows }: { width: number; rows: number }) => (
  <Box flexDirection="column" flexShrink={0}>
    {ROCK.slice(0, rows).map((colour, row) => (
      <Text key={colour} wrap="truncate" color={colour}>
        {runs(width, row).map(({ text, ore, at }) =>
          ore === undefined ? (
            text
          ) : (
            <Text key={at} color={ORES[ore]!}>
              {text}
            </Text>
          ),
        )}
      </Text>
    ))}
  </Box>
);

/** A number that looks drawn by lot, the same for the same place. */
const scrambled = (place: number): number => {
  let bits = Math.imul(place + 1, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  return (bits ^ (bits >>> 13)) >>> 0;
};

type Run = { text: string; ore: number | undefined; at: number };

const runs = (width: number, row: number): Run[] => {
  const parts: Run[] = [];
  for (let x = 0; x < width; x++) {
    const noise = scrambled(x * 3 + row);
    const ore = noise % 100 < 4 ? (noise >>> 17) % ORES.length : undefined;
    const text = ore === undefined ? "░░▒▒▓"[(noise >>> 11) % 5]! : "◆";
    const last = parts.at(-1);
    if (last && last.ore === undefined && ore === undefined) last.text += text;
    else parts.push({ text, ore, at: x });
  }
  return parts;
};
