export { keepLake } from './keeping-up.ts'
export { type Lake, openLake } from './lake.ts'
export { pullEvents } from './pulling.ts'
