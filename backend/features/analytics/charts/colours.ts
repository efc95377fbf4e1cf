/** Colours of charts by the names of style variables; the first five are those of our pages. Each stands out from paper by 3 to 1 at least. */
const NAMES = ['ink', 'soft', 'line', 'paper', 'act'] as const
const LIGHT = ['#1d232b', '#59626e', '#d5dae0', '#fff', '#1a56b8'] as const
const DARK = ['#e8ebef', '#a6afba', '#3a424c', '#1d232b', '#8ab4f8'] as const

const SERIES = {
  light: ['#1a56b8', '#b45309', '#1c6b3a', '#8b2fa8', '#0e7490', '#a8231b', '#59626e', '#6f6000'],
  dark: ['#8ab4f8', '#f5b26b', '#7fd6a0', '#d7a6f0', '#6fd3e3', '#ff9a92', '#a6afba', '#d8cc6a'],
}

/** From little to much; the least of all is nothing. */
const HEAT = {
  light: ['#eef1f5', '#c9dbf6', '#93b8ee', '#5a8fdd', '#2c66bf', '#123d85'],
  dark: ['#262d36', '#23406b', '#2d5a9c', '#4a7fcb', '#7fabf0', '#c3dafc'],
}

export type Scheme = 'light' | 'dark'

/** A series has the colour of its place; a ninth begins anew. */
export const seriesColour = (at: number): string => `var(--series-${at % SERIES.light.length})`

/** @param step 0 to HEAT_STEPS - 1 */
export const heatColour = (step: number): string => `var(--heat-${step})`
export const HEAT_STEPS = HEAT.light.length

/** What the variables stand for where there is no page around a chart. */
export const paletteOf = (scheme: Scheme): ReadonlyMap<string, string> =>
  new Map([
    ...NAMES.map((name, at): [string, string] => [name, (scheme === 'light' ? LIGHT : DARK)[at] ?? '']),
    ...ownOf(scheme),
  ])

const ownOf = (scheme: Scheme): [string, string][] => [
  ...SERIES[scheme].map((colour, at): [string, string] => [`series-${at}`, colour]),
  ...HEAT[scheme].map((colour, at): [string, string] => [`heat-${at}`, colour]),
]

const declared = (scheme: Scheme): string =>
  `:root { ${ownOf(scheme)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ')} }`

/** Style that every page with charts has; paper is white, whatever the screen was. */
export const CHART_STYLE = `
  ${declared('light')}
  @media (prefers-color-scheme: dark) { ${declared('dark')} }
  @media print { :root { color-scheme: light; ${[...paletteOf('light')].map(([name, colour]) => `--${name}: ${colour};`).join(' ')} --ground: #fff; } }
  .chart { display: block; width: 100%; max-width: 34rem; height: auto; margin: 0 0 .5rem; font-family: system-ui, sans-serif; }
`
