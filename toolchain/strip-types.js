import { stripTypeScriptTypes } from 'node:module'

/** jest transform: strip mode keeps every line and column, so stack traces need no source map. */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
}
