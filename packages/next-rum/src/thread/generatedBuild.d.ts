/** Version and digest of the code, such as `0.1.0-3f9c2b51d0aa`, written by scripts/nameBuild.mjs. */
export declare const BUILD: string;
