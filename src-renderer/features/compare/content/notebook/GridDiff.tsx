import css from '../content.module.css';

type Grid = readonly (readonly string[])[] | null;

/** Two small tables beside each other, cells that differ marked. */
export function GridDiff({ left, right }: { readonly left: Grid; readonly right: Grid }) {
  return (
    <div className={css.pair}>
      <GridSide grid={left} other={right} tone="gone" />
      <GridSide grid={right} other={left} tone="came" />
    </div>
  );
}

function GridSide({ grid, other, tone }: { grid: Grid; other: Grid; tone: 'gone' | 'came' }) {
  if (grid === null) return <div className={css.noSide} />;
  return (
    <div className={css.gridBox}>
      <table className={css.grid}>
        <tbody>
          {placed(grid).map(({ place: y, item: row }) => (
            <tr key={y}>
              {placed(row).map(({ place: x, item: cell }) => (
                <td key={x} data-tone={other?.[y]?.[x] === cell ? undefined : tone}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Rows and cells have no name but their place, and never move. */
function placed<T>(items: readonly T[]): { readonly place: number; readonly item: T }[] {
  return items.map((item, place) => ({ place, item }));
}
