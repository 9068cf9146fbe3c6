import type { ReactElement } from 'react';
import type { Filter } from '../../server/question.js';
import { useAddress } from '../address/Address.js';
import { dimensionLabel, valueLabel } from '../dimensions.js';
import { removeValue, turnFilter } from '../filters.js';
import { CloseIcon, FilterIcon } from '../icons.js';
import { AddFilter } from './AddFilter.js';
import { Popover } from './Popover.js';
import './FilterBar.css';

/** Which views are looked at, one chip a filter, and a way to add one. */
export function FilterBar(): ReactElement {
  const { state, ask } = useAddress();
  const { filters } = state.question;
  return (
    <div className="rum-filters">
      <Popover
        name="filter"
        label="Add a filter"
        buttonClass="rum-quiet rum-filter-add"
        button={
          <>
            <FilterIcon />
            <span>Filter</span>
            <kbd>/</kbd>
          </>
        }
      >
        {(close) => <AddFilter close={close} />}
      </Popover>
      <ul aria-label="Filters">
        {filters.map((filter) => (
          <li key={`${filter.keep}${filter.dimension}`}>
            <Chip filter={filter} />
          </li>
        ))}
      </ul>
      {filters.length > 1 ? (
        <button type="button" className="rum-quiet" onClick={() => ask({ filters: [] })}>
          Clear all
        </button>
      ) : null}
    </div>
  );
}

function Chip({ filter }: { readonly filter: Filter }): ReactElement {
  const { state, ask } = useAddress();
  const { filters } = state.question;
  const { dimension, keep, values } = filter;
  const label = dimensionLabel(dimension);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would be read before each of its buttons
    <div className="rum-chip" role="group" aria-label={`${label} ${keep ? 'is' : 'is not'}`} data-keep={keep}>
      <span>
        <bdi>{label}</bdi>
      </span>
      <button
        type="button"
        title={keep ? 'Leave these out instead' : 'Show these instead'}
        onClick={() => ask({ filters: turnFilter(filters, filter) })}
      >
        {keep ? 'is' : 'is not'}
      </button>
      {values.map((value) => (
        <button
          key={value}
          type="button"
          className="rum-chip-value"
          title={`Remove ${valueLabel(dimension, value)}`}
          aria-label={`Remove ${label} ${valueLabel(dimension, value)}`}
          onClick={() => ask({ filters: removeValue(filters, dimension, keep, value) })}
        >
          <bdi>{valueLabel(dimension, value)}</bdi>
          <CloseIcon />
        </button>
      ))}
    </div>
  );
}
