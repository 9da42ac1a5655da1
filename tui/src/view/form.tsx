import { Box, Text } from "ink";
import type { Form, Model } from "../model.ts";
import type { Size } from "./layout.ts";
import { NoteLine } from "./note.tsx";
import { Entry, Line, Window } from "./parts.tsx";
import { theme } from "./theme.ts";

const TITLES = {
  login: "Log in",
  register: "Register",
  keep: "Keep this account",
} as const satisfies Record<Form["kind"], string>;
const WORDS = {
  login: "Welcome back.",
  register: "A name of 2 to 16 letters, a password of 8 or more.",
  keep: "What you have stays; from now on it has a password.",
} as const satisfies Record<Form["kind"], string>;
const WIDTH = 60;

export const FormView = (props: { model: Model; form: Form; size: Size; nowMs: number }) => {
  const { model, form, size, nowMs } = props;
  return (
    <Box width={size.width} height={size.height}>
      <Window
        size={size}
        width={WIDTH}
        height={11}
        title={TITLES[form.kind]}
        foot="Enter send · Tab other field · Esc back"
      >
        <Line colour={theme.faint}>{WORDS[form.kind]}</Line>
        <Text> </Text>
        <Row name="Name" form={form} at="name" />
        <Text> </Text>
        <Row name="Password" form={form} at="password" />
        <Text> </Text>
        <Line colour={theme.faint}>{form.sending ? "Asking the server…" : " "}</Line>
        <NoteLine model={model} width={WIDTH - 4} nowMs={nowMs} />
      </Window>
    </Box>
  );
};

const Row = ({ name, form, at }: { name: string; form: Form; at: "name" | "password" }) => (
  <Box>
    <Box width={12} flexShrink={0}>
      <Text color={form.focus === at ? theme.accent : theme.faint}>
        {form.focus === at ? "› " : "  "}
        {name}
      </Text>
    </Box>
    <Entry field={form[at]} width={36} active={form.focus === at} mask={at === "password"} />
  </Box>
);
