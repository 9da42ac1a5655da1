/**
 * Imported before Ink: what the user's environment says is kept here, then hidden from Ink, which
 * would fall silent under `CI` and choose its own colour depth. Ink always draws in full colour into
 * our cells; what reaches the terminal is decided by `screen/depth.ts`.
 */
export const userEnv: Readonly<Record<string, string | undefined>> = { ...process.env };

for (const name of ["CI", "CONTINUOUS_INTEGRATION", "NO_COLOR", "DEV", "INK_SCREEN_READER"]) {
  delete process.env[name];
}
process.env.FORCE_COLOR = "3";
