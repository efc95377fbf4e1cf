import { keepLake } from './features/analytics/index.ts'
import { runProcess } from './process.ts'

await runProcess('lake', keepLake)
