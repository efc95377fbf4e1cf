import { runAll } from './app.ts'
import { runProcess } from './process.ts'

await runProcess('sidedesk', runAll)
