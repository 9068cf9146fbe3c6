import { Fragment, type ReactElement } from 'react';
import type { TooltipContentProps } from 'recharts';

interface ChartTooltipProps extends TooltipContentProps {
  /** @param t Start of the bucket, epoch ms. */
  readonly title: (t: number) => string;
  readonly format: (value: number) => string;
}

/** What a chart shows at one time. */
export function ChartTooltip({
  active,
  payload,
  label,
  title,
  format,
}: ChartTooltipProps): ReactElement | null {
  const t = Number(label);
  if (!active || Number.isNaN(t)) return null;
  return (
    <div className="rum-tooltip">
      <p>{title(t)}</p>
      <dl>
        {payload.map((entry) =>
          entry.value == null ? null : (
            <Fragment key={String(entry.dataKey)}>
              <dt data-series={String(entry.dataKey)}>{entry.name}</dt>
              <dd>{format(Number(entry.value))}</dd>
            </Fragment>
          ),
        )}
      </dl>
    </div>
  );
}
