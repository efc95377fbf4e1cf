import { serveReady } from './app.ts'
import { runProcess } from './process.ts'

await runProcess('api', serveReady)
