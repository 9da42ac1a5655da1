export interface NatsServer {
  path: string;
  version: string;
  source: string;
}
export declare const VERSION_MIN: string;
export declare function findNatsServer(): Promise<NatsServer>;
export declare function versionOf(path: string): Promise<string | undefined>;
export declare function isOlder(a: string, b: string): boolean;
