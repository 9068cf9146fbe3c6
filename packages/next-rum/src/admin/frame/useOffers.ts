import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { ValuesResponse } from '../../server/api.js';
import { type FilterDimension, MAX_FILTER_LENGTH } from '../../server/question.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { valueLabel } from '../dimensions.js';
import { formatCount } from '../format.js';
import { seenWords } from '../paths/seenWords.js';
import { valuesQuery } from '../queries.js';
import { createTimeFormat, type TimeFormat } from '../timeFormat.js';
import type { Option } from './Picker.js';

/** What a filter may be set to, or properties are called, and what is to be said of that. */
export function useOffers(
  of: FilterDimension | 'property' | null,
  text: string,
): { readonly options: readonly Option[]; readonly note: string } {
  const { state } = useAddress();
  const search = useDeferredValue(text.trim());
  const query = useQuery({
    ...valuesQuery(useApi(), state.question, of ?? 'route', search),
    enabled: of !== null,
  });
  if (of === null) return { options: [], note: '' };
  if (query.isError) return { options: [], note: query.error.message };
  if (query.isPending) return { options: [], note: 'Looking…' };
  const { values, told } = query.data;
  const found = values.map(({ value, views }) => ({
    value,
    label: of === 'property' ? value : valueLabel(of, value),
    detail: formatCount(views),
  }));
  if (told === null) return { options: found, note: found.length > 0 ? '' : 'No view has such a value.' };
  return {
    // There may be others than the latest views have.
    options: [...found, ...asTyped(search, values)],
    note: `Counted in ${countedWords(told, createTimeFormat(state.zone))}.`,
  };
}

function countedWords(told: NonNullable<ValuesResponse['told']>, time: TimeFormat): string {
  const { views, of } = told;
  if (of === null || of <= views) return seenWords(told, time);
  return `a sample of ${formatCount(views)} of ${formatCount(of)} views`;
}

function asTyped(text: string, values: ValuesResponse['values']): readonly Option[] {
  const isNew = text !== '' && values.every(({ value }) => value !== text);
  return isNew ? [{ value: text.slice(0, MAX_FILTER_LENGTH), label: text, detail: 'as typed' }] : [];
}
