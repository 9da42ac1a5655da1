export { ChatConfig, start } from "./service.ts";
