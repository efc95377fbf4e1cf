import { CHART_STYLE } from '../charts/colours.ts'

/** As many figures side by side as fit; on paper all of them on one page. */
export const FIGURES_STYLE = `${CHART_STYLE}
  main { max-width: 100rem; }
  .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: .75rem; align-items: start; margin: 0 0 .75rem; }
  .figures > section { margin: 0; min-width: 0; padding: .75rem; }
  .figure-card h2, .figure-section h2 { margin: 0; }
  .headline { margin: 0 0 .25rem; } .headline strong { font-size: 1.5rem; font-variant-numeric: tabular-nums; } .headline small { display: inline-block; }
  .side-by-side { display: grid; gap: .5rem 1.5rem; } .side-by-side > * { min-width: 0; } .numbers { max-height: 24rem; overflow: auto; margin: 0 0 .5rem; } .numbers table { font-size: .875rem; }
  .over-time th { white-space: nowrap; } .numbers th a { font-weight: 400; }
  .numbers thead th { position: sticky; top: 0; background: var(--paper); }
  @media (min-width: 60rem) { .pictured .side-by-side { grid-template-columns: minmax(22rem, 34rem) 1fr; } }
  nav[aria-label=Period] { margin: 0 0 .5rem; } .filters { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 100%), 1fr)); gap: 0 1rem; align-items: start; }
  .filters > p { grid-column: 1 / -1; } .choice { font-weight: 400; margin: 0 0 .25rem; } .filters fieldset { max-height: 16rem; overflow: auto; }
  .period { margin: 0 0 .25rem; }
  @media print {
    @page { size: A4 landscape; margin: 8mm; }
    :root { font-size: 9pt; } body > header, .no-print, p:has(#live) { display: none; }
    main { max-width: none; padding: 0; } h1 { margin: 0 0 1mm; font-size: 13pt; } h2 a, th a { color: inherit; text-decoration: none; } p { margin: 0 0 1mm; }
    .figures, .report { display: grid; margin: 0; grid-template: repeat(var(--rows), minmax(0, 1fr)) / repeat(4, minmax(0, 1fr)); gap: 2mm; height: 168mm; align-items: stretch; }
    .figures > section, .report > section { display: flex; flex-direction: column; min-width: 0; min-height: 0; margin: 0; padding: 1.5mm; overflow: hidden; }
    .figures .svg-place ~ .svg-place { display: none; } .headline strong { font-size: 12pt; } .note { font-size: 8pt; } .svg-place { flex: 0 1 auto; min-height: 0; } .chart { height: 100%; max-height: 34mm; margin: 0; }
    .pictured .side-by-side, .pictured .side-by-side > div { display: flex; flex-direction: column; min-height: 0; } .pictured .side-by-side > .numbers, .unsaid .numbers, .figure-section > p:last-child { display: none; }
    .side-by-side { min-height: 0; } .numbers { max-height: none; overflow: hidden; } .numbers table { font-size: 7pt; } .numbers th, .numbers td { padding: .5mm 1mm; }
  }
`
