import { runService } from "@underlode/runtime";
import { ChatConfig, start } from "./service.ts";

await runService({ name: "chat", config: ChatConfig, start });
