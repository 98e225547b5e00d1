import { evaluated } from '@forsat/domain'
import { bankCalls, hardwareDeals, softwareDeals, stages } from './src/scoring-sets.ts'
const show = (n: string, r: any) => console.log(n, r.map((x: any) => [x.model, x.count, x.logLoss.toFixed(4), x.auc.toFixed(3), x.ece.toFixed(3)].join(' ')).join(' | '))
show('hw', evaluated(hardwareDeals(), stages)); show('b2b', evaluated(softwareDeals(), stages)); show('bank', evaluated(bankCalls(), stages, ['fold-counts', 'naive-bayes']))
const t = performance.now(); show('bank', evaluated(bankCalls(), stages, ['logistic'])); console.log(performance.now() - t)
