/** The look of a shared page: the window's calm paper, in both themes, and fit to print. */
export const styles = `
:root { color-scheme: light dark; --paper: #fbfaf8; --ink: #24211d; --soft: #6b655c; --line: #ddd8cf;
  --mark: #f3efe7; --c0: #0f6cbd; --c1: #c2410c; --c2: #15803d; --c3: #a21caf; --c4: #a16207;
  --c5: #0e7490; --c6: #be123c; --c7: #57534e; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b1a18; --ink: #ece8e1; --soft: #a39c90;
  --line: #3a3733; --mark: #262421; --c0: #6cb4f5; --c1: #fb923c; --c2: #4ade80; --c3: #e879f9;
  --c4: #facc15; --c5: #22d3ee; --c6: #fb7185; --c7: #a8a29e; } }
body { background: var(--paper); color: var(--ink); margin: 0 auto; max-width: 72rem; padding: 2rem 1.5rem;
  font: 15px/1.5 system-ui, "Noto Sans", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.soft { color: var(--soft); } code, pre { font: 13px/1.45 ui-monospace, Consolas, monospace; }
pre { background: var(--mark); padding: .75rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; } td:first-child, th:first-child { padding-left: .5rem; } th { font-weight: 600; } td.n, th.n { text-align: right; } tr.differs td { background: var(--mark); }
.charts { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); }
figure { margin: 0; } figcaption { font-weight: 600; overflow-wrap: anywhere; } svg { width: 100%; height: auto; }
svg text { fill: var(--soft); font-size: 11px; } svg .grid { stroke: var(--line); }
svg path { fill: none; stroke-width: 1.6; stroke-linejoin: round; } svg .dot { stroke-width: 6; stroke-linecap: round; }
.key { display: inline-block; width: .8em; height: .8em; border-radius: 50%; margin-right: .4em; }
${[0, 1, 2, 3, 4, 5, 6, 7].map((n) => `svg .c${n} { stroke: var(--c${n}); } .k${n} { background: var(--c${n}); }`).join('\n')}
@media print { body { max-width: none; } figure { break-inside: avoid; } }
`;
