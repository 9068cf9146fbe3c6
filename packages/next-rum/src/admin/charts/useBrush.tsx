import { type ReactElement, useState } from 'react';
import { ReferenceArea } from 'recharts';

/** What Recharts tells of the place that the mouse is at. */
interface ChartPoint {
  readonly activeLabel?: string | number | undefined;
}

interface Brush {
  /** For the chart. */
  readonly handlers: {
    onMouseDown(point: ChartPoint): void;
    onMouseMove(point: ChartPoint): void;
    onMouseUp(): void;
    onMouseLeave(): void;
  };
  /** What was drawn over so far, to be put into the chart. */
  readonly area: ReactElement | null;
}

/**
 * Lets a span be drawn over a chart whose axis is `timeAxis`.
 *
 * @param bucketMs What a point of the chart stands for, ms.
 * @param onBrush Called with the span, epoch ms; without it nothing can be drawn.
 */
export function useBrush(bucketMs: number, onBrush: ((from: number, to: number) => void) | undefined): Brush {
  const [drawn, setDrawn] = useState<{ readonly start: number; readonly end: number } | null>(null);
  const finish = (): void => {
    if (drawn !== null && drawn.start !== drawn.end) {
      onBrush?.(Math.min(drawn.start, drawn.end), Math.max(drawn.start, drawn.end) + bucketMs);
    }
    setDrawn(null);
  };
  return {
    handlers: {
      onMouseDown({ activeLabel }) {
        const at = Number(activeLabel);
        if (onBrush !== undefined && !Number.isNaN(at)) setDrawn({ start: at, end: at });
      },
      onMouseMove({ activeLabel }) {
        const at = Number(activeLabel);
        if (drawn !== null && !Number.isNaN(at)) setDrawn({ ...drawn, end: at });
      },
      onMouseUp: finish,
      onMouseLeave: finish,
    },
    area:
      drawn === null ? null : (
        <ReferenceArea className="rum-brush" x1={drawn.start} x2={drawn.end} ifOverflow="hidden" />
      ),
  };
}
