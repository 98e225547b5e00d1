export { type AppOptions, createApp } from './app.ts'
export { type Column, csvOf } from './csv.ts'
export type { Logging } from './logging.ts'
export { reportColumns } from './report-table.ts'
