const KINDS: { readonly [kind: string]: string | undefined } = {
  click: 'click',
  submit: 'submit',
  change: 'change',
  key: 'keyboard',
};

export function kindLabel(kind: string): string {
  return KINDS[kind] ?? kind;
}

export const FRUSTRATION_LABELS = {
  rage: 'Rage clicks',
  dead: 'Dead clicks',
  error: 'Error clicks',
} as const;

/** What each means, as the agent takes it. */
export const FRUSTRATION_HINTS = {
  rage: 'Several quick clicks at one place',
  dead: 'A click that nothing came of',
  error: 'An error followed',
} as const;
