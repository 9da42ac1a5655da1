import { Box, Text } from "ink";
import type { ReactNode } from "react";
import type { Field } from "../field.ts";
import { fit, pad, textWidth, wrap } from "../screen/width.ts";
import type { Size } from "./layout.ts";
import { theme } from "./theme.ts";

/** One line of text; anything too long has been cut before, this only makes sure. */
export const Line = ({
  children,
  colour = theme.text,
  bold = false,
  back,
}: {
  children: ReactNode;
  colour?: string;
  bold?: boolean;
  back?: string;
}) => (
  <Text wrap="truncate" color={colour} bold={bold} {...(back && { backgroundColor: back })}>
    {children}
  </Text>
);

/** Rows that the longest of some texts takes, so that a window does not jump from one to the next. */
export const rowsOfLongest = (texts: readonly string[], width: number): number =>
  Math.max(1, ...texts.map((text) => wrap(text, width).length));

/** A text over as many rows as it may have; cut only where even those are too few. */
export const Paragraph = (props: { text: string; width: number; rows: number; colour: string }) => {
  const { text, width, rows, colour } = props;
  const lines = wrap(text, width);
  const shown = lines.slice(0, rows);
  if (lines.length > rows) shown[rows - 1] = fit(lines.slice(rows - 1).join(" "), width);
  return (
    <Box flexDirection="column" height={rows} flexShrink={0}>
      {shown.map((line, i) => (
        <Line key={`${i} ${line}`} colour={colour}>
          {line}
        </Line>
      ))}
    </Box>
  );
};

/** A share of something, as a heavy line on a thin one, so that it reads without colour too. */
export const Bar = ({ share, width, colour }: { share: number; width: number; colour: string }) => {
  const bounded = Number.isFinite(share) ? Math.max(0, Math.min(1, share)) : 0;
  const full = bounded > 0 ? Math.max(1, Math.round(bounded * width)) : 0;
  return (
    <Text wrap="truncate">
      <Text color={colour}>{"━".repeat(full)}</Text>
      <Text color={theme.dark}>{"─".repeat(Math.max(0, width - full))}</Text>
    </Text>
  );
};

export const Heading = ({ children, width }: { children: string; width: number }) => (
  <Text wrap="truncate" color={theme.rule}>
    <Text color={theme.accent}>{fit(children, width)}</Text>{" "}
    {"─".repeat(Math.max(0, width - textWidth(children) - 1))}
  </Text>
);

/** Wide windows leave no slivers of the screen beside them where there is little room. */
export const windowWidth = ({ width }: Size): number => (width < 92 ? width : 84);

/** A framed box in the middle of the screen, over all else. */
export const Window = ({
  size,
  width,
  height,
  title,
  foot = "",
  children,
}: {
  size: Size;
  width: number;
  height: number;
  title: string;
  foot?: string;
  children: ReactNode;
}) => {
  const wide = Math.min(width, size.width);
  const high = Math.min(height, size.height);
  return (
    <Box
      position="absolute"
      left={(size.width - wide) >> 1}
      top={Math.max(0, (size.height - high) >> 1)}
      width={wide}
      height={high}
      flexDirection="column"
      overflow="hidden"
      backgroundColor={theme.window}
    >
      <Edge left="╭" right="╮" words={title} width={wide} />
      {/* The sides are drawn over a filled box: Ink leaves no gap to the map beneath. */}
      <Box height={high - 2}>
        <Side rows={high - 2} />
        <Box
          width={wide - 2}
          height={high - 2}
          flexDirection="column"
          paddingX={1}
          overflow="hidden"
        >
          {children}
        </Box>
        <Side rows={high - 2} />
      </Box>
      <Edge left="╰" right="╯" words={foot} width={wide} />
    </Box>
  );
};

const Side = ({ rows }: { rows: number }) => (
  <Box width={1} flexShrink={0}>
    <Text color={theme.rule}>{Array(rows).fill("│").join("\n")}</Text>
  </Box>
);

const Edge = (edge: { left: string; right: string; words: string; width: number }) => {
  const words = edge.words ? ` ${fit(edge.words, edge.width - 6)} ` : "";
  return (
    <Text wrap="truncate" color={theme.rule}>
      {edge.left}─<Text color={theme.accent}>{words}</Text>
      {"─".repeat(Math.max(0, edge.width - 3 - textWidth(words)))}
      {edge.right}
    </Text>
  );
};

/** A line being written, scrolled so that its cursor shows; `mask` hides a password. */
export const Entry = ({
  field,
  width,
  active = true,
  mask = false,
}: {
  field: Field;
  width: number;
  active?: boolean;
  mask?: boolean;
}) => {
  const letters = mask ? [...field.text].map(() => "•") : [...field.text];
  let start = 0;
  while (start < field.at && textWidth(letters.slice(start, field.at).join("")) > width - 2)
    start++;
  const before = letters.slice(start, field.at).join("");
  const under = letters[field.at] ?? " ";
  const room = Math.max(0, width - textWidth(before) - textWidth(under));
  const after = pad(letters.slice(field.at + 1).join(""), room);
  return (
    <Text wrap="truncate" color={theme.bright} underline={!active}>
      {before}
      <Text inverse={active}>{under}</Text>
      {after}
    </Text>
  );
};

/** A key and what it does, as in a list of choices. */
export const Choice = ({ keys, does, width }: { keys: string; does: string; width: number }) => (
  <Text wrap="truncate">
    <Text color={theme.accent} bold>
      {pad(keys, 7)}
    </Text>
    <Text color={theme.text}>{fit(does, width - 7)}</Text>
  </Text>
);
