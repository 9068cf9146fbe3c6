import { type ReactElement, useId, useState } from 'react';
import type { BoardPanel } from '../../server/api.js';
import { chartsOf, MAX_NAME, narrowQuestion, PANEL_METRICS, type PanelMetric } from '../../server/board.js';
import { DEFAULT_QUESTION, InvalidParameter } from '../../server/question.js';
import { DIMENSIONS } from '../dimensions.js';
import { Choice } from '../frame/Choice.js';
import { CHART_LABELS, metricLabel, panelTitle } from './panelWords.js';

interface PanelFormProps {
  readonly panel: BoardPanel;
  readonly onChange: (part: Partial<BoardPanel>) => void;
}

/** What a panel shows, and of which views. */
export function PanelForm({ panel, onChange }: PanelFormProps): ReactElement {
  const [titleId, filtersId, problemId] = [useId(), useId(), useId()];
  const [text, setText] = useState(panel.filters.join('\n'));
  const [problem, setProblem] = useState('');
  /** Keeps what can stay of the rest. */
  const ask = (metric: PanelMetric, dimension: BoardPanel['dimension']): void => {
    const by = chartsOf(metric, dimension).length === 0 ? null : dimension;
    const charts = chartsOf(metric, by);
    onChange({
      metric,
      dimension: by,
      chart: charts.find((known) => known === panel.chart) ?? charts[0] ?? 'number',
    });
  };
  const filter = (next: string): void => {
    setText(next);
    const filters = next
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const wrong = problemWith(filters);
    setProblem(wrong);
    if (wrong === '') onChange({ filters });
  };
  return (
    <div className="rum-panel-form">
      <Choice
        label="Metric"
        labelled
        options={PANEL_METRICS.map((value) => ({ value, label: metricLabel(value) }))}
        value={panel.metric}
        onChange={(metric) => ask(metric, panel.dimension)}
      />
      <Choice
        label="By"
        labelled
        options={[
          { value: 'all', label: 'All views together' },
          ...(chartsOf(panel.metric, 'route').length === 0
            ? []
            : DIMENSIONS.map(({ name, label }) => ({ value: name, label }))),
        ]}
        value={panel.dimension ?? 'all'}
        onChange={(by) => ask(panel.metric, by === 'all' ? null : by)}
      />
      <Choice
        label="As"
        labelled
        options={chartsOf(panel.metric, panel.dimension).map((value) => ({
          value,
          label: CHART_LABELS[value],
        }))}
        value={panel.chart}
        onChange={(chart) => onChange({ chart })}
      />
      <label htmlFor={titleId}>Title</label>
      <input
        id={titleId}
        className="rum-field"
        value={panel.title}
        maxLength={MAX_NAME}
        placeholder={panelTitle({ ...panel, title: '' })}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <label htmlFor={filtersId}>Filters of its own, one a line</label>
      <textarea
        id={filtersId}
        className="rum-field"
        rows={2}
        value={text}
        placeholder={'country:DE\n!browser:Firefox'}
        aria-invalid={problem !== ''}
        aria-describedby={problemId}
        onChange={(event) => filter(event.currentTarget.value)}
      />
      <p id={problemId} className="rum-error" role="alert">
        {problem}
      </p>
    </div>
  );
}

function problemWith(filters: readonly string[]): string {
  try {
    narrowQuestion(DEFAULT_QUESTION, filters);
    return '';
  } catch (error) {
    if (!(error instanceof InvalidParameter)) throw error;
    return error.message;
  }
}
