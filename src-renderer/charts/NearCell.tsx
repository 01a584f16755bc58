import { type ReactNode, useRef } from 'react';
import classes from './charts.module.css';
import { useNear } from './use-near.ts';

/** Title and tools above a drawing. */
const headHeight = 28;

/** Keeps the place of one drawing, which is there while it is in sight. */
export function NearCell({ height, children }: { height: number; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const near = useNear(place);
  return (
    <div ref={place} className={classes.cell} style={{ minHeight: height + headHeight }}>
      {near && children}
    </div>
  );
}
