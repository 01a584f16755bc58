/** Four stones on each other. */
export function CairnMark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden>
      <ellipse cx="12" cy="19.5" rx="9" ry="2.9" />
      <ellipse cx="11.4" cy="13.6" rx="6.4" ry="2.5" />
      <ellipse cx="12.5" cy="8.6" rx="4.2" ry="2.1" />
      <ellipse cx="11.7" cy="4.5" rx="2.3" ry="1.6" />
    </svg>
  );
}
