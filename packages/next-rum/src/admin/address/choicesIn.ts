/** Reads parameters that have a few values each. What is missing or unknown is as if it were not chosen. */
export interface Choices {
  /** Of each parameter that had another value: what it may be. */
  readonly problems: readonly string[];
  one<T extends string | number>(name: string, choices: readonly T[], unset: T): T;
  /** Those of `choices` that are named, by commas, in their own order; `unset` where none is. */
  some<T extends string>(name: string, choices: readonly T[], unset: readonly T[]): readonly T[];
  /** A column, `-` before it for descending. */
  sort<T extends string>(name: string, columns: readonly T[], unset: SortBy<T>): SortBy<T>;
}

interface SortBy<T extends string> {
  readonly column: T;
  readonly descending: boolean;
}

export function choicesIn(parameters: URLSearchParams): Choices {
  const problems: string[] = [];
  const blame = (name: string, amount: 'one of' | 'of', choices: readonly (string | number)[]): void => {
    problems.push(`${name} must be ${amount} ${choices.filter((choice) => choice !== '').join(', ')}`);
  };
  const one: Choices['one'] = (name, choices, unset) => {
    const given = parameters.get(name) || null;
    const choice = choices.find((known) => String(known) === given);
    if (choice === undefined && given !== null) blame(name, 'one of', choices);
    return choice ?? unset;
  };
  return {
    problems,
    one,
    some(name, choices, unset) {
      const named = (parameters.get(name) ?? '').split(',').filter(Boolean);
      const list = choices.filter((choice) => named.includes(choice));
      if (named.some((text) => !choices.some((choice) => choice === text))) blame(name, 'of', choices);
      return list.length === 0 ? unset : list;
    },
    sort(name, columns, unset) {
      const given = parameters.get(name) || null;
      const column = columns.find((known) => known === given?.replace(/^-/, ''));
      if (column === undefined && given !== null) blame(name, 'one of', columns);
      return column === undefined ? unset : { column, descending: given?.startsWith('-') === true };
    },
  };
}
