import { Box, Text } from "ink";
import type { Field } from "../field.ts";
import type { Model } from "../model.ts";
import { pad, wrap } from "../screen/width.ts";
import type { Size } from "./layout.ts";
import { PROPERTIES } from "./ores.tsx";
import { Bar, Entry, Line, Window } from "./parts.tsx";
import { CrewRow } from "./side.tsx";
import { theme } from "./theme.ts";

export const Code = ({ size, field }: { size: Size; field: Field }) => (
  <Window size={size} width={44} height={6} title="Join a party" foot="Enter join · Esc back">
    <Line colour={theme.faint}>The code that a member gave you:</Line>
    <Text> </Text>
    <Box>
      <Text color={theme.accent}>› </Text>
      <Entry field={field} width={16} />
    </Box>
  </Window>
);

export const Invite = ({ size, field }: { size: Size; field: Field }) => (
  <Window size={size} width={44} height={6} title="Invite" foot="Enter invite · Esc back">
    <Line colour={theme.faint}>The name of whom you would have along:</Line>
    <Text> </Text>
    <Box>
      <Text color={theme.accent}>› </Text>
      <Entry field={field} width={20} />
    </Box>
  </Window>
);

export const Confirm = (props: { size: Size; question: string; careful: boolean }) => {
  const { size, question, careful } = props;
  const lines = wrap(question, 36);
  return (
    <Window
      size={size}
      width={42}
      height={lines.length + 4}
      title="Really?"
      foot={careful ? "Y yes · Esc no" : "y yes · n no"}
    >
      <Text> </Text>
      {lines.map((line) => (
        <Line key={line} colour={theme.bright}>
          {line}
        </Line>
      ))}
    </Window>
  );
};

export const Survey = ({ model, size }: { model: Model; size: Size }) => {
  const { survey } = model.seen.self;
  return (
    <Window size={size} width={52} height={survey?.lore ? 16 : 12} title="Survey" foot="Esc back">
      {survey ? (
        <>
          <Line colour={theme.loot} bold>
            {survey.name}
          </Line>
          <Line colour={theme.faint}>
            {survey.amount === undefined ? "" : `${survey.amount} `}
            {survey.kind} · {(survey.hardMs / 1000).toFixed(1)} s to mine
          </Line>
          <Text> </Text>
          {PROPERTIES.map((name) => (
            <Text key={name} color={theme.faint}>
              {pad(name, 14)}
              <Bar share={survey.values[name] / 100} width={24} colour={theme.accent} />
              <Text color={theme.text}>{`${Math.round(survey.values[name])}`.padStart(5)}</Text>
            </Text>
          ))}
          <Text> </Text>
          <Line colour={theme.good}>
            {survey.suits.length > 0 ? `Suits: ${survey.suits.join(", ")}` : "Suits no class well."}
          </Line>
          {survey.lore !== undefined &&
            wrap(survey.lore, 48)
              .slice(0, 4)
              .map((line) => (
                <Line key={line} colour={theme.loot}>
                  {line}
                </Line>
              ))}
        </>
      ) : (
        <Line colour={theme.faint}>No vein surveyed yet: s beside one.</Line>
      )}
    </Window>
  );
};

export const CrewPanel = (props: { model: Model; size: Size; timeMs: number }) => {
  const { model, size, timeMs } = props;
  const { crew, floor } = model.seen;
  return (
    <Window size={size} width={54} height={crew.length + 4} title="The crew" foot="Esc back">
      {crew.map((member) => (
        <Text key={member.player}>
          <Text color={theme.faint}>{pad(member.class, 9)}</Text>
          <CrewRow member={member} floor={floor} width={40} timeMs={timeMs} />
        </Text>
      ))}
    </Window>
  );
};
