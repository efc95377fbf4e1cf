import { work } from './app.ts'
import { runProcess } from './process.ts'

await runProcess('worker', work)
