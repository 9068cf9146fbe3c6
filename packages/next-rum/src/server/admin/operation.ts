import type { z } from 'zod';

/** What the document of the API says of a data route. */
export interface Operation {
  readonly summary: string;
  readonly parameters: { readonly [name: string]: z.ZodType };
  readonly answer: z.ZodType;
}
