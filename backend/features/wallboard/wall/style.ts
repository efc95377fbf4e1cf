/** A phone has one column, a screen on a wall as many as fit, in type that is read from across the room. */
export const WALL_STYLE = `
  main { max-width: none; font-size: clamp(1rem, .6rem + .8vw, 1.75rem); }
  .tiles, .people { display: grid; gap: .5em; padding: 0; margin: 0 0 1em; list-style: none; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  @media (min-width: 40rem) { .tiles { grid-template-columns: repeat(4, 1fr); } } @media (min-width: 90rem) { .tiles { grid-template-columns: repeat(8, 1fr); } }
  .people { grid-template-columns: repeat(auto-fill, minmax(15em, 1fr)); }
  .tiles .card, .people .card { margin: 0; padding: .5em .75em; }
  .people .card { display: grid; align-content: start; line-height: 1.35; }
  .tiles dt { font-size: .875em; }
  .figure { font-size: 2em; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
  h1 { font-size: 1.35em; } h2 { font-size: 1.1em; }
`

/** A screen that is on all day is dark, whatever its browser prefers. */
export const DARK_STYLE = `
  :root { color-scheme: dark; --ink: #e8ebef; --soft: #a6afba; --line: #3a424c; --ground: #14181d; --paper: #1d232b; --act: #8ab4f8; --on-act: #10203a; --bad: #ff9a92; --good: #7fd6a0; }
`
