import type { Call } from './router.ts'

/** Whether a call came to this machine under its own name: a web page open in the same browser must not steer the workbench. */
export const isLocal = ({ headers }: Call): boolean =>
  headers['sec-fetch-site'] !== 'cross-site' && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '')
