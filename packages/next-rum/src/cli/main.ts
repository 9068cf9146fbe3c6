#!/usr/bin/env node
import { createProgram } from './program.js';

try {
  await createProgram({ now: Date.now, print: (line) => console.log(line) }).parseAsync();
} catch (error) {
  // Every error of the suite says what was wrong and the mend; a stack would bury it.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
