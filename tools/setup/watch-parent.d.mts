export declare const PARENT_VARIABLE: string;
export declare function watchNpm(onGone: () => void): () => void;
export declare function watchSetUp(onGone: () => void): () => void;
export declare function setUpPid(): number | undefined;
