import { Box, Text } from "ink";
import { gameTime, type Mode, type Model } from "../model.ts";
import { fit } from "../screen/width.ts";
import { describe, distance, ownPlace } from "../update/sight.ts";
import { hintOf } from "./hints.ts";
import { noteOf } from "./note.tsx";
import { Bar } from "./parts.tsx";
import { secondsLeft } from "./status.tsx";
import { theme } from "./theme.ts";

type Props = { model: Model; mode: Mode; width: number; nowMs: number };

/** The last line: what is asked, what is under way, what went wrong, else the keys. */
export const Prompt = (props: Props) => (
  <Box height={1} width={props.width} flexShrink={0}>
    <Words {...props} />
  </Box>
);

const Words = ({ model, mode, width, nowMs }: Props) => {
  const question = questionOf(model, mode);
  if (question) return <Said text={question} colour={theme.loot} width={width} />;
  if (model.link.at === "waiting") return <Note model={model} width={width} nowMs={nowMs} />;
  const { busy, pause, intent } = model.seen.self;
  if (pause) return <Said text={pauseWords(model, nowMs)} colour={theme.system} width={width} />;
  if (busy) return <Busy busy={busy} width={width} timeMs={gameTime(model, nowMs)} />;
  if (noteOf(model, nowMs)) return <Note model={model} width={width} nowMs={nowMs} />;
  const going = intent ? GOING[intent.is] : undefined;
  if (going) return <Said text={going} colour={theme.faint} width={width} />;
  return <Said text={hintOf(model, nowMs, width)} colour={theme.faint} width={width} />;
};

const GOING: Readonly<Record<string, string>> = {
  explore: "You explore… any other key stops you.",
  travel: "You travel… any other key stops you.",
  rest: "You rest… any other key stops you.",
  repeat: "You do it again… any other key stops you.",
};

const pauseWords = (model: Model, nowMs: number): string => {
  const { pause } = model.seen.self;
  if (!pause) return "";
  const left = secondsLeft(pause.untilMs, gameTime(model, nowMs));
  const mine = pause.mine ? "you are ready" : "P ready";
  return `PAUSED, ${left} left · ${pause.ready} ready · ${mine} · look, talk, give one command`;
};

const Note = ({ model, width, nowMs }: { model: Model; width: number; nowMs: number }) => {
  const note = noteOf(model, nowMs);
  return <Said text={note?.text ?? ""} colour={note?.colour ?? theme.text} width={width} />;
};

const Said = ({ text, colour, width }: { text: string; colour: string; width: number }) => (
  <Text wrap="truncate" color={colour}>
    {fit(text, width)}
  </Text>
);

const WHICH_WAY = {
  survey: "Survey: which way?",
  mine: "Mine: which way?",
  revive: "Lift whom: which way?",
  close: "Close a door: which way?",
  interact: "Use what is where? . here,",
} as const;

const questionOf = (model: Model, mode: Mode): string | undefined => {
  if (mode.at === "walk") return undefined;
  if (mode.at === "direction") return `${WHICH_WAY[mode.what]} (a direction, Esc: never mind)`;
  const { what } = mode;
  const there = describe(model.seen, mode);
  const away = distance(ownPlace(model.seen) ?? mode, mode);
  if (what.do === "travel") {
    const keys = "Enter go there · Tab next · > < stairs · Esc";
    return `${capital(there)}${away > 0 ? `, ${away} away` : ""}. ${keys}`;
  }
  const verb =
    what.do === "shoot" ? "Fire" : what.do === "throw" ? `Throw ${what.name}` : what.name;
  const far =
    what.do === "ability" && away > what.range ? ` (too far: ${away} of ${what.range})` : "";
  return `${verb} at ${there}${far}? Enter yes · Tab next · Esc no`;
};

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

type Busied = NonNullable<Model["seen"]["self"]["busy"]>;

const Busy = ({ busy, width, timeMs }: { busy: Busied; width: number; timeMs: number }) => {
  const wholeMs = Math.max(1, busy.untilMs - busy.fromMs);
  const left = Math.max(0, busy.untilMs - timeMs) / 1000;
  const bar = Math.min(30, width - 40);
  return (
    <Text wrap="truncate" color={theme.loot}>
      {fit(busy.what, 28)}{" "}
      <Bar share={(timeMs - busy.fromMs) / wholeMs} width={bar} colour={theme.loot} />
      <Text color={theme.faint}> {left.toFixed(1)} s</Text>
    </Text>
  );
};
