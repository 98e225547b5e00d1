/**
 * Templates over HTTP: a company's own, and those that all companies share.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { TemplateView } from '@forsat/projections'
import { type Caller, scopeOf } from '../caller.ts'
import type { CommandData } from '../command-body.ts'
import type { Api } from '../operation.ts'
import { granted } from '../problem.ts'
import { entryRoutes } from './catalogue.ts'

export const templateRoutes = (api: Api, forsat: Forsat): void => {
  entryRoutes(api, forsat, {
    path: '/templates',
    tag: 'Templates',
    noun: 'a template',
    view: TemplateView,
    records: forsat.query.templates,
    readsPast: false,
    creation: {
      description:
        "It is the company's that companyId names; null is shared by all, and needs a manager of all. Left out, it is the company's that is acted for; but one without products is shared, where a manager of several companies, and of all there are, names none in Forsat-Company.",
      completed: async (data, caller) =>
        data['companyId'] === undefined && !offersProducts(data) && (await isOfAll(forsat, caller))
          ? { ...data, companyId: null }
          : data,
    },
    commands: {
      create: 'CreateTemplate',
      revise: 'ReviseTemplate',
      archive: 'ArchiveTemplate',
      remove: 'ArchiveTemplate',
    },
  })
}

/** A product is one company's, and so is what offers it. */
const offersProducts = ({ lines, options }: CommandData): boolean =>
  [lines, options]
    .flat()
    .some((line) => typeof line === 'object' && line !== null && 'productId' in line)

/** Whether the caller speaks for several companies at once, and they are all there are. */
const isOfAll = async ({ query }: Forsat, caller: Caller): Promise<boolean> => {
  const { companies } = caller
  if (companies.length < 2) return false
  const everything = { ...scopeOf(caller), everywhere: true }
  const { items, next } = granted(await query.companies.list(everything, { limit: 200 }))
  return next === undefined && items.every(({ id }) => companies.includes(id))
}
