import { Box, Text } from "ink";
import { fit, textWidth } from "../screen/width.ts";
import { theme } from "./theme.ts";

/**
 * A rule across the screen with words in it, and a junction at `split` where an upright rule begins
 * (or ends, at the foot).
 */
export const Head = (head: {
  width: number;
  left: string;
  right: string;
  split?: number;
  foot?: boolean;
}) => {
  const { width, split = width } = head;
  const joint = split >= width ? "" : head.foot ? "┴" : "┬";
  const second = Math.max(0, width - split - joint.length);
  return (
    <Box height={1} flexShrink={0} width={width}>
      <Text wrap="truncate" color={theme.rule}>
        <Words text={head.left} room={split} colour={theme.accent} />
        {joint}
        <Words text={head.right} room={second} colour={theme.text} />
      </Text>
    </Box>
  );
};

const Words = ({ text, room, colour }: { text: string; room: number; colour: string }) => {
  if (text === "" || room < 6) return <>{"─".repeat(room)}</>;
  const words = ` ${fit(text, room - 4)} `;
  return (
    <>
      ─<Text color={colour}>{words}</Text>
      {"─".repeat(Math.max(0, room - 1 - textWidth(words)))}
    </>
  );
};

/** An upright rule. */
export const Rule = ({ rows }: { rows: number }) => (
  <Box width={1} height={rows} flexShrink={0}>
    <Text color={theme.rule}>{Array(rows).fill("│").join("\n")}</Text>
  </Box>
);
