/** One look for all signed-in pages: readable at 360 pixels, light and dark. */
export const PAGE_STYLE = `
  :root {
    color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif;
    --ink: #1d232b; --soft: #59626e; --line: #d5dae0; --edge: #828b96; --ground: #f6f7f9; --paper: #fff; --act: #1a56b8; --on-act: #fff; --bad: #a8231b; --good: #1c6b3a;
  }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e8ebef; --soft: #a6afba; --line: #3a424c; --edge: #76808c; --ground: #14181d; --paper: #1d232b; --act: #8ab4f8; --on-act: #10203a; --bad: #ff9a92; --good: #7fd6a0; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--ground); color: var(--ink); }
  header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; align-items: center; padding: .5rem 1rem; border-bottom: 1px solid var(--line); background: var(--paper); }
  nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
  a[aria-current] { color: var(--ink); font-weight: 600; }
  a[aria-current=page] { text-decoration: none; }
  :focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
  main { max-width: 46rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
  h1 { font-size: 1.35rem; line-height: 1.25; margin: .5rem 0 1rem; }
  h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
  a { color: var(--act); }
  section, .card { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 0 0 1rem; }
  p { margin: 0 0 .75rem; }
  section > :last-child, .card > :last-child, section > form:last-child > :last-child { margin-bottom: 0; }
  main > form, .scroll { margin: 0 0 1rem; } main > h2 { margin-top: 1.5rem; } form + p { margin-top: .75rem; }
  pre { font: inherit; white-space: pre-wrap; margin: 0 0 .75rem; }
  fieldset { border: 1px solid var(--line); border-radius: .375rem; padding: .5rem .75rem; margin: 0 0 .75rem; } legend { font-weight: 600; padding: 0 .25rem; }
  dl { display: grid; align-items: baseline; grid-template-columns: minmax(6rem, auto) 1fr; gap: .25rem .75rem; margin: 0 0 .75rem; }
  dt { color: var(--soft); } dd { margin: 0; }
  ul, ol { padding-left: 1.25rem; margin: 0 0 .75rem; }
  section > ul + h2, section > ol + h2 { margin-top: 1rem; }
  .soft { color: var(--soft); } .bad { color: var(--bad); } .good { color: var(--good); }
  label { display: block; font-weight: 600; margin: 0 0 .75rem; }
  label small { display: block; font-weight: 400; color: var(--soft); }
  input:not([type=checkbox]):not([type=hidden]), select, textarea { display: block; width: 100%; font: inherit; font-weight: 400; padding: .5rem; margin-top: .25rem; color: inherit; background: var(--ground); border: 1px solid var(--edge); border-radius: .375rem; }
  button, .button { display: inline-block; font: inherit; font-weight: 600; padding: .625rem 1rem; min-height: 2.75rem; border: 1px solid var(--act); border-radius: .375rem; background: var(--act); color: var(--on-act); text-decoration: none; cursor: pointer; }
  button.second { background: transparent; color: var(--act); }
  button.quiet, a.quiet { display: inline-block; min-height: 0; padding: .125rem .5rem; border: 1px solid var(--line); border-radius: .375rem; background: transparent; color: inherit; font-weight: 400; text-decoration: none; }
  button:disabled { opacity: .5; cursor: default; }
  button + button:not(.quiet) { margin-top: .5rem; } form + form:not(.who) { margin-top: .5rem; }
  details { margin: 0 0 .75rem; } summary { cursor: pointer; min-height: 2rem; }
  .who { display: flex; gap: .5rem; align-items: center; margin: 0; }
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .375rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
  td input:not([type=checkbox]):not([type=hidden]) { min-width: 4rem; padding: .375rem; margin: 0; font-size: 1rem; }
  td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
  .lines { white-space: pre-line; } small { font-size: .875rem; } a.button.second { background: transparent; color: var(--act); }
  .sr.sr { position: absolute; width: 1px; height: 1px; min-height: 0; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .fact { margin: 0 0 .5rem; } .fact small, .line small { display: block; color: var(--soft); }
  .line, button.line:not(.quiet) { display: block; width: 100%; min-height: 2.75rem; margin: 0; padding: .5rem 0; border: 0; border-bottom: 1px solid var(--line); border-radius: 0; background: transparent; color: inherit; font-weight: 400; text-align: left; text-decoration: none; }
  .line strong, .line span.lines { color: var(--act); } .line + .fact { margin-top: .5rem; } section > .line:last-child, .card > .line:last-child, li:last-child > .line { border-bottom: 0; }
  .row { display: flex; flex-wrap: wrap; gap: .5rem 1rem; } ul.row, ul.plain { list-style: none; padding: 0; }
  .row button:not(.quiet), .row .button { width: auto; margin: 0; }
  .acts { display: flex; gap: .5rem; align-items: end; margin: 0 0 .75rem; } .acts label { flex: 1; min-width: 0; margin: 0; } .acts button:not(.quiet) { width: auto; margin: 0; }
  .spread { display: flex; justify-content: space-between; align-items: center; gap: .75rem; min-height: 2.75rem; border-bottom: 1px solid var(--line); } .spread:last-child { border-bottom: 0; }
  .msg { border-left: 3px solid var(--line); padding-left: .75rem; margin: 0 0 1rem; } .msg.out { border-color: var(--act); } .msg.note { border-color: var(--good); }
  h3 { font-size: .9375rem; margin: 0 0 .25rem; color: var(--soft); }
  @media (pointer: coarse), (max-width: 30rem) {
    input:not([type=checkbox]):not([type=hidden]), select, a.quiet, button.quiet { min-height: 2.75rem; }
    a.quiet, button.quiet { padding: .5rem .75rem; } summary { padding: .625rem 0; }
    li > a:not(.line) { display: inline-flex; min-width: 2.75rem; padding: .625rem 0; } nav a, dd > a, h2 > a, .row > a:not(.button) { display: inline-block; min-width: 2.75rem; padding: .625rem 0; } p:not(.row) > a:not(.button, .quiet) { padding: .8125rem .25rem; margin: 0 -.25rem; }
    nav .row { gap: 0 1rem; } td > a, th > a { display: inline-flex; align-items: center; min-width: 2.75rem; min-height: 2.75rem; } tr:has(> td > a, > th > a) > * { vertical-align: middle; }
    label:has(> [type=checkbox]) { position: relative; min-height: 2.75rem; padding: .625rem 0 .625rem 2rem; margin: 0; } [type=checkbox] { position: absolute; left: 0; top: .75rem; width: 1.25rem; height: 1.25rem; margin: 0; }
  }
  @media (max-width: 30rem) {
    main { padding: .75rem; } table { font-size: .8125rem; } th, td { padding: .375rem .25rem; } :where(button, .button):not(.quiet) { width: 100%; text-align: center; }
    header { padding: 0 .75rem .25rem; } header nav { flex: 1 0 100%; flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none; } header nav a { flex: none; outline-offset: -3px; } header nav a[aria-current] { scroll-initial-target: nearest; }
    .who { flex: 1; justify-content: space-between; }
  }
`
