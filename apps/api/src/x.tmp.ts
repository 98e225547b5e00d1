import { serve } from './testing/served.ts'

const s = await serve()
const a = await fetch(`${s.base}/v1/events/live`)
console.log('open')
void a.text().then((t) => console.log('ended', JSON.stringify(t)))
const t = performance.now()
setTimeout(() => console.log((process as any).getActiveResourcesInfo()), 3000).unref()
await s[Symbol.asyncDispose]()
console.log('closed', performance.now() - t)
