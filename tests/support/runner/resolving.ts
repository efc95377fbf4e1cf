import { registerHooks } from 'node:module'

const globals = new URL('./globals.ts', import.meta.url).href

/** Tests run in Node's own modules, where the package's own '@jest/globals' only says that it is not at home. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context),
})
