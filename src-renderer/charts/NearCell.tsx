import { type ReactNode, useRef } from 'react';
import classes from './charts.module.css';
import { useNear } from './use-near.ts';

/** Title and tools above a drawing. */
const headHeight = 28;

/** Keeps the place of one drawing, which is there while it is near the visible part of the page. */
export function NearCell({
  height,
  reach,
  children,
}: {
  height: number;
  /** What is near, in pixels; 0 where nothing has to be fetched ahead. */
  reach?: number;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  const near = useNear(place, reach);
  return (
    <div ref={place} className={classes.cell} style={{ minHeight: height + headHeight }}>
      {near && children}
    </div>
  );
}
