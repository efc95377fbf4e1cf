import { fileURLToPath } from 'node:url'

/** Where processes of ours find what Node has compiled before: they are started a hundred times. Node itself notices what is out of date. */
export const COMPILED = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url)),
}
